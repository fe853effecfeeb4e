"""The demo district as a whole: whether it may be loaded here, and loading it."""

from datetime import date
from random import Random

from django.db import connection, transaction
from django.utils.translation import gettext as _

from feedback.opinions.models import Opinion
from liaison.accounts.models import User
from liaison.demo import (
    announcing,
    checks,
    city,
    congresses,
    duties,
    duty,
    network,
    opinions,
    people,
    places,
    proposals,
    receptions,
    records,
    registering,
    stories,
    visits,
)
from liaison.demo.days import Year
from liaison.demo.models import DemoLoad
from liaison.organisations.models import Organisation
from liaison.rulebook.calendar import working_days
from liaison.rulebook.models import Office
from representatives.models import Person
from stations.register.models import Station
from stations.visits.models import Visit

SOMEBODYS = (User, Office, Organisation, Person, Station, Visit, Opinion)
EARLIEST = date(2025, 1, 1)  # a year before it, everybody of the demo is in office


class DemoRefused(Exception):
    """The demo may not be loaded here; the text says why."""


def ensure(*, seed: int, today: date, scale: str, password: str, count: int = city.OPINIONS) -> tuple[DemoLoad, bool]:
    """The demo of this database, loaded now if there is none yet: (load, whether it was loaded just now)."""
    known = DemoLoad.objects.first()
    if known:
        return known, False
    _refuse_others_records()
    if scale == "province":
        raise DemoRefused(_("There is no demo of a whole province yet. Please choose district or city."))
    if today < EARLIEST:
        raise DemoRefused(_("The demo's day cannot be before %(day)s.") % {"day": EARLIEST})
    with transaction.atomic(), transaction.atomic(using="keys"):
        year = Year(today, working_days())
        load(year, seed, password)
        if scale == "city":
            city.grow(year, _chance("city", seed), count)
        _count_for_postgresql()
        return DemoLoad.objects.create(seed=seed, today=today, scale=scale), True


def _count_for_postgresql() -> None:
    """It counts new rows by itself a minute later at the earliest; until then a page may run into its time limit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _refuse_others_records() -> None:
    for model in SOMEBODYS:
        count = model.objects.count()
        if count:
            reason = _(
                "This database holds records that are not the demo's (%(records)s: %(count)s). Nothing was loaded."
            )
            raise DemoRefused(reason % {"count": count, "records": model._meta.verbose_name_plural})


def load(year: Year, seed: int, password: str) -> None:
    places.know_divisions(year.today)
    places.open_offices()
    organisations, stations = places.found_organisations(), places.open_stations()
    company = people.gather(password, organisations, stations)
    records.keep(year.last, stations, organisations, company)
    registering.complete(year.last, stations, company)
    held = visits.hold(year, stations, company, _chance("visits", seed))
    planned = stories.plan(year, held, _chance("stories", seed))
    teller = opinions.Teller(seed, stations, organisations, company, _chance("opinions", seed))
    told = [teller.tell(story) for story in planned]
    opinions.put_on_agendas(told, held)
    receptions.plan(year, stations, company, held, _chance("receptions", seed))
    announcing.publish_results(year, teller.opinions, company)
    announcing.announce(year, company)
    proposals.Register(year, organisations, company).fill()
    congresses.organise(year, company)
    duties.say(year, company)
    duty.keep(year, company)
    network.link(year.last)
    checks.Inspection(year, stations, company).hold()


def _chance(subject: str, seed: int) -> Random:
    """Each subject throws its own dice, so that a change in one does not upset the others."""
    return Random(f"{subject} {seed}")  # noqa: S311 (it chooses stories, not secrets)
