"""What a record said before it was changed or taken away, by whatever way of the ORM."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liaison.audit.keeping import Past
from liaison.audit.models import Earlier
from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import CalendarDay
from liaison.tools.importing.basket import Basket
from stations.register.models import RuleKind, Station
from stations.visits.models import Attendance, Visit
from tests.support import factories as make

ON = date(2026, 3, 10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def visit(time_machine):
    """Entered on 10 March, with one representative; it is 1 April."""
    time_machine.move_to(make.moment(ON), tick=False)
    made = make.visit(make.station(), ON, [make.mandate()])
    time_machine.move_to(make.moment(date(2026, 4, 1)), tick=False)
    return made


def then(visit, model=Visit):
    past = Past(make.moment(date(2026, 3, 31)), [visit.station_id])
    return past.of(model.objects.all())


def test_what_was_changed_is_read_as_it_was(visit):
    visit.form = "training"
    visit.save()
    Visit.objects.update(residents_received=9)
    (row,) = then(visit)
    assert (row.form, row.residents_received, row.pk) == ("reception", 0, visit.pk)


def test_what_happens_at_the_very_moment_was_not_known_at_it(visit):
    visit.form = "training"
    visit.save()
    moments = [moment + seconds for moment in (make.moment(ON), timezone.now()) for seconds in (timedelta(0), SECOND)]
    told = [Past(moment, [visit.station_id]).of(Visit.objects.all()) for moment in moments]
    assert [[row.form for row in rows] for rows in told] == [[], ["reception"], ["reception"], ["training"]]


def test_beside_its_own_the_records_of_stations_that_changed_are_read(visit):
    changed, _other = (make.visit(make.station()) for _time in range(2))
    Visit.objects.update(form="training")
    Station.objects.filter(pk=changed.station_id).update(kind="home")
    asked = (make.moment(date(2026, 3, 31)), [visit.station_id])
    assert [set(Past(*asked, *movable).changed(Visit)) for movable in ((), (Station,))] == [
        {visit.pk},
        {visit.pk, changed.pk},
    ]


def test_saving_the_same_again_leaves_nothing(visit):
    visit.save()
    assert Earlier.objects.count() == 0


@pytest.mark.parametrize("way", ["row", "rows"])
def test_what_goes_with_a_deleted_row_is_kept_too(way, visit):
    attendance = visit.attendances.get()
    station = visit.station_id
    if way == "row":
        visit.delete()
    else:
        Visit.objects.filter(pk=visit.pk).delete()
    past = Past(make.moment(date(2026, 3, 31)), [station])
    assert [row.date for row in past.of(Visit.objects.all())] == [ON]
    assert [row.mandate_id for row in past.of(Attendance.objects.all())] == [attendance.mandate_id]
    assert Earlier.objects.count() == 2


def test_what_was_entered_later_was_not_known(visit):
    late = make.visit(visit.station, ON)
    late.form = "training"
    late.save()
    assert [row.pk for row in then(visit)] == [visit.pk]


def test_of_a_station_its_kind_is_kept_and_not_its_telephone(visit):
    Station.objects.update(phone="0451-00000000")
    assert Earlier.objects.count() == 0
    station = Station.objects.get()
    station.hours = "9:00"
    station.save()
    assert Earlier.objects.count() == 0
    Station.objects.update(kind="home")
    past = Past(make.moment(date(2026, 3, 31)), [station.pk])
    assert [row.kind for row in past.as_then(Station, Station.objects.all())] == ["station"]


def test_rules_for_all_are_kept_whatever_their_keys(time_machine):
    time_machine.move_to(make.moment(date(2026, 4, 1)), tick=False)
    RuleKind.objects.filter(pk="study").update(name="Reading")
    CalendarDay.objects.filter(date=date(2026, 10, 1)).update(is_working=True)
    CalendarDay.objects.filter(date=date(2026, 10, 2)).delete()
    CalendarDay.objects.create(year_id=2026, date=date(2026, 11, 11), is_working=False, name="frost")
    past = Past(make.moment(date(2026, 3, 31)))
    names = {kind.pk: kind.name for kind in past.known(RuleKind, RuleKind.objects.all())}
    assert names["study"] == "学习培训制度"
    then, now = working_days(past), working_days()
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 11, 11)]
    assert ([then(day) for day in days], [now(day) for day in days]) == ([False, False, True], [True, True, False])


def test_what_a_file_changes_is_kept(visit):
    basket = Basket([Station])
    basket.change(visit.station, kind="home")
    basket.save()
    assert [row.said["kind"] for row in Earlier.objects.filter(kind="stations.station")] == ["station"]


def test_a_proposal_s_day_is_anybody_s_to_know(time_machine):
    time_machine.move_to(make.moment(ON), tick=False)
    proposal = make.proposal(on=ON)
    time_machine.move_to(make.moment(date(2026, 4, 1)), tick=False)
    proposal.submitted_on = ON - timedelta(days=1)
    proposal.save()
    past = Past(make.moment(date(2026, 3, 31)))
    assert [row.submitted_on for row in past.as_then(type(proposal), [proposal])] == [ON]
    now = Past(timezone.now() + timedelta(days=1))
    assert [row.submitted_on for row in now.as_then(type(proposal), [proposal])] == [ON - timedelta(days=1)]


@pytest.mark.parametrize("way", ["row", "rows"])
def test_what_was_moved_to_another_station_was_none_of_its_records_before(way, visit):
    former, visit.station = visit.station_id, make.station()
    if way == "row":
        visit.save()
    else:
        Visit.objects.filter(pk=visit.pk).update(station=visit.station)
    told = {}
    for station in (former, visit.station_id):
        rows = Past(make.moment(date(2026, 3, 31)), [station]).of(Visit.objects.filter(station=station))
        told[station] = [row.pk for row in rows if row.station_id == station]
    assert told == {former: [visit.pk], visit.station_id: []}
