"""Every workbook we hand out, as another program reads it: registers full of formulas, and forms to fill in."""

from django.contrib import admin

from liaison.organisations.importing import OrganisationFile
from stations.register.importing import StationFile
from stations.register.importing_people import PlacedRepresentativeFile
from stations.visits.importing import VisitFile
from tests.access.crawling import signed_in
from tests.importing.test_excel_out import WHOLE
from tests.support import factories as make
from tests.support.libreoffice import CSV, FORMULAS, converted, values_of

SUBJECTS = (OrganisationFile, StationFile, PlacedRepresentativeFile, VisitFile)


def records_named(text):
    """One record of each register whose first words are the text."""
    at = make.station(name=text, address=text)
    make.organisation(name=text)
    holder = make.mandate(name=text)
    make.group(holder, name=text)
    make.visit(at, content=text, place=text)
    make.rule(at, title=text)
    make.expense(at, purpose=text)


def registers_of(client):
    """By name, what is taken away from each list that has a ledger."""
    for model, page in admin.site._registry.items():
        answer = (
            client.post(f"/admin/{model._meta.app_label}/{model._meta.model_name}/", WHOLE) if page.ledger else None
        )
        if answer is not None and answer.status_code == 200:
            yield model._meta.label_lower, answer.getvalue()


def test_forty_formulas_stay_text_in_every_register_and_libreoffice_warns_of_none(tmp_path):
    for text in FORMULAS:
        records_named(text)
    books = dict(registers_of(signed_in(make.granted("officer"))))
    paths = [tmp_path / f"{name}.xlsx" for name in books]
    for path, content in zip(paths, books.values(), strict=True):
        path.write_bytes(content)
    wanted = sorted(text.strip() for text in FORMULAS)
    shown = {path.stem: values_of(path) for path in converted(paths, CSV, tmp_path)}
    whole = {
        name
        for name, (headings, *lines) in shown.items()
        if any(sorted(line[column] for line in lines) == wanted for column in range(len(headings)))
    }
    named = ("stations.station", "stations.ruledocument", "stations.fundexpense", "visits.visit")
    assert {*named, "representatives.person", "representatives.group", "organisations.organisation"} <= whole
    assert len(wanted) == 40


def test_forms_to_fill_in_open_with_their_headings(client, tmp_path):
    client.force_login(make.granted("officer"))
    paths = [tmp_path / f"{subject.name}.xlsx" for subject in SUBJECTS]
    for path in paths:
        path.write_bytes(client.get(f"/admin/imports/{path.stem}/form.xlsx").getvalue())
    for subject, path in zip(SUBJECTS, converted(paths, CSV, tmp_path), strict=True):
        assert values_of(path)[0] == [column.heading for column in subject.columns.all]
