"""The leader's brief: six numbers, who is late, what presses; on one sheet."""

import re
from datetime import date

import pytest

from feedback.opinions.models import Opinion
from liaison.dashboard.brief import MOST, NUMBERS
from tests.dashboard.conftest import WORDS
from tests.support import chromium
from tests.support import factories as make
from tests.support.board import count_on, figures_on
from tests.support.printing import SIZES, Printer


@pytest.fixture(scope="module")
def printer():
    if reason := chromium.missing():
        pytest.skip(reason)
    printer = Printer().start()
    yield printer
    printer.stop()


def test_it_shows_six_numbers_and_they_are_those_of_the_dashboard(world, signed_in):
    client = signed_in("leader")
    brief, board = (figures_on(client.get(address).text) for address in ("/dashboard/brief/", "/dashboard/"))
    assert list(brief) == [*NUMBERS, "opinions_overdue"]
    assert len(NUMBERS) == 6
    assert {key: mark["data-value"] for key, mark in brief.items()} == {key: board[key]["data-value"] for key in brief}


def test_who_is_late_adds_up_to_the_overdue(world, signed_in):
    client = signed_in("leader")
    response = client.get("/dashboard/brief/")
    late = response.context["late"]
    assert sum(row["size"] for row in late) == 5
    for row in late:
        assert count_on(client.get(row["href"]).text) == row["size"]
    assert max(row["days"] for row in late) > 100


def test_what_presses_is_open_and_of_one_s_own_district(world, signed_in):
    for at in world:
        at.opinions.filter(state="handling").update(urgency="urgent")
        at.opinions.filter(state="archived").update(urgency="danger")
    accepted = world[0].opinions.get(state="accepted")
    Opinion.objects.filter(pk=accepted.pk).update(urgency="danger", summary="the bridge")
    response = signed_in("leader").get("/dashboard/brief/")
    numbers = [matter["number"] for matter in response.context["pressing"]]
    assert numbers[0] == accepted.number
    expected = Opinion.objects.filter(station__in=world[:2], state="handling")
    assert set(numbers[1:]) == {opinion.number for opinion in expected}
    assert "the bridge" in response.text
    assert WORDS not in response.text


def test_what_presses_is_late_by_the_clock_that_runs_now(stations, signed_in):
    """The department replied in its last days; since then the station is to tell the resident."""
    opinion = make.Life(make.opinion(stations[0], on=date(2026, 5, 5))).until("replied", date(2026, 5, 8))
    given = {"urgency": "urgent", "reply_due_on": date(2026, 5, 9), "feed_back_due_on": date(2026, 10, 20)}
    Opinion.objects.filter(pk=opinion.pk).update(**given)
    matter = signed_in("leader").get("/dashboard/brief/").context["pressing"][0]
    assert (matter["due_on"], matter["days_late"]) == (date(2026, 10, 20), 10)


def test_what_presses_most_by_the_clock_that_runs_comes_first(stations, signed_in):
    told, given = (make.Life(make.opinion(stations[0], on=date(2026, 5, 5))) for _number in range(2))
    told.until("replied", date(2026, 5, 8)), given.until("assigned", date(2026, 5, 8))
    days = {"urgency": "urgent", "reply_due_on": date(2026, 5, 9), "feed_back_due_on": date(2026, 10, 20)}
    Opinion.objects.filter(pk=told.opinion.pk).update(**days)
    Opinion.objects.filter(pk=given.opinion.pk).update(urgency="urgent", reply_due_on=date(2026, 6, 1))
    numbers = [matter["number"] for matter in signed_in("leader").get("/dashboard/brief/").context["pressing"]]
    assert numbers == [given.opinion.number, told.opinion.number]


@pytest.mark.parametrize("role", ["staff", "representative", "auditor", "department_clerk"])
def test_others_have_no_brief(role, stations, signed_in):
    assert signed_in(role).get("/dashboard/brief/").status_code == 403


def test_it_is_compared_with_last_year_unless_asked_otherwise(world, signed_in):
    client = signed_in("leader")
    page = client.get("/dashboard/brief/").text
    assert re.findall("对比期([0-9.]+)", page) == ["0", "0.0", "0"]
    assert page.count("（对比期没有数据的，只列本期）") == 1  # of the other three
    assert "2025年" in page


def test_with_every_line_taken_it_is_still_one_sheet(stations, signed_in, printer):
    for number in range(MOST + 1):
        body = make.organisation(name=f"道里区城市管理和行政执法局第{number}执法大队办公室")
        summary = f"第{number}件：" + "高层住宅电梯停运多日老人出行困难希望尽快维修" * 2
        said = make.opinion(stations[0], on=date(2026, 3, 2), urgency="urgent", summary=summary)
        make.Life(said, body).until("handling", date(2026, 3, 3))
    response = signed_in("leader").get("/dashboard/brief/")
    assert [len(response.context[part]) for part in ("late", "pressing")] == [MOST, MOST]
    assert printer.printed(response).sizes == [SIZES["a4"]]
