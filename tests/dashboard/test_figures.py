"""Listed = counted = exported, and all of it equals a count made another way."""

import io
import re
from datetime import date
from statistics import median
from urllib.parse import quote

import openpyxl
import pytest

from feedback.opinions.models import Opinion
from liaison.audit.models import Entry
from liaison.tools.cells import words_of
from tests.dashboard.direct import HAVES, Direct, rate
from tests.support import factories as make
from tests.support.board import body_of, count_on, figures_on, lines_of, rows_on

SUMS = {"residents_received", "reception_residents"}
RATES = {
    *("street_coverage", "quasi_coverage", "mandates_assigned", "representatives_entered"),
    *("accepted_rate", "assigned_in_time", "reply_rate", "replied_on_time", "closed_rate", "solved_rate", "told_rate"),
    *("satisfied", "satisfied_or_basically", "satisfied_on_behalf", "satisfied_or_basically_on_behalf"),
    *("taken_on_and_told", "stations_funded", "pairings_held", "eight_haves_met", "opinions_in_proposals"),
    *("proposals_replied", "proposals_replied_on_time", "proposals_met_in_person", "proposals_delivered"),
    *(f"proposals_type_{letter}" for letter in "abcd"),
    *(f"have_met_{have}" for have in HAVES),
}


def rows_of_xlsx(response):
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(response))).active
    return [[words_of(_day(cell)) for cell in line] for line in sheet.iter_rows(values_only=True)]


def _day(cell):
    return cell.date() if hasattr(cell, "date") else cell


@pytest.mark.parametrize("code", [make.DAOLI, f"{make.DAOLI}001", make.HARBIN])
def test_value_list_and_files_agree_with_a_count_of_our_own(code, whole, today, signed_in):
    """And no row says what a resident said."""
    client = signed_in(code=make.HARBIN)
    shown = figures_on(client.get("/dashboard/", {"division": code}).text)
    expected = Direct(code.removesuffix("00"), today).figures()
    assert {key: value_of(mark) for key, mark in shown.items()} == {key: value for key, (value, _) in expected.items()}
    for key, (value, size) in expected.items():
        page, files = client.get(shown[key]["href"]).text, files_of(client, shown[key]["href"])
        listed = rows_on(page)
        assert (count_on(page), len(listed)) == (size, size), key
        assert recounted(key, listed) == value, key
        assert files == [listed, listed], key
        assert "OF-A-RESIDENT" not in page + str(files), key


def value_of(mark):
    return float(mark["data-value"]) if mark["data-value"] else None


def recounted(key, listed):
    """The value again from the table alone."""
    if key in RATES:
        return rate([cells[-1] == "是" for cells in listed])[0]
    if key == "median_handling_days":
        return median(int(cells[-1]) for cells in listed)
    return sum(int(cells[-1]) for cells in listed) if key in SUMS else len(listed)


def files_of(client, address):
    """The rows of both files without their headings."""
    path, _mark, query = address.partition("/?")
    return [lines_of(client.get(f"{path}.csv?{query}"))[1:], rows_of_xlsx(client.get(f"{path}.xlsx?{query}"))[1:]]


def test_no_figure_of_the_world_is_empty(whole, today):
    """Or the comparison above would prove nothing."""
    assert [key for key, (_value, size) in Direct(make.DAOLI, today).figures().items() if not size] == []


def test_more_rows_than_a_page_holds_are_all_listed(world, today, signed_in):
    for number in range(53):
        make.visit(world[0], date(2026, 1, 1 + number % 28))
    client = signed_in()
    pages = [client.get("/dashboard/visits_held/", {"page": number}).text for number in (1, 2, "nonsense", "999")]
    assert [count_on(page) for page in pages] == [61] * 4
    assert [len(rows_on(page)) for page in pages] == [50, 11, 50, 11]
    assert rows_on(pages[0]) + rows_on(pages[1]) == lines_of(client.get("/dashboard/visits_held.csv"))[1:]


def test_a_row_opens_its_record_for_who_may(world, signed_in):
    opinion = Opinion.objects.filter(station=world[0]).order_by("-id").first()
    link = f'<a href="/admin/opinions/opinion/{opinion.pk}/change/">{opinion.number}</a>'
    assert link in signed_in("officer").get("/dashboard/opinions_received/").text
    page = signed_in("leader").get("/dashboard/opinions_received/").text
    assert opinion.number in page
    assert "/admin/opinions/" not in page


def test_every_linked_record_opens(whole, signed_in):
    client = signed_in()
    for key, mark in figures_on(client.get("/dashboard/").text).items():
        for address in set(re.findall(r'<td><a href="([^"]+)"', client.get(mark["href"]).text)):
            assert client.get(address).status_code == 200, (key, address)


def test_a_download_is_written_into_the_trail(world, signed_in):
    client = signed_in(username="officer")
    query = {"division": f"{make.DAOLI}001", "from": "2026-01-01", "to": "2026-06-30"}
    rows = lines_of(client.get("/dashboard/visits_held.csv", query))[1:]
    entry = Entry.objects.get(action="export")
    assert (entry.actor_name, entry.result) == ("officer", "done")
    assert entry.detail == {"figure": "visits_held", "kind": "csv", "filters": query, "count": len(rows)}


def test_files_say_what_they_are(world, signed_in):
    client = signed_in()
    sheet, book = client.get("/dashboard/visits_held.csv"), client.get("/dashboard/visits_held.xlsx")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    named = f"attachment; filename*=utf-8''{quote(_name(client))}_2026-01-01_2026-10-30"
    assert sheet["Content-Disposition"] == f"{named}.csv"
    assert book["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert book["Content-Disposition"] == f"{named}.xlsx"
    assert "no-store" in sheet["Cache-Control"]
    body_of(sheet)
    body_of(book)


def _name(client):
    return re.search(r"<h1>(.*?)</h1>", client.get("/dashboard/visits_held/").text)[1]
