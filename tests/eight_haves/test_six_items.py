"""A county's own standard of six haves: no page calls them eight, and no cell stands under another's heading."""

import re
from datetime import date

import pytest
from django.utils import translation

from liaison.tools.figures import NOT_APPLICABLE
from stations.eight_haves.models import Have, Standard
from stations.eight_haves.statistics import figures
from tests.eight_haves.conftest import TODAY, YEAR
from tests.support import factories as make
from tests.support.pages import Page

SIX = ("premises", "signage", "staffing", "rules", "activities", "own_brand")


def six(code=make.DAOLI):
    """Published for a county, as of the first day of the year; its last item has a name of its own."""
    made = make.standard(code, SIX, valid_from=date(2026, 1, 1))
    Have.objects.filter(standard=made, key="own_brand").update(own_name="有品牌")
    stamp = {"state": "published", "published_at": make.moment(date(2026, 1, 1))}
    Standard.objects.filter(pk=made.pk).update(**stamp)
    return made


@pytest.fixture
def officer(client, station):
    client.force_login(make.granted("officer", code=make.HARBIN))
    return client


def table_on(client, query=""):
    """The headings, and of each row the labels and the words of its cells."""
    text = client.get(f"/eight-haves/?kind={query}").text.partition('<table class="rows standings">')[2]
    head, _end, body = text.partition("</thead>")
    rows = [re.findall(r'<td[^>]*data-label="([^"]*)"', row) for row in body.split("</tr>")[:-1]]
    return re.findall(r'<th scope="col">([^<]*)</th>', head), rows


def name_of_all(rows):
    with translation.override("en"):
        return str(figures(rows, YEAR, TODAY)[0].name)


def all_rows(model):
    return model.objects.all()


def test_the_rate_of_all_names_as_many_as_the_standards_have(station):
    assert name_of_all(all_rows) == "All eight haves met"
    six()
    assert name_of_all(all_rows) == "All 6 items met"
    make.station(f"{make.NANGANG}001")
    assert name_of_all(all_rows) == "All items met"


def test_the_tile_says_the_same(officer, station):
    six()
    page = officer.get("/eight-haves/?kind=&lang=en", follow=True).context["figures"]
    assert [figure["key"] for figure in page] == ["eight_haves_met", *(f"have_met_{key}" for key in SIX)]
    assert str(page[0]["name"]) == "All 6 items met"


def test_each_page_names_the_standard_it_judges_by(officer, station):
    mine, other = six(), make.station(f"{make.NANGANG}001")
    shipped = Standard.objects.get(division=None, state="published")
    for at, standard in ((station, mine), (other, shipped)):
        for page in (f"{at.code}/", f"{at.code}/premises/1/", f"?kind=&division={at.division_id[:6]}"):
            said = re.search(r'<span class="by">[^<]*</span>', officer.get(f"/eight-haves/{page}").text)[0]
            assert said.endswith(f"{standard}</span>"), page
    assert 'class="by"' not in officer.get("/eight-haves/?kind=").text


@pytest.mark.parametrize("have", ["", *SIX, "ledgers"])
def test_headings_and_cells_agree_whichever_item_is_chosen(have, officer, station):
    six()
    make.station(f"{make.NANGANG}001")
    headings, rows = table_on(officer, f"&have={have}")
    assert len(rows) == 2
    assert [row for row in rows if row != headings] == []
    assert len(headings) == (3 if have else 1 + len({*SIX, "funding", "ledgers", "results"}))


def test_an_item_that_the_standard_does_not_have_stands_under_its_own_name(officer, station):
    six()
    headings, (row,) = table_on(officer, "&have=ledgers")
    assert headings[:2] == row[:2] == ["联络站", "有台账"]
    (shown,) = officer.get("/eight-haves/?kind=&have=ledgers").context["rows"]
    assert [each["line"].standing for each in shown["lines"]] == [NOT_APPLICABLE]


def test_the_page_of_a_station_for_residents_counts_its_six(client, station):
    six()
    page = client.get(f"/stations/{station.code}/?lang=en", follow=True)
    assert "6 things a station should have" in page.text
    assert "Eight things" not in page.text
    assert len(page.context["haves"]) == 6
    said = client.get(f"/stations/{station.code}/?lang=zh-hans", follow=True).text
    assert "联络站应做到的6件事" in said
    assert "八件" not in said


def test_of_eight_the_page_for_residents_says_eight(client, station):
    page = Page(client.get(f"/stations/{station.code}/?lang=en", follow=True).text)
    assert "Eight things a station should have" in page.texts["main"]
