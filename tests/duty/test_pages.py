"""What a representative reads: days, places, matters and what came of them; never who spoke."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.opinions import workflow
from liaison.tools.workflow import RESIDENT
from stations.register.models import StationAssignment
from tests.duty.conftest import BODY, NAME, PHONE, heard, proposed, receives, taken_up
from tests.support import factories as make

TODAY = timezone.localdate()


def test_the_first_page_says_where_when_and_as_whom(station, mine, other):
    receives(station, mine)
    receives(station, other, in_days=2)
    page = mine.client.get("/mine/")
    assert page.text.count(mine.mandate.person.name) == 2  # above the page, and among those who receive
    assert other.mandate.person.name not in page.text
    assert "Pine Street station" in page.text
    assert page.context["receptions"].paginator.count == 1
    assert str(mine.mandate.term) in page.text


def test_a_cancelled_reception_is_told_and_one_that_was_held_is_not(station, mine):
    receives(station, mine, status="cancelled", reason="the hall is flooded")
    receives(station, mine, in_days=0, status="held")
    page = mine.client.get("/mine/")
    assert page.context["receptions"].paginator.count == 1
    assert "the hall is flooded" in page.text


def test_a_place_that_has_ended_is_not_shown(station, mine):
    StationAssignment.objects.update(valid_to=TODAY - timedelta(days=1))
    page = mine.client.get("/mine/")
    assert page.context["stations"].paginator.count == 0
    assert "您还没有编入联络站" in page.text


def test_visits_of_this_year_are_listed_and_counted_by_form(station, mine, other):
    for form in ("reception", "reception", "outreach"):
        make.visit(station, TODAY, present=[mine.mandate, other.mandate], form=form)
    make.visit(station, TODAY, present=[other.mandate])
    make.visit(station, TODAY.replace(year=TODAY.year - 1, day=1), present=[mine.mandate])
    page = mine.client.get("/mine/visits/")
    assert page.context["visits"].paginator.count == 3
    assert page.context["forms"] == [("接待日", 2), ("走访", 1)]
    assert "参加3次" in page.text


def test_who_sits_for_two_congresses_at_one_visit_was_there_once(station, mine):
    second = make.mandate(make.HARBIN)
    second.person = mine.mandate.person
    second.save()
    opinion = heard(station, mine)
    opinion.visit.attendances.create(mandate=second)
    StationAssignment.objects.create(station=station, mandate=second, valid_from=TODAY)
    make.reception(station, TODAY, receiving=[mine.mandate, second])
    page = mine.client.get("/mine/")
    counts = {name: page.context[name].paginator.count for name in ("visits", "opinions", "stations", "receptions")}
    assert counts == dict.fromkeys(counts, 1)
    assert len(page.context["own"].seats) == 2


def test_an_opinion_says_where_it_stands_by_when_and_what_came_of_it(station, mine):
    opinion = heard(station, mine)
    life = make.Life(opinion, make.organisation(name="Lamp Office"))
    life.until("handling")
    page = mine.client.get(f"/mine/opinions/{opinion.pk}/")
    assert page.context["opinion"]["due_on"] == opinion.reply_due_on
    assert all(words in page.text for words in ("办理中", "Lamp Office", "lamps"))
    life.reply()
    assert "mended" not in mine.client.get(f"/mine/opinions/{opinion.pk}/").text  # the station has not looked at it
    life.feed_back()
    opinion.move(workflow.RATE, by=RESIDENT, score="satisfied")
    told = mine.client.get(f"/mine/opinions/{opinion.pk}/").text
    assert all(words in told for words in ("已评价", "已解决", "mended", "本人网上评价"))
    assert "已解决" in mine.client.get("/mine/").text


def test_an_opinion_behind_a_proposal_names_it_by_number_and_title(station, mine):
    opinion = proposed(station, mine)
    proposal = opinion.proposals.get()
    page = mine.client.get(f"/mine/opinions/{opinion.pk}/").text
    assert (proposal.label in page, proposal.title in page, proposal.key in page) == (True, True, False)


def test_a_proposal_says_where_it_stands_by_when_and_what_came_of_it(station, mine, other):
    road = make.Road(make.proposal(mine.mandate), make.organisation(name="Lamp Office"))
    road.until("handling")
    (line,) = mine.client.get("/mine/").context["proposals"].object_list
    assert (line["part"], str(line["handler"]), line["due_on"]) == ("领衔", "Lamp Office", road.proposal.due_on)
    assert line["state_words"].startswith("办理中")
    road.go("reply", text="mended by spring")
    road.proposal.co_signers.add(other.mandate)
    (line,) = other.client.get("/mine/").context["proposals"].object_list
    assert (line["part"], line["reply_type"].code, line["delivered_on"]) == ("附议", "A", None)
    page = other.client.get(f"/mine/proposals/{road.proposal.pk}/").text
    assert all(words in page for words in ("mended by spring", "未落实", "Lamp Office", "more lamps"))


def test_a_reception_is_told_with_its_year(station, mine):
    day = receives(station, mine).date
    assert f"{day.year}年{day.month}月{day.day}日（" in mine.client.get("/mine/").text


def test_a_merged_opinion_shows_what_came_of_the_matter(station, mine):
    opinion, main = heard(station, mine), make.opinion(station)
    life = make.Life(main)
    opinion.move(workflow.MERGE, by=life.officer, main=main)
    life.until("fed_back")
    assert "已解决" in mine.client.get(f"/mine/opinions/{opinion.pk}/").text


@pytest.mark.parametrize("summary", ["lamps", ""])
def test_no_page_names_who_spoke(summary, station, mine):
    """Notes, replies and what a resident adds may hold names and numbers: none of it is shown as it stands."""
    opinion = heard(station, mine, summary=summary, place=f"Pine Court {PHONE}")
    opinion.move(workflow.ADD, by=RESIDENT, note=f"{NAME} {PHONE} again")
    life = make.Life(opinion)
    life.until("handling")
    opinion.move(workflow.REPLY, by=life.clerk, text=f"called {PHONE}, mended", outcome="solved")
    opinion.move(workflow.FEED_BACK, by=life.officer, note=f"told {NAME} at {PHONE}", way="phone")
    opinion.move(workflow.RATE, by=RESIDENT, score="dissatisfied", reason=f"{NAME} is not content")
    paths = ("", "opinions/", f"opinions/{opinion.pk}/", "visits/", "stations/", "receptions/")
    pages = {path: mine.client.get(f"/mine/{path}").text for path in paths}
    for path, text in pages.items():
        assert NAME not in text, path
        assert PHONE not in text, path
    assert ("CANARY-BODY" in pages["opinions/"]) is (not summary)  # as on papers: the words, if there is no summary
    assert BODY not in pages["opinions/"]
    assert "mended" in pages[f"opinions/{opinion.pk}/"]


def test_a_long_list_is_cut_short_on_the_first_page_and_leafed_through_on_its_own(station, mine):
    for _number in range(21):
        taken_up(station, mine)
    first, page = mine.client.get("/mine/"), mine.client.get("/mine/opinions/?page=2")
    assert len(first.context["opinions"].object_list) == 5
    assert "全部21件" in first.text
    assert len(page.context["opinions"].object_list) == 1
    assert mine.client.get("/mine/opinions/?page=none").status_code == 200


def test_large_print_is_kept_in_the_address(station, mine):
    opinion = heard(station, mine)
    page = mine.client.get("/mine/?size=large").text
    assert 'class="large"' in page
    assert f'href="/mine/opinions/{opinion.pk}/?size=large"' in page


def grow(station, mine):
    """One more row of everything."""
    opinion = heard(station, mine)
    make.Life(opinion).until("assigned")
    make.Life(proposed(station, mine)).until("fed_back")
    receives(station, mine, in_days=mine.mandate.receptions.count() + 1)
    StationAssignment.objects.create(
        station=make.station(), mandate=mine.mandate, is_primary=False, valid_from=TODAY - timedelta(days=1)
    )
    return opinion


ASKED = {"": 24, "opinions/": 9, "proposals/": 9, "visits/": 10, "stations/": 9, "receptions/": 15}


@pytest.mark.parametrize("path", ASKED)
def test_a_list_asks_as_much_for_one_row_as_for_thirty(path, station, mine):
    asked, client = [], mine.client
    for rows_more in (1, 2, 27):
        for _number in range(rows_more):
            grow(station, mine)
        client.get("/accounts/entrance/")  # each minute anew a session is marked as seen
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/mine/{path}").status_code == 200
        asked.append(len(queries))
    assert asked == [ASKED[path]] * 3


def test_whoever_is_signed_in_is_not_asked_to_sign_in(mine):
    assert "/accounts/login/" not in mine.client.get("/mine/").text
