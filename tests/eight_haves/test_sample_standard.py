"""The 100-point table that is shipped as a sample, and all measures together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.measuring import all_measures
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.eight_haves.standard import KEYS
from stations.register.models import Station
from tests.eight_haves.conftest import TODAY, YEAR
from tests.support import factories as make

POINTS = [10, 8, 12, 10, 10, 20, 15, 15]  # domain.md 3.11
MOST_QUESTIONS = 20


@pytest.fixture
def sample(db):
    return Standard.objects.get(name="“八有”百分制（样例）")


def test_the_sample_is_a_draft_and_judges_nobody(sample):
    assert sample.state == "draft"
    assert sample not in Standard.objects.in_force(TODAY)


def test_its_hundred_points_are_those_of_the_table(sample):
    given = {have.key: sum(row.points or 0 for row in have.criteria.all()) for have in sample.haves.all()}
    assert given == dict(zip(KEYS, POINTS, strict=True))
    assert sum(given.values()) == 100


def test_it_shows_every_measure_of_the_stations_own_records(sample):
    asked = set(Criterion.objects.filter(have__standard=sample).values_list("measure", flat=True))
    ours = {key for key, measure in all_measures().items() if measure.read.__module__.startswith("stations.")}
    assert ours - asked == {"months_with_reception"}


def test_what_is_shipped_asks_for_no_measure_that_is_not_there(sample):
    asked = set(Criterion.objects.values_list("measure", flat=True))
    assert asked - set(all_measures()) == set()
    assert sample.is_known


@pytest.mark.parametrize("state", ["published", "draft"])
@pytest.mark.django_db
def test_what_a_department_is_late_with_is_shown_and_fails_nothing(state):
    shown = Criterion.objects.filter(have__standard__state=state, is_required=False)
    assert [(row.have.key, row.measure, row.points) for row in shown] == [("results", "department_late", None)]


@pytest.mark.usefixtures("station")
def test_the_sample_can_be_tried_on_a_station(client, sample):
    client.force_login(make.granted("officer", code="230000"))
    text = client.get(reverse("admin:eight_haves_standard_trial", args=[sample.pk])).text
    assert "现行标准" in text
    assert "请先删去再试评" not in text


def test_its_settings_are_those_of_its_measures(sample):
    for criterion in Criterion.objects.filter(have__standard=sample):
        options = {option.key: option for option in all_measures()[criterion.measure].options}
        assert set(criterion.options) <= set(options)
        for key, chosen in criterion.options.items():
            assert set(chosen if options[key].choices else ()) <= {choice for choice, _name in options[key].choices}


@pytest.fixture
def everything(db):
    """A standard that asks for every measure there is."""
    standard = Standard.objects.create(name="Everything", version="1", kinds=["station"], valid_from=YEAR.starts_on)
    have = Have.objects.create(standard=standard, key="premises")
    for measure in all_measures():
        Threshold.objects.create(criterion=Criterion.objects.create(have=have, measure=measure), met=1)
    return standard


def test_all_measures_together_ask_a_fixed_number_of_questions(station, everything):
    """Of one station and of twelve, each with a plan, representatives, visits and spending."""
    one = asked([station], everything)
    for _time in range(11):
        _used(make.station())
    assert one == asked(Station.objects.select_related("division"), everything)
    assert one <= MOST_QUESTIONS


def asked(stations, standard):
    stations = list(stations)
    with CaptureQueriesContext(connection) as questions:
        cards = evaluate(stations, YEAR, TODAY, standard)
    assert [len(card.lines[0].results) for card in cards] == [len(all_measures())] * len(stations)
    assert all(isinstance(result.words, str) for card in cards for result in card.lines[0].results)
    return len(questions)


def _used(at):
    seats = make.placed(at, 2)
    make.visit(at, present=seats)
    make.reception(at, YEAR.starts_on)
    make.funds(at)
    make.expense(at)
    make.rule(at)
