"""Representatives confirm, ask leave and swap: through one door, which changes who receives or says why not."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liaison.audit.models import Entry
from liaison.tools.workflow import Actor, MoveRefused
from representatives.models import MandateStatus
from stations.receptions import turn_moves as moves
from stations.receptions import turns
from stations.receptions.models import Reception, ReceptionRule, TurnRequest
from stations.receptions.scheduling import generate
from stations.register.models import StationAssignment
from tests.support import factories as make

TODAY, NOW = timezone.localdate(), timezone.now()
SOON, LATER = TODAY + timedelta(days=5), TODAY + timedelta(days=12)


class Turns:
    """A station with four representatives; the first receives soon, the second later."""

    def __init__(self):
        self.station = make.station()
        self.ann, self.bo, self.cy, self.di = make.placed(self.station, 4)
        for mandate in (self.ann, self.bo, self.cy):  # di has no account
            mandate.person.user = make.granted("representative")
            mandate.person.save()
        self.soon = make.reception(self.station, SOON, receiving=[self.ann], is_by_hand=False)
        self.later = make.reception(self.station, LATER, receiving=[self.bo], is_by_hand=False)
        self.staff = make.staff(self.station)

    def leave(self, **facts):
        return turns.ask_leave(self.soon, self.ann, by=acting(self.ann), reason="away", **facts)

    def swap(self, to=None, **facts):
        return turns.ask_swap(self.soon, self.ann, to or self.bo, by=acting(self.ann), **facts)

    def receiving(self, reception):
        return set(reception.mandates.all())


def acting(mandate):
    return Actor("representative", mandate.person.name, mandate.person.user_id)


@pytest.fixture
def there():
    return Turns()


def refused(ask, *args, **facts):
    before = (TurnRequest.objects.count(), list(Reception.mandates.through.objects.values_list("reception", "mandate")))
    with pytest.raises(MoveRefused) as caught:
        ask(*args, **facts)
    now = (TurnRequest.objects.count(), list(Reception.mandates.through.objects.values_list("reception", "mandate")))
    assert now == before
    return str(caught.value.reason)


# Confirming


def test_a_day_is_confirmed_once_however_often_it_is_said(there):
    for _time in range(2):
        turns.confirm(there.soon, there.ann, by=acting(there.ann))
    assert [row.day for row in there.soon.confirmations.all()] == [SOON]
    entry = Entry.objects.filter(action="confirm_turn").last()
    assert (entry.object_id, entry.actor_id) == (str(there.soon.pk), there.ann.person.user_id)


def test_nobody_confirms_for_somebody_else(there):
    assert refused(turns.confirm, there.soon, there.ann, by=acting(there.bo))
    assert refused(turns.confirm, there.soon, there.bo, by=acting(there.bo))  # bo does not receive then
    assert refused(turns.confirm, there.soon, there.di, by=acting(there.di))  # without an account nobody acts


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"status": "held"}, {"date": date(2025, 3, 3)}])
def test_of_what_is_cancelled_or_past_nothing_is_said_or_asked(facts, there):
    Reception.objects.filter(pk=there.soon.pk).update(planned_on=date(2025, 3, 3), **facts)
    asked = refused(turns.confirm, there.soon, there.ann, by=acting(there.ann)), refused(there.leave)
    assert all(asked)
    assert refused(there.swap)
    assert Entry.objects.filter(result="refused", action__in=("confirm_turn", "ask_turn")).count() == 3


def test_leave_after_the_reception_has_begun_is_refused(there):
    begun = timezone.make_aware(timezone.datetime.combine(SOON, time(9)))
    assert refused(there.leave, at=begun)
    assert there.leave(at=begun - timedelta(minutes=1)).state == "asked"


# Leave


def test_leave_agreed_by_the_station_frees_the_seat_and_keeps_the_day_from_its_rule(there):
    turns.confirm(there.soon, there.ann, by=acting(there.ann))
    request = there.leave()
    assert there.receiving(there.soon) == {there.ann}  # until the station has agreed
    request.move(moves.GRANT, by=there.staff)
    there.soon.refresh_from_db()
    assert (there.receiving(there.soon), there.soon.is_by_hand) == (set(), True)
    assert not there.soon.confirmations.exists()
    assert [step.move for step in request.steps.all()] == ["begin", "grant"]
    done = Entry.objects.filter(object_type="receptions.turnrequest").values_list("action", "result")
    assert sorted(done) == [("begin", "done"), ("grant", "done")]


def test_leave_needs_a_reason_and_is_asked_once(there):
    assert refused(turns.ask_leave, there.soon, there.ann, by=acting(there.ann), reason=" ")
    there.leave()
    assert refused(there.leave)
    assert refused(there.swap)
    assert refused(turns.confirm, there.soon, there.ann, by=acting(there.ann))
    with pytest.raises(IntegrityError), transaction.atomic():
        TurnRequest.objects.create(kind="leave", reception=there.soon, mandate=there.ann, state="asked", asked_at=NOW)


def test_leave_declined_needs_a_note_and_changes_nothing(there):
    request = there.leave()
    assert refused(request.move, moves.REFUSE, by=there.staff)
    request.move(moves.REFUSE, by=there.staff, note="nobody else can")
    assert (request.state, there.receiving(there.soon)) == ("declined", {there.ann})
    assert there.leave().state == "asked"  # it may be asked anew


def test_leave_is_not_agreed_to_after_the_day(there):
    request = there.leave()
    assert refused(request.move, moves.GRANT, by=there.staff, at=NOW + timedelta(days=30))
    assert request.state == "asked"


def test_only_the_station_agrees_to_leave_and_only_who_asked_withdraws_it(there):
    request, stranger = there.leave(), make.staff(make.station())
    assert refused(request.move, moves.GRANT, by=stranger)
    assert refused(request.move, moves.GRANT, by=there.ann.person.user)
    assert refused(request.move, moves.AGREE, by=acting(there.bo))
    assert refused(request.move, moves.WITHDRAW, by=acting(there.bo))
    request.move(moves.WITHDRAW, by=acting(there.ann))
    assert refused(request.move, moves.GRANT, by=there.staff)  # nothing is agreed to that was taken back
    assert request.state == "withdrawn"


def test_a_person_on_leave_is_away_with_every_mandate(there):
    second = make.mandate(make.HARBIN)
    second.person = there.ann.person
    second.save()
    there.soon.mandates.add(second)
    there.leave().move(moves.GRANT, by=there.staff)
    assert there.receiving(there.soon) == set()


# Swaps


def test_a_swap_the_other_agrees_to_changes_both_days(there):
    request = there.swap(in_return=there.later, reason="away")
    assert there.receiving(there.soon) == {there.ann}
    request.move(moves.AGREE, by=acting(there.bo))
    assert (there.receiving(there.soon), there.receiving(there.later)) == ({there.bo}, {there.ann})
    assert set(Reception.objects.values_list("is_by_hand", flat=True)) == {True}
    confirmed = [row.confirmations.get().mandate for row in (there.soon, there.later)]
    assert confirmed == [there.bo, there.ann]  # who agreed to come has confirmed


def test_a_swap_may_give_nothing_in_return(there):
    there.swap(there.cy).move(moves.AGREE, by=acting(there.cy))
    assert (there.receiving(there.soon), there.receiving(there.later)) == ({there.cy}, {there.bo})


def test_a_swap_declined_or_withdrawn_changes_nothing(there):
    there.swap().move(moves.DECLINE, by=acting(there.bo))
    there.swap().move(moves.WITHDRAW, by=acting(there.ann))
    assert (there.receiving(there.soon), there.receiving(there.later)) == ({there.ann}, {there.bo})


def test_only_the_one_who_was_asked_agrees(there):
    request = there.swap()
    for by in (there.ann, there.cy, there.di):
        assert refused(request.move, moves.AGREE, by=acting(by))
    assert refused(request.move, moves.GRANT, by=there.staff)


def test_the_station_enters_what_somebody_without_an_account_said(there):
    request = there.swap(there.di)
    assert request in TurnRequest.objects.for_the_station(TODAY)
    assert refused(request.move, moves.AGREE_FOR, by=there.staff)
    request.move(moves.AGREE_FOR, by=there.staff, note="said so by telephone")
    assert there.receiving(there.soon) == {there.di}


def test_a_swap_with_oneself_is_refused(there):
    assert "自己" in refused(there.swap, there.ann)
    second = make.mandate(make.HARBIN)
    second.person = there.ann.person
    second.save()
    assert "自己" in refused(there.swap, second)


def test_a_swap_with_somebody_of_another_station_is_refused(there):
    (stranger,) = make.placed(make.station())
    assert stranger.person.name in refused(there.swap, stranger)


def test_a_swap_with_somebody_who_has_left_the_station_by_then_is_refused(there):
    StationAssignment.objects.filter(mandate=there.bo).update(valid_to=SOON - timedelta(days=1))
    assert refused(there.swap)


def test_a_swap_with_somebody_suspended_by_then_is_refused(there):
    MandateStatus.objects.create(mandate=there.bo, since=TODAY, status="suspended")
    assert refused(there.swap)


def test_a_swap_with_somebody_who_receives_then_anyway_is_refused(there):
    there.soon.mandates.add(there.cy)
    assert refused(there.swap, there.cy)


def test_a_day_in_return_must_be_the_other_s_and_one_where_the_asker_belongs(there):
    assert refused(there.swap, there.cy, in_return=there.later)  # bo's
    assert refused(there.swap, in_return=there.soon)
    elsewhere = make.station()
    StationAssignment.objects.create(station=elsewhere, mandate=there.bo, is_primary=False, valid_from=date(2022, 1, 1))
    assert refused(there.swap, in_return=make.reception(elsewhere, LATER, receiving=[there.bo]))
    there.later.mandates.add(there.ann)
    assert refused(there.swap, in_return=there.later)


def test_what_has_changed_since_it_was_asked_is_seen_when_it_is_agreed_to(there):
    request = there.swap(in_return=there.later)
    there.later.mandates.set([there.cy])
    assert refused(request.move, moves.AGREE, by=acting(there.bo))
    assert (request.state, there.receiving(there.soon)) == ("asked", {there.ann})
    assert not TurnRequest.objects.open(LATER).exists()  # of a day that is past


def test_of_two_who_ask_the_same_one_for_one_day_the_second_is_refused(there):
    there.soon.mandates.add(there.cy)
    first = there.swap()
    second = turns.ask_swap(there.soon, there.cy, there.bo, by=acting(there.cy))
    first.move(moves.AGREE, by=acting(there.bo))
    assert there.bo.person.name in refused(second.move, moves.AGREE, by=acting(there.bo))
    assert there.receiving(there.soon) == {there.bo, there.cy}


@pytest.mark.parametrize("in_return", [None, "later"])
def test_a_swap_takes_the_rows_of_its_receptions_first(in_return, there):
    request = there.swap(in_return=in_return and there.later)
    with CaptureQueriesContext(connection) as asked:
        request.move(moves.AGREE, by=acting(there.bo))
    about = [query["sql"] for query in asked if '"receptions_reception' in query["sql"]]
    assert about[0].endswith('FOR UPDATE OF "receptions_reception"') is connection.features.has_select_for_update_of
    assert 'ORDER BY "receptions_reception"."id" ASC' in about[0]  # in one order: nobody waits crosswise


def test_of_two_answers_at_once_the_second_finds_it_answered(there):
    request = there.swap()
    same = TurnRequest.objects.get(pk=request.pk)
    request.move(moves.AGREE, by=acting(there.bo))
    assert refused(same.move, moves.DECLINE, by=acting(there.bo))
    assert there.receiving(there.soon) == {there.bo}


def test_what_the_station_changed_by_hand_is_no_longer_to_be_answered(there):
    there.leave()
    there.soon.mandates.set([there.cy])
    assert not TurnRequest.objects.for_the_station(TODAY).exists()


def test_a_swapped_day_is_left_alone_by_its_rule():
    there = Turns()
    hours = {"starts_at": time(14), "ends_at": time(16), "valid_from": TODAY}
    rule = ReceptionRule.objects.create(station=there.station, kind="weekly", numbers=[1, 2, 3, 4, 5], seats=1, **hours)
    generate(TODAY + timedelta(days=20), TODAY)
    made = rule.receptions.filter(date__gt=TODAY, mandates=there.ann).first()
    turns.ask_swap(made, there.ann, there.bo, by=acting(there.ann)).move(moves.AGREE, by=acting(there.bo))
    rule.starts_at, rule.ends_at = time(8), time(10)
    rule.save()
    generate(TODAY + timedelta(days=20), TODAY)
    made.refresh_from_db()
    assert (made.starts_at, there.receiving(made)) == (time(14), {there.bo})


@pytest.mark.parametrize("facts", [{"kind": "swap"}, {"kind": "leave", "to": "ann"}, {"kind": "swap", "to": "ann"}])
def test_the_database_knows_no_half_a_swap(facts, there):
    to = {"to": there.ann} if "to" in facts else {}
    made = TurnRequest(reception=there.soon, mandate=there.ann, state="asked", asked_at=NOW, kind=facts["kind"], **to)
    with pytest.raises(ValidationError):
        made.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()
