"""The city around the demo district, in small: the same generator, fewer opinions; and bulk rows tell the truth."""

from datetime import date
from random import Random

import pytest
from django.db import transaction
from django.db.models import F, Q

from feedback.opinions import intake, workflow
from feedback.opinions.models import Opinion, OpinionAssignment, OpinionReply, OpinionStep, OpinionUrging, Rating
from feedback.submissions.models import Reporter
from liaison.accounts.models import User
from liaison.audit.models import Entry
from liaison.demo import bulk, city
from liaison.demo.days import Year, moment
from liaison.demo.library import rows
from liaison.demo.opinions import Teller
from liaison.demo.stories import Story, happenings_of
from liaison.divisions.models import Division
from liaison.rulebook.calendar import working_days
from representatives.models import Mandate
from stations.register.models import Station, StationAssignment
from stations.visits.models import Visit

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.django_db(databases=["default", "keys"])]

TODAY = date(2026, 10, 30)
COUNT = 120
HASHES = [bulk.token_hash_of(number) for number in range(COUNT)]
SAME = [field.name for field in Opinion._meta.concrete_fields]
SAME = [name for name in SAME if name not in ("id", "token_hash", "code_hash", "reporter", "place")]


@pytest.fixture(scope="module")
def grown(demo, django_db_blocker):
    """Eighty stations beside the demo's and 120 opinions."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = Opinion.objects.count(), Station.objects.count()
        yield city.grow(Year(TODAY, working_days()), Random("city 7"), COUNT, 90), before
        transaction.set_rollback(True)


def ours(model):
    return model.objects.filter(opinion__token_hash__in=HASHES)


def test_as_many_stations_and_opinions_as_were_asked_for(grown):
    _city, (opinions, _stations) = grown
    assert Station.objects.count() == 90
    assert Opinion.objects.count() == opinions + COUNT
    assert Visit.objects.filter(station__in=_city.stations).count() == 13 * len(_city.stations)


def test_a_station_stands_in_a_street_that_had_none_and_has_six_representatives(grown):
    grown_city, _before = grown
    places = [station.division_id for station in grown_city.stations]
    assert len(places) == len(set(places))
    assert set(places) <= set(Division.objects.below("230100").covered().values_list("pk", flat=True))
    placed = StationAssignment.objects.filter(station__in=grown_city.stations)
    assert placed.count() == 6 * len(places)
    assert not Mandate.objects.filter(assignments__in=placed).exclude(term__congress__level=4).exists()


def test_the_divisions_make_room_for_as_many_stations_as_the_city_has():
    covered = Division.objects.below(city.CITY).covered()
    streets = covered.filter(kind="street").count()
    assert covered.count() + streets >= city.STATIONS


def test_nobody_of_the_city_can_sign_in_and_nothing_personal_is_kept(grown):
    assert not any(user.has_usable_password() for user in User.objects.filter(username__startswith="city-"))
    assert not Reporter.objects.filter(opinion__token_hash__in=HASHES).exclude(key_id=None).exists()


def test_one_line_of_the_trail_stands_for_all_of_it(grown):
    entry = Entry.objects.get(action="demo_bulk")
    assert entry.detail == {"opinions": COUNT, "stations": len(grown[0].stations)}


def test_no_bulk_rows_contradict_each_other(grown):
    opinions = Opinion.objects.filter(token_hash__in=HASHES)
    assert opinions.count() == COUNT
    given = ours(OpinionAssignment)
    assert given.exists()
    assert not given.filter(
        Q(due_on__lt=F("assigned_on")) | Q(replied_on__lt=F("assigned_on")) | ~Q(station=F("opinion__station"))
    ).exists()
    assert not opinions.filter(Q(accepted_on__lt=F("received_at__date")) | Q(fed_back_on__lt=F("replied_on"))).exists()
    assert not ours(OpinionStep).filter(at__date__gte=TODAY).exists()
    assert not ours(Rating).filter(score="dissatisfied", reason="").exists()
    for opinion in opinions.prefetch_related("steps"):
        assert opinion.steps.last().to_state == opinion.state


def test_a_department_answers_within_its_own_district(grown):
    for assignment in ours(OpinionAssignment).select_related("organisation"):
        assert assignment.organisation.division_id == assignment.division_id[:6]
        assert assignment.organisation.handles


def kept(opinion):
    """What the rows of an opinion say, its own keys aside."""

    def table(model, *without):
        names = [f.name for f in model._meta.concrete_fields if f.name not in ("id", "opinion", "assignment", *without)]
        path = "assignment__opinion" if model is OpinionUrging else "opinion"
        return list(model.objects.filter(**{path: opinion}).order_by("id").values(*names))

    opinion.refresh_from_db()
    tables = [table(model) for model in (OpinionAssignment, OpinionReply, OpinionStep, OpinionUrging)]
    tables.append(table(Rating, "score", "reason"))  # what somebody thinks is a throw of the dice
    return [{name: getattr(opinion, name) for name in SAME}, *tables]


@pytest.mark.parametrize("goal", ["archived", "withdrawn_later", "refused", "handling"])
def test_bulk_rows_are_those_the_doors_leave(grown, goal):
    """The same story told twice: through the doors of the product, and in bulk."""
    grown_city, _before = grown
    year, key = Year(TODAY, working_days()), "court_case" if goal == "refused" else "lamp_out"
    station = grown_city.stations[0]
    story = bulk_story(year, key, goal)
    organisation = grown_city.handler(station, story.matter["category"])
    taker, clerk = grown_city.staff[station.code], grown_city.clerks[organisation.pk]
    story.matter = story.matter | {"reply_organisation": organisation.name}
    with transaction.atomic():
        doors = through_doors(story, station, organisation, taker, clerk)
        written = bulk.begun(story, station, grown_city, 10**6)
        bulk._keep([bulk.Pen(city._categories(), Random(1)).write(story, written)])
        mine, theirs = kept(written.opinion), kept(doors)
        transaction.set_rollback(True)
    assert mine == theirs


def bulk_story(year, key, goal):
    matter = next(row for row in rows("matters") if row["key"] == key)
    story = Story(matter, moment(date(2026, 3, 4), 9, 5), goal=goal, is_stuck=goal == "handling")
    story.happenings = happenings_of(story, year, Random(3))
    return story


def through_doors(story, station, organisation, taker, clerk):
    teller = Quiet(0, {}, {organisation.name: organisation}, None, Random(1))
    teller.company = type("Company", (), {"clerks": {organisation.name: clerk}})
    said = intake.Said(
        body=story.matter["body"],
        place="x",
        station=station,
        reporter={"identity_mode": "anonymous"},
        received_at=story.received_at,
        facts={"urgency": story.matter["urgency"]},
    )
    said.entered_at = story.received_at
    opinion = intake.take(said, nonce="through the doors").opinion
    teller._go(opinion, story, taker)
    return opinion


class Quiet(Teller):
    """Told as in bulk: nobody writes again on the way."""

    def _add(self, opinion, at, following):
        pass


def test_every_move_of_the_main_road_can_be_written_in_bulk():
    moves = {"accept", "assign", "acknowledge", "reply", "feed_back", "rate", "archive", "refuse", "withdraw", "urge"}
    assert moves == {name[1:] for name in vars(bulk.Pen) if name[1:] in workflow.MOVES}
