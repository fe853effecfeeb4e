"""Two dates: what happened in the period counts if it was known at the cut-off, and a past cut-off is told for ever."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from feedback.opinions import measures as of_opinions
from feedback.opinions import workflow
from feedback.opinions.handover import HAND_OVER
from feedback.opinions.models import Opinion
from feedback.proposals import measures as of_proposals
from feedback.proposals import news
from liaison.audit.models import Earlier
from liaison.rulebook.models import CalendarDay, Clock
from liaison.tools.periods import Period
from liaison.tools.workflow import RESIDENT, SYSTEM
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.plain import plain
from stations.register.models import (
    ActivityFunds,
    FundFloor,
    RuleKind,
    StaffPost,
    Station,
    StationAssignment,
    YearlyConfirmation,
)
from stations.visits.models import Attendance, Visit
from tests.eight_haves.conftest import TODAY, reception, taken_away
from tests.opinions.test_as_known import ANSWER, Walk
from tests.support import factories as make
from tests.support.standards import of_everything

ONE_DAY = timedelta(days=1)
MONTH_ENDS = [date(2026, month, 1) - ONE_DAY for month in range(2, 13)] + [date(2026, 12, 31)]
OCTOBER = date(2026, 10, 31)


def activities(station, known_by):
    (card,) = evaluate([station], Period(date(2026, 1, 1), date(2026, 12, 31)), known_by)
    (result,) = card.line("activities").results
    return result


def test_of_five_receptions_one_entered_on_3_november_counts_from_then_on(station):
    taken_away(station, *range(1, 13))
    for month in (6, 7, 8, 9):
        reception(station, month)
    late = reception(station, 10, entered=TODAY)
    before, after = activities(station, OCTOBER), activities(station, TODAY)
    assert (before.words, after.words) == (
        "1至10月接待日应开展10次，有记录4次，缺1、2、3、4、5、10月",
        "1至10月接待日应开展10次，有记录5次，缺1、2、3、4、5月",
    )
    assert (len(before.reading.rows), len(after.reading.rows)) == (4, 5)
    assert set(after.reading.rows) - set(before.reading.rows) == {late}


class Year:
    """Two stations through a year, by the ways their pages take; some of it is mended only months later."""

    def __init__(self, clock):
        self.clock = clock
        self.move_to(1, 2)
        make.office()
        self.first, self.second = make.station(), make.station()
        self.stations = [self.first, self.second]
        self.point = make.station(parent=self.first, kind="contact_point")
        self.officer = make.granted("officer")
        self.head, self.heir = make.staff(self.first, "head"), make.staff(self.first)
        make.staff(self.second)
        for station in self.stations:
            make.rule(station, "reception")
            make.funds(station, 18_000)
        self.places = make.placed(self.first, 3)
        self.walks = []

    def move_to(self, month, day):
        self.clock(date(2026, month, day))

    def ordinary(self, month):
        """What happens every month."""
        self.move_to(month, 10)
        held = date(2026, month, 10)
        self.visit = make.visit(self.first, held, self.places[:2], residents_received=month)
        make.visit(self.second, held, form="training" if month % 3 else "reception")
        make.visit(self.point, held)
        walk = Walk(self.first)
        walk.opinion.move(workflow.ACCEPT, by=self.officer, taker=self.head)
        walk.assign()
        self.walks.append(walk)
        make.opinion(self.second)

    def go(self, month):
        self.ordinary(month)
        self.move_to(month, 20)
        getattr(self, f"in_month_{month}", lambda: None)()

    def in_month_2(self):
        """Entered late: a visit of January, and an opinion that was said then."""
        make.visit(self.second, date(2026, 1, 12))
        make.opinion(self.second, on=date(2026, 1, 12))
        make.confirmation(self.first, date(2026, 2, 20), "premises", "plate")
        self.walks[0].acknowledge()

    def in_month_3(self):
        """Corrected: the form of a visit, the amount of the funds."""
        visit = Visit.objects.filter(station=self.second, form="reception").latest("date")
        visit.form = "meeting"
        visit.save()
        funds = ActivityFunds.objects.get(station=self.first)
        funds.amount = 31_000
        funds.save()
        self.walks[0].paper("reply_for", date(2026, 2, 25), **ANSWER)
        self.walks[1].acknowledge()

    def in_month_4(self):
        """Taken away: an attendance, and a visit with its attendances."""
        Attendance.objects.filter(visit__date=date(2026, 1, 10)).first().delete()
        Visit.objects.get(station=self.first, date=date(2026, 2, 10)).delete()
        self.walks[0].feed_back()
        self.walks[1].reply()
        self.walks[1].feed_back()

    def in_month_5(self):
        """Voided; and a rule replaced by its next version."""
        visit = Visit.objects.get(station=self.first, date=date(2026, 3, 10))
        visit.voided_on = date(2026, 5, 20)
        visit.save()
        rule = self.first.rules.get()
        rule.valid_to = date(2026, 4, 30)
        rule.save()
        make.rule(self.first, "reception", valid_from=date(2026, 6, 1))
        RuleKind.objects.filter(pk="study").update(is_required=False)
        RuleKind.objects.create(key="keys", name="Keys", is_required=True)
        make.publication(self.walks[1].opinion)
        self.walks[0].go("rate", RESIDENT, score="dissatisfied", reason="dark again")

    def in_month_6(self):
        """It turns out that the head left in May; what was answered is handled again."""
        StaffPost.objects.filter(user=self.head).update(valid_to=date(2026, 5, 15))
        self.walks[0].go("rehandle", note="they said so")
        FundFloor.objects.update(amount=40_000)
        Clock.objects.filter(key="feed_back").update(amount=60)
        self.walks[2].go("withdraw", RESIDENT)

    def in_month_7(self):
        """Handed over; a proposal made of what was said."""
        for opinion in Opinion.objects.filter(taker=self.head, state__in=workflow.OPEN):
            opinion.move(HAND_OVER, by=SYSTEM, taker=self.heir)
        opinions = [walk.opinion for walk in self.walks[:3]]
        self.proposal = make.proposal(opinions=opinions, on=date(2026, 7, 20))
        self.walks[0].opinion.refresh_from_db()

    def in_month_8(self):
        """Placements end backwards; a self-check is corrected, a reception planned."""
        placed = StationAssignment.objects.filter(mandate=self.places[2]).get()
        placed.valid_to = date(2026, 6, 30)
        placed.save()
        YearlyConfirmation.objects.update(premises=False, roster=True)
        make.reception(self.first, date(2026, 8, 25))
        waiting = Opinion.objects.filter(station=self.second).first()
        waiting.move(workflow.ACCEPT, by=self.officer, taker=self.officer)
        self.walks[0].acknowledge()
        self.point.parent = self.second
        self.point.save()

    def in_month_9(self):
        """Replied to at last, the text on another taken down, the proposal dated anew."""
        self.walks[0].reply(outcome="explained")
        text = self.walks[1].opinion.publication
        text.take_down(date(2026, 9, 20))
        text.save()
        self.proposal.submitted_on = date(2026, 7, 1)
        self.proposal.save()

        second = Station.objects.get(pk=self.second.pk)
        second.name, second.kind, second.division = "Another name", "home", make.division(f"{make.DAOLI}100")
        second.save()

    def in_month_10(self):
        """Unlinked; moved to the other station; funds taken off the list."""
        gone = self.walks[1].opinion
        before = set(self.proposal.opinions.all())
        self.proposal.links.get(opinion=gone).delete()
        news.follow(self.proposal, self.proposal.key, before, by=self.officer)
        visit = Visit.objects.get(station=self.first, date=date(2026, 4, 10))
        visit.station = self.second
        visit.save()
        ActivityFunds.objects.get(station=self.second).delete()

    def in_month_11(self):
        """Told, and not called back before December."""
        self.called = make.Life(make.opinion(self.second, reporter={"phone": "0451-00000000"}))
        self.called.until("fed_back")
        Station.objects.get(pk=self.first.pk).change_status("closed", date(2026, 11, 12))
        CalendarDay.objects.create(year_id=2026, date=date(2026, 11, 11), is_working=False, name="frost")

    def in_month_12(self):
        """Everything once more, on the last days."""
        self.called.opinion.move(workflow.CALL, by=self.officer, note="they are glad")
        self.walks[0].feed_back()
        Visit.objects.filter(date__month=5).update(form="inspection")
        Visit.objects.filter(date__month=6).delete()
        StaffPost.objects.filter(station=self.second).delete()

    def afterwards(self):
        """In the year after: nothing of it was known before."""
        self.clock(date(2027, 1, 15))
        Visit.objects.filter(date__month=7).update(voided_on=date(2027, 1, 15))
        make.visit(self.first, date(2026, 2, 11))
        make.opinion(self.first, on=date(2026, 3, 3))
        for walk in self.walks[3:6]:
            walk.acknowledge()
            walk.paper("reply_for", date(2026, 10, 15), **ANSWER)
        self.first.rules.all().delete()


def cards_of(year, standard, day):
    stations = list(Station.objects.filter(pk__in=[station.pk for station in year.stations]).select_related("division"))
    return [plain(card) for card in evaluate(stations, Period(date(2026, 1, 1), day), day, standard)]


def replayed(time_machine):
    """The year, its standard, and the scorecards of every month end as they were made on it."""
    year = Year(lambda day: time_machine.move_to(make.moment(day), tick=False))
    standard, kept = of_everything(), {}
    for day in MONTH_ENDS:
        year.go(day.month)
        year.move_to(day.month, day.day)
        kept[day] = cards_of(year, standard, day)
    year.afterwards()
    return year, standard, kept


@pytest.fixture
def replay(time_machine):
    return replayed(time_machine)


def differences(year, standard, kept):
    """What is told now of each month end and was told otherwise on it: (day, measure, then, now)."""
    return [
        (day, before["measure"], before["value"], after["value"])
        for day, then in kept.items()
        for card, now in zip(then, cards_of(year, standard, day), strict=True)
        for before, after in zip(card["haves"][0]["criteria"], now["haves"][0]["criteria"], strict=True)
        if before != after
    ]


def test_every_month_end_of_a_year_is_told_afterwards_as_it_was_told_then(replay):
    year, standard, kept = replay
    assert differences(year, standard, kept) == []
    assert {day: cards_of(year, standard, day) for day in MONTH_ENDS} == kept


def test_the_year_has_something_to_tell(replay):
    """A year in which nothing changes would be told alike by anybody."""
    _year, _standard, kept = replay
    seen = defaultdict(set)
    for cards in kept.values():
        for number, card in enumerate(cards):
            for result in card["haves"][0]["criteria"]:
                seen[result["measure"], number].add((result["value"], result["words"]))
    telling = {measure for (measure, _number), told in seen.items() if len(told) > 1}
    assert {measure.key for measure in (*of_opinions.MEASURES, *of_proposals.MEASURES)} <= telling


@pytest.mark.parametrize("model", [Station, FundFloor, RuleKind, Clock])
def test_the_year_tells_of_stations_and_rules_too(model, replay):
    year, standard, kept = replay
    Earlier.objects.filter(kind=model._meta.label_lower).delete()
    assert differences(year, standard, kept) != []


def test_without_what_was_kept_the_past_would_be_told_otherwise(replay):
    year, standard, kept = replay
    Earlier.objects.all().delete()
    assert differences(year, standard, kept) != []


def test_everything_is_asked_in_a_fixed_number_of_questions(replay, django_assert_max_num_queries):
    _year, standard, _kept = replay
    """One more for the divisions in which some of the stations lay before."""
    stations = list(Station.objects.select_related("division"))
    for day, moved in ((MONTH_ENDS[2], 1), (MONTH_ENDS[-1], 0)):
        for some in (stations, stations[:1]):
            with django_assert_max_num_queries(20 + moved):
                evaluate(some, Period(date(2026, 1, 1), day), day, standard)
