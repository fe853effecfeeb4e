"""The demo as it stands in the database after loading."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import F

from feedback.opinions import workflow
from feedback.opinions.models import AgendaItem, Opinion, OpinionAssignment, OpinionPhoto, OpinionStep, Rating
from feedback.opinions.publications import Publication
from feedback.opinions.publishing import is_copied
from feedback.submissions.models import Reporter
from liaison.accounts.models import User
from liaison.audit.trail import forged
from liaison.demo import entrance
from liaison.demo.district import ensure
from liaison.demo.models import DemoLoad
from liaison.divisions.models import Division
from liaison.notices.models import Announcement
from liaison.organisations.models import Organisation
from liaison.rulebook.office import served_office
from representatives.models import Mandate, Person
from stations.receptions.models import Reception, ReceptionRule
from stations.receptions.scheduling import Outcome, generate, horizon
from stations.register.models import Station, StationAssignment
from stations.visits.models import Attendance, Commitment, Guest, Visit

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]

TODAY = date(2026, 10, 30)
ROLES = ["staff", "staff2", "station_head", "township_officer", "officer", "officer2"]
ROLES += ["committee", "department_clerk", "department_clerk2", "leader", "auditor", "sysadmin"]
ROLES += ["dispatcher", "representative", "representative2"]


def user(name):
    return User.objects.get(username=name)


def states(opinions):
    return Counter(opinions.values_list("state", flat=True))


def counts():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_loading_twice_changes_nothing():
    before = counts()
    load, is_new = ensure(seed=99, today=date(2027, 1, 1), scale="district", password="other-words-here")
    assert not is_new
    assert (load.seed, load.today) == (7, TODAY)
    assert counts() == before
    assert before["demo.DemoLoad"] == 1


def test_the_district_is_whole():
    assert Division.objects.count() == 1843
    assert Station.objects.within("230102").count() == 8
    assert Station.objects.within("230103").count() == 2
    assert Organisation.objects.within("230102").filter(kind="department").count() == 12
    assert (Person.objects.count(), Mandate.objects.count()) == (72, 80)


def test_the_office_says_that_it_is_a_demo():
    office = served_office()
    assert (office.division_id, office.is_demo, office.phone) == ("230102", True, "0451-00000000")


def test_every_state_is_there():
    assert states(Opinion.objects).keys() == workflow.STATES.keys()
    assert Opinion.objects.count() > 90


def test_numbers_follow_the_order_in_which_opinions_came_in():
    received = list(Opinion.objects.order_by("id").values_list("received_at", flat=True))
    assert received == sorted(received)


def test_nothing_lies_in_the_future_of_the_demo():
    assert not Opinion.objects.filter(entered_at__date__gte=TODAY).exists()
    assert not OpinionStep.objects.filter(at__date__gte=TODAY).exists()
    assert not Visit.objects.filter(date__gte=TODAY).exists()
    assert not Visit.objects.filter(entered_at__date__lt=F("date")).exists()
    assert not Commitment.objects.filter(done_on__gte=TODAY).exists()


def test_some_are_overdue_and_some_were_answered_late():
    assert OpinionAssignment.objects.overdue(TODAY).values("organisation").distinct().count() >= 3
    assert Opinion.objects.filter(state="submitted", accept_due_on__lt=TODAY).exists()
    assert Opinion.objects.filter(state="replied", feed_back_due_on__lt=TODAY).exists()
    answered = [assignment.is_on_time for assignment in OpinionAssignment.objects.filter(state="replied")]
    assert answered.count(False) == 4
    assert answered.count(True) > 40


def test_residents_rated_in_all_three_ways():
    assert Counter(Rating.objects.values_list("score", flat=True)).keys() == {"satisfied", "basically", "dissatisfied"}
    assert not Rating.objects.filter(score="dissatisfied", reason="").exists()


def test_identities_are_kept_as_each_asked():
    kept = Counter(Reporter.objects.values_list("identity_mode", "share_identity"))
    assert kept.keys() == {("anonymous", False), ("confidential", False), ("real", False), ("real", True)}
    assert min(kept.values()) > 10
    told = [reporter.reveal() for reporter in Reporter.objects.exclude(identity_mode="anonymous")]
    assert all(person["name"] and person["phone"] in ("", "0451-00000000") for person in told)
    hidden = [reporter.reveal() for reporter in Reporter.objects.filter(identity_mode="anonymous")]
    assert hidden == [{"name": "", "phone": ""}] * len(hidden)


def test_a_few_opinions_carry_photos_that_are_really_there():
    photos = list(OpinionPhoto.objects.all())
    assert 4 <= len(photos) <= 10
    assert all(default_storage.exists(photo.file) for photo in photos)


def test_most_opinions_came_by_the_web_and_at_receptions():
    channels = Counter(Opinion.objects.values_list("channel", flat=True))
    assert channels["web"] > 30
    assert channels["reception"] > 20
    assert not Opinion.objects.filter(channel="reception", visit=None).exists()
    assert not Opinion.objects.filter(visit__isnull=False).exclude(visit__station=F("station")).exists()


def test_opinions_without_a_station_belong_to_the_district():
    assert set(Opinion.objects.filter(station=None).values_list("division", flat=True)) == {"230102"}


def test_every_station_held_its_monthly_reception():
    held = Counter(Visit.objects.filter(form="reception").values_list("station__code", flat=True))
    assert len(held) == 10
    assert {code: count for code, count in held.items() if count != 13} == {
        "230102-013-000-Z01": 12,  # one reception was cancelled
        "230102-103-000-Z01": 12,
    }
    in_july = Visit.objects.filter(
        form="reception", date__year=2026, date__month=7, station__in=Station.objects.within("230102")
    )
    assert set(in_july.values_list("date", flat=True)) == {date(2026, 7, 10)}
    in_may = Visit.objects.filter(
        form="reception", date__year=2026, date__month=5, station__in=Station.objects.within("230102")
    )
    assert set(in_may.values_list("date", flat=True)) == {date(2026, 5, 11)}  # the 10th is a Sunday


def test_visits_are_as_a_form_would_have_taken_them():
    for visit in Visit.objects.all():
        visit.full_clean()
        assert any(getattr(visit, entry) for entry in ("enters_representatives", "enters_departments")) or (
            visit.enters_leaders or visit.enters_congress_work
        )
    assert Visit.objects.values("form").distinct().count() == 14
    assert Counter(Attendance.objects.values_list("status", flat=True)).keys() == {"present", "leave", "absent"}
    assert Guest.objects.count() > 40
    assert Commitment.objects.filter(done_on=None, due_on__lt=TODAY).exists()
    assert AgendaItem.objects.filter(opinion__received_at__date__gte=F("visit__date")).count() == 0
    assert AgendaItem.objects.count() > 10


def test_only_a_stations_own_representatives_are_on_its_roll():
    called = set(Attendance.objects.values_list("visit__station", "mandate"))
    assert called == set(StationAssignment.objects.values_list("station", "mandate"))


def test_one_account_for_every_role_and_one_password():
    assert sorted(account.username for account in entrance.accounts()) == sorted(ROLES)
    assert len({account.password for account in entrance.accounts()}) == 1
    assert user("staff").check_password("unlikely-words-here")


def test_nobody_else_can_sign_in():
    others = User.objects.exclude(username__in=ROLES)
    assert [account.username for account in others if account.has_usable_password()] == []
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("staff", "submitted"),
        ("staff", "accepted"),
        ("staff", "replied"),
        ("staff2", "submitted"),
        ("department_clerk", "assigned"),
        ("department_clerk", "handling"),
        ("department_clerk2", "assigned"),
        ("township_officer", "handling"),
        ("officer2", "submitted"),
    ],
)
def test_everybody_finds_work_on_the_desk(name, state):
    assert Opinion.objects.visible_to(user(name)).filter(state=state).exists()


def test_districts_stations_and_departments_keep_apart():
    everything = Opinion.objects.count()
    own, next_door = (Opinion.objects.visible_to(user(name)) for name in ("officer", "officer2"))
    assert own.count() + next_door.count() == everything
    assert 5 <= next_door.count() <= 12
    assert set(next_door.values_list("station__code", flat=True)) <= {"230103-007-000-Z01", "230103-016-000-Z01"}
    here, there = (set(Opinion.objects.visible_to(user(name))) for name in ("staff", "staff2"))
    assert here
    assert there
    assert not here & there
    assert Opinion.objects.visible_to(user("leader")).count() == 0


def test_the_steps_tell_who_moved_each_opinion():
    kinds = dict(OpinionStep.objects.values_list("move", "actor_kind").distinct())
    assert kinds["reply"] == kinds["accept"] == "user"
    assert kinds["rate"] == kinds["withdraw"] == "resident"
    replies = OpinionStep.objects.filter(move="reply")
    assert set(replies.values_list("actor_id", flat=True)) <= set(
        User.objects.filter(grants__role="department_clerk").values_list("pk", flat=True)
    )


def test_the_trail_of_the_loading_is_sound():
    assert list(forged()) == []


def test_a_receipt_is_shown_that_opens_an_opinion_to_be_rated():
    told = list(entrance.lines("http://127.0.0.1:8000", "secret words"))
    assert told[1].endswith("http://127.0.0.1:8000/")
    assert any("secret words" in line for line in told)
    receipt = next(line for line in told if "/opinions/track/" in line)
    number = receipt.split()[-2]
    assert Opinion.objects.numbered(number).get().state == "fed_back"


def test_the_newest_is_a_few_days_old():
    newest = Opinion.objects.latest("received_at").received_at.date()
    assert TODAY - timedelta(days=4) <= newest < TODAY
    assert DemoLoad.objects.get().scale == "district"


def test_reception_days_lie_behind_and_ahead_and_some_were_moved():
    behind, ahead = (Reception.objects.filter(**{f"date__{side}": TODAY}) for side in ("lt", "gte"))
    assert set(behind.values_list("status", flat=True)) == {"held", "cancelled"}
    assert not behind.filter(status="cancelled", reason="").exists()
    assert set(ahead.values_list("status", flat=True)) == {"planned", "cancelled"}
    assert Reception.objects.exclude(date=F("planned_on")).exists()
    days = Visit.objects.filter(form="reception").values("station", "date")
    held_on = {(row["station"], row["date"]) for row in days}
    assert {(row["station"], row["date"]) for row in behind.filter(status="held").values("station", "date")} <= held_on
    assert not held_on & {
        (row["station"], row["date"]) for row in behind.filter(status="cancelled").values("station", "date")
    }
    for reception in Reception.objects.prefetch_related("mandates__assignments"):
        assert reception.mandates.all()
        placed = {place.station_id for mandate in reception.mandates.all() for place in mandate.assignments.all()}
        assert reception.station_id in placed


def test_what_was_solved_is_told_in_other_words_after_the_resident_knew():
    shown = Publication.objects.published(TODAY).select_related("opinion")
    assert shown.count() >= 3
    assert shown.count() == Publication.objects.count()
    for told in shown:
        assert told.opinion.fed_back_on <= told.published_on < TODAY
        assert not is_copied(told.text, told.opinion.body)


def test_there_are_notices_to_read():
    assert Announcement.objects.current(TODAY).count() == 3


def test_reception_days_to_come_are_made_from_rules_and_none_is_made_twice():
    assert ReceptionRule.objects.count() == 10
    ahead = Reception.objects.filter(date__gte=TODAY, status="planned")
    assert ahead.count() == ahead.exclude(rule=None).count() >= 40
    assert generate(horizon(TODAY), TODAY) == Outcome()
    assert not Reception.objects.told_late(TODAY).exists()


def test_postgresql_has_counted_what_was_loaded():
    """By itself it does so a minute later, and plans every question as if the tables were empty until then."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [Attendance._meta.db_table])
            assert cursor.fetchone() == (Attendance.objects.count(),)
