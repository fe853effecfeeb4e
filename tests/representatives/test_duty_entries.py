"""Short entries, one by one and many at once, and reports to voters with their votes."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from representatives.models import DutyEntry, VoterReport
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.support import factories as make

TODAY = timezone.localdate()
ADD, MANY = "/admin/representatives/dutyentry/add/", "/admin/representatives/dutyentry/many/"
REPORT = "/admin/representatives/voterreport/add/"


@pytest.fixture
def officer():
    return signed_in(make.granted("officer"))


def entered(client, seat, **facts):
    return send(client, ADD, **{"mandate": seat.pk, "kind": "congress", "date": str(TODAY), "title": "session"} | facts)


def test_an_entry_is_kept_with_who_entered_it(officer):
    seat = make.mandate()
    assert entered(officer, seat, status="leave").status_code == 302
    entry = DutyEntry.objects.get()
    assert (entry.mandate, entry.status, entry.entered_by is not None) == (seat, "leave", True)


def test_a_day_to_come_a_day_before_the_mandate_and_a_second_time_are_refused(officer):
    seat = make.mandate()
    assert errors_on(entered(officer, seat, date=str(TODAY + timedelta(days=1)))) == {"date"}
    assert errors_on(entered(officer, seat, date="1999-01-01")) == {"date"}
    assert entered(officer, seat).status_code == 302
    assert "已经登记过" in entered(officer, seat).text
    assert DutyEntry.objects.count() == 1


def test_an_entry_is_not_renamed_into_another_and_a_mistaken_one_makes_room(officer):
    seat = make.mandate()
    entered(officer, seat)
    entered(officer, seat, title="other")
    other = DutyEntry.objects.get(title="other")
    change = f"/admin/representatives/dutyentry/{other.pk}/change/"
    assert "已经登记过" in send(officer, change, title="session").text
    assert send(officer, change, title="session", is_mistaken="on").status_code == 302
    unticked = {name: value for name, value in form_on(officer, change).items() if name != "is_mistaken"}
    assert "已经登记过" in officer.post(change, unticked).text
    assert DutyEntry.objects.filter(title="session", is_mistaken=False).count() == 1


def test_a_representative_out_of_reach_is_no_choice(officer):
    assert errors_on(entered(officer, make.mandate(make.NANGANG))) == {"mandate"}


def many(client, seats, **facts):
    usual = {"congress": seats[0].term.congress_id, "kind": "congress", "date": str(TODAY), "title": "session"}
    return client.post(MANY, usual | {"present": "", "leave": "", "absent": ""} | facts)


def test_a_pasted_list_enters_each_once(officer):
    seats = [make.mandate(name=name) for name in ("甲", "乙", "丙")]
    assert many(officer, seats, present="甲、乙\n", leave="丙").status_code == 302
    told = dict(DutyEntry.objects.values_list("mandate__person__name", "status"))
    assert told == {"甲": "present", "乙": "present", "丙": "leave"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"present": "甲 丁"}, "没有名叫丁的代表"),
        ({"present": "甲", "leave": "甲"}, "甲写了两次"),
        ({"present": "乙"}, "有几位代表都叫乙"),
        ({}, "请至少写一个姓名"),
        ({"present": "甲", "date": "2199-01-01"}, "这一天还没到"),
    ],
)
def test_no_name_is_guessed_and_nothing_is_entered_in_part(facts, words, officer):
    seats = [make.mandate(name=name) for name in ("甲", "乙", "乙")]
    page = many(officer, seats, **facts)
    assert (page.status_code, words in page.text) == (200, True)
    assert not DutyEntry.objects.exists()


def test_of_several_wrong_names_the_field_is_named_once_and_each_name_below_it(officer):
    page = many(officer, [make.mandate(name="甲")], present="乙、丙、丁、戊", leave="己").text
    summary = page[page.index("errornote") : page.index("<form method")]
    assert re.findall(r'<a href="#(\w+)">(.+?)</a>', summary) == [
        ("id_present", "实到"),
        ("id_leave", '请假：<span class="of">在您的范围内，当天这一级人大没有名叫己的代表。</span>'),
    ]
    assert [name for name in "乙丙丁戊" if f"没有名叫{name}的代表" in summary] == list("乙丙丁戊")


def test_whoever_is_entered_already_is_named(officer):
    seats = [make.mandate(name="甲")]
    many(officer, seats, present="甲")
    assert "已经登记过" in many(officer, seats, present="甲").text


def test_a_station_enters_its_own_representatives_only():
    here, there = make.station(), make.station()
    (own,), (other,) = make.placed(here), make.placed(there)
    client = signed_in(make.staff(here))
    assert entered(client, own).status_code == 302
    assert errors_on(entered(client, other)) == {"mandate"}
    assert many(client, [other], present=other.person.name.replace(" ", "")).status_code == 200
    assert DutyEntry.objects.count() == 1


# Reports


def reported(client, seat, **facts):
    usual = {"mandate": seat.pk, "date": str(TODAY), "place": "yard", "summary": "lamps", "audience": 40}
    return send(client, REPORT, **usual | {"satisfied": 30} | facts)


def test_a_report_is_kept_with_its_tally(officer):
    assert reported(officer, make.mandate(), abstained=10).status_code == 302
    report = VoterReport.objects.get()
    assert (report.votes_cast, [number for _words, number in report.votes]) == (40, [30, 0, 0, 10])


def test_more_votes_than_people_are_refused_beside_the_field_and_by_the_database(officer):
    seat = make.mandate()
    assert errors_on(reported(officer, seat, dissatisfied=11)) == {"audience"}
    with pytest.raises(IntegrityError), transaction.atomic():
        make.voter_report(seat, audience=1)


def test_a_report_names_no_telephone(officer):
    assert errors_on(reported(officer, make.mandate(), questions="call 13912345678")) == {"questions"}
