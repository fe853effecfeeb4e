"""Urging: through the door, once a day, kept with who and when; many at once in three clicks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from feedback.opinions import progress, workflow
from feedback.opinions.urging import OpinionUrging
from liaison.audit.models import Entry
from liaison.tools.workflow import RESIDENT, MoveRefused
from tests.papers import saying
from tests.support import factories as make
from tests.support.pages import Page, fields

URGE = "/admin/opinions/opinionassignment/urge/"


@pytest.fixture
def clerk(client, station):
    clerk = make.staff(station)
    client.force_login(clerk)
    return clerk


def late(station):
    life = make.Life(saying.opinion(station, on=saying.LONG_AGO))
    life.until("assigned", saying.LONG_AGO)
    return life.opinion


def test_an_urging_is_kept_with_who_when_and_how_often(station, clerk):
    opinion = late(station)
    opinion.move(workflow.URGE, by=clerk, at=make.moment(date(2026, 9, 29)), way="phone", note="答应尽快")
    opinion.move(workflow.URGE, by=clerk, at=make.moment(date(2026, 9, 30)))
    kept = opinion.assignments.get().urgings.values_list("round", "urged_on", "answer_by", "way", "note", "by_name")
    assert list(kept) == [
        (1, date(2026, 9, 29), date(2026, 10, 12), "phone", "答应尽快", clerk.name),  # 10 October is worked
        (2, date(2026, 9, 30), date(2026, 10, 13), "slip", "", clerk.name),
    ]
    assert opinion.state == "assigned"
    assert opinion.assignments.get().due_on == opinion.reply_due_on == date(2026, 4, 2)
    assert [step.move for step in opinion.steps.all()][-2:] == ["urge", "urge"]
    assert Entry.objects.filter(action="urge", object_id=opinion.pk, result="done").count() == 2


@pytest.mark.parametrize(
    "facts", [{"answer_by": date(2026, 4, 6)}, {"answer_by": date(2199, 1, 1)}, {"assignments": []}]
)
def test_what_cannot_be_urged_is_refused(facts, station, clerk):
    opinion = late(station)
    with pytest.raises(MoveRefused):
        opinion.move(workflow.URGE, by=clerk, at=make.moment(date(2026, 4, 7)), **facts)
    assert OpinionUrging.objects.count() == 0


def test_nobody_is_urged_twice_on_one_day(station, clerk):
    opinion = late(station)
    opinion.move(workflow.URGE, by=clerk)
    with pytest.raises(MoveRefused):
        opinion.move(workflow.URGE, by=clerk)
    assert OpinionUrging.objects.count() == 1


def test_a_department_that_answered_is_not_urged(station, clerk):
    opinion = late(station)
    opinion.assignments.update(state="replied")
    with pytest.raises(MoveRefused):
        opinion.move(workflow.URGE, by=clerk)


@pytest.mark.parametrize("who", ["clerk", "leader", "stranger"])
def test_only_the_station_and_its_committee_urge(who, station):
    life = saying.life(station)
    life.until("assigned")
    somebody = {"clerk": life.clerk, "leader": make.granted("leader"), "stranger": make.staff(make.station())}[who]
    with pytest.raises(MoveRefused):
        life.opinion.move(workflow.URGE, by=somebody)


def test_the_move_s_page_asks_how_and_by_when(client, station, clerk):
    opinion = late(station)
    address = f"/admin/opinions/opinion/{opinion.pk}/move/urge/"
    form = fields(max(Page(client.get(address).text).forms, key=len))
    assert client.post(address, form | {"answer_by": "昨天"}).context["form"].errors.keys() == {"answer_by"}
    assert client.post(address, form | {"way": "phone", "note": "已说明"}).status_code == 302
    assert OpinionUrging.objects.get().way == "phone"
    assert client.post(address, form).context["form"].errors.keys() == {"__all__"}  # once a day


def test_all_late_ones_are_urged_in_one_press_and_printed_one_a_page(client, printer, station, clerk):
    opinions = [late(station) for _ in range(3)]
    make.Life(saying.opinion(station)).until("assigned")  # in time
    make.Life(make.opinion(make.station())).until("assigned", saying.LONG_AGO)  # somebody else's
    page = client.get(URGE)
    assert 'data-count="3"' in page.text
    assert OpinionUrging.objects.count() == 0  # reading writes nothing
    form = fields(max(Page(page.text).forms, key=len))
    slips = client.post(URGE, form, follow=True)
    assert OpinionUrging.objects.count() == 3
    printed = printer.printed(slips)
    assert len(printed.pages) == 3
    assert [number for number in (row.number for row in opinions) if number not in printed.text] == []
    assert [mark for mark in saying.MARKS if mark in printed.text] == []


def test_pressing_again_prints_again_and_records_nothing_more(client, station, clerk):
    late(station)
    form = fields(max(Page(client.get(URGE).text).forms, key=len))
    slips = [client.post(URGE, form, follow=True).text.count("data-slip=") for _ in range(3)]
    assert (slips, OpinionUrging.objects.count()) == ([1, 1, 1], 1)


def test_the_list_s_action_urges_the_ticked_ones(client, station, clerk):
    one, other = late(station), late(station)
    keys = [one.assignments.get().pk]
    ticked = {"action": "urge", "_selected_action": keys}
    page = client.post("/admin/opinions/opinionassignment/", ticked, follow=True)
    assert page.text.count("data-slip=") == 1
    assert list(OpinionUrging.objects.values_list("assignment__opinion", flat=True)) == [one.pk]
    assert other.steps.filter(move="urge").count() == 0


def test_overdue_is_a_filter_of_the_list(client, station, clerk):
    late(station)
    make.Life(saying.opinion(station)).until("assigned")
    page = client.get("/admin/opinions/opinionassignment/?overdue=1")
    assert 'data-count="1"' in page.text


def test_ids_of_other_stations_are_not_there(client, station, clerk):
    life = make.Life(make.opinion(make.station()))
    life.until("assigned", saying.LONG_AGO)
    key = life.opinion.assignments.get().pk
    client.post(URGE, {"ids": [key]})
    assert OpinionUrging.objects.count() == 0
    life.opinion.move(workflow.URGE, by=life.officer)
    assert client.get(f"{URGE}slips/?ids={key}").status_code == 404


@pytest.mark.parametrize("ids", ["abc", "1,x", "9" * 30, "-", ",".join(map(str, range(500)))])
def test_odd_ids_are_not_there(ids, client, station, clerk):
    assert client.get(f"{URGE}?ids={ids}").status_code == 404
    assert client.get(f"{URGE}slips/?ids={ids}").status_code == 404


def test_nothing_ticked_says_so(client, station, clerk):
    late(station)
    page = client.post(URGE, {}, follow=True)
    assert "没有催办" in page.text
    assert OpinionUrging.objects.count() == 0


def test_the_resident_reads_that_the_station_urged_and_when_the_reply_is_expected(client, station):
    life = saying.life(station)
    life.until("assigned", timezone.localdate() - timedelta(days=60))
    from_page = _late_words(life.opinion)
    life.opinion.move(workflow.URGE, by=life.officer, answer_by=timezone.localdate() + timedelta(days=3))
    day = timezone.localdate() + timedelta(days=3)
    words = f"已超过预计时间，联络站已催办，最新预计{day.month}月{day.day}日"
    assert (from_page, _late_words(life.opinion)) == ("已超过预计时间", words)
    with pytest.raises(MoveRefused):
        life.opinion.move(workflow.URGE, by=RESIDENT)


def _late_words(opinion):
    return str(progress.for_resident(opinion)["late_words"])
