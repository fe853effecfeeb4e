"""What two representatives of the demo have said to their coming days, and one of them about an opinion."""

from feedback.opinions import workflow
from liaison.demo.days import Year, moment
from liaison.demo.library import phrases
from liaison.duty.reach import own_of
from stations.receptions import turns
from stations.receptions.models import Reception

STATION, OTHER = "230102-003-000-Z01", "230102-019-000-Z02"  # where the first of them has a place with each mandate


def say(year: Year, company) -> None:
    """One asks for leave and for a swap; the other is asked, has confirmed a day elsewhere, and has answered."""
    first, second = (own_of(user, year.today) for user in company.representatives.values())
    at = moment(year.last, 15)
    wen, shao = (_seat(company, own, STATION) for own in (first, second))
    soon, later = _coming(year, STATION)[:2]
    soon.mandates.set([wen, shao])
    later.mandates.set([shao, *later.mandates.exclude(pk__in=[wen.pk, shao.pk])[:1]])
    turns.ask_leave(soon, shao, by=second.actor, at=at, reason=phrases("leave")[0])
    turns.ask_swap(later, shao, wen, by=second.actor, at=at, reason=phrases("swap")[0])
    elsewhere, seat = _coming(year, OTHER)[0], _seat(company, first, OTHER)
    elsewhere.mandates.set([seat])
    turns.confirm(elsewhere, seat, by=first.actor, at=at)
    _answer(first, at)


def _seat(company, own, station):
    """With which they have their place there."""
    return next(mandate for mandate in company.mandates[station] if mandate.person_id == own.person.pk)


def _coming(year, station):
    rows = Reception.objects.upcoming(year.today).filter(station__code=station, date__gt=year.today)
    return list(rows.order_by("date"))


def _answer(own, at):
    """About the newest matter that waits for its answer."""
    waiting = own.opinions().filter(state__in=workflow.WITH_DEPARTMENT).order_by("-received_at", "-id")
    for opinion in waiting[:1]:
        opinion.move(workflow.REPRESENT, by=own.actor, at=at, note=phrases("represent")[0])
