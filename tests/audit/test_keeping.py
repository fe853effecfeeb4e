"""What a record said before it was changed or taken away, by whatever way of the ORM."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liaison.audit.keeping import Past
from liaison.audit.models import Earlier
from stations.visits.models import Attendance, Visit
from tests.support import factories as make

ON = date(2026, 3, 10)


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


def test_a_proposal_s_day_is_anybody_s_to_know(time_machine):
    time_machine.move_to(make.moment(ON), tick=False)
    proposal = make.proposal(on=ON)
    time_machine.move_to(make.moment(date(2026, 4, 1)), tick=False)
    proposal.submitted_on = ON - timedelta(days=1)
    proposal.save()
    past = Past(make.moment(date(2026, 3, 31)), [])
    assert [row.submitted_on for row in past.as_then(type(proposal), [proposal])] == [ON]
    now = Past(timezone.now() + timedelta(days=1), [])
    assert [row.submitted_on for row in now.as_then(type(proposal), [proposal])] == [ON - timedelta(days=1)]


def test_what_was_moved_to_another_station_was_none_of_its_records_before(visit):
    former, visit.station = visit.station_id, make.station()
    visit.save()
    told = {}
    for station in (former, visit.station_id):
        rows = Past(make.moment(date(2026, 3, 31)), [station]).of(Visit.objects.filter(station=station))
        told[station] = [row.pk for row in rows if row.station_id == station]
    assert told == {former: [visit.pk], visit.station_id: []}
