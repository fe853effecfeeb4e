"""When a paired committee was last at its station (对口联系): a visit with one of its people among the guests."""

from django.contrib import admin
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from liaison.accounts.scope import scope_of
from liaison.tools.figures import Figure
from liaison.tools.periods import months_before
from liaison.tools.sheets import Column
from stations.register.models import Pairing
from stations.register.pairings import ROLE
from stations.visits.models import Guest

SILENT_MONTHS = 6
SILENT_FIRST = (F("valid_to").asc(nulls_first=True), F("contacted_on").asc(nulls_first=True), "id")
WORDS = {
    "pairings_held": (
        _("Pairings with contact"),
        _("Pairings whose committee took part in a visit to the station in the period, among those in force then."),
    ),
    "pairings_silent": (
        _("Pairings silent for over six months"),
        _("Pairings in force on the last day, older than six months, whose committee took part in no visit since."),
    ),
}
PARTS = []
PAIRING = [
    Column("committee", _("paired committee"), "organisation.name"),
    Column("station", _("station"), "station.name"),
    Column("valid_from", _("from")),
    Column("contacted_on", _("last contact")),
]


def contacts(until):
    """The people of an outer pairing's committee at visits to its station, up to a day."""
    name, short = OuterRef("organisation__name"), OuterRef("organisation__short_name")
    people = Guest.objects.filter(Q(organisation=name) | Q(organisation=short)).exclude(organisation="")
    guests = people.filter(visit__station=OuterRef("station"), visit__date__lte=until, visit__voided_on=None)
    return guests.order_by()


def with_last_contact(pairings, until=None):
    """Each with the day of its last contact, `contacted_on`; None for none."""
    last = (
        contacts(until or timezone.localdate()).values("visit__station").annotate(day=Max("visit__date")).values("day")
    )
    return pairings.annotate(contacted_on=Subquery(last))


@admin.display(description=_("last contact"), ordering=F("contacted_on").desc(nulls_last=True))
def last_contact(pairing):
    return pairing.contacted_on or pgettext("contact", "none yet")


def figures(rows, period, today) -> list[Figure]:
    """What happened up to the period's last day, or up to today if that comes first."""
    until = min(period.ends_on, today)
    begun = Q(valid_to=None) | Q(valid_to__gte=period.starts_on)
    planned = _listed(rows(Pairing).filter(begun, valid_from__lte=until), until)
    held = planned.filter(Exists(contacts(until).filter(visit__date__gte=period.starts_on)))
    silent = _silent(_listed(rows(Pairing).in_force(until), until), months_before(until, SILENT_MONTHS))
    return [
        Figure("pairings_held", *WORDS["pairings_held"], None, PAIRING, numerator=held, denominator=planned),
        Figure("pairings_silent", *WORDS["pairings_silent"], silent, PAIRING),
    ]


def _listed(pairings, until):
    return with_last_contact(pairings, until).select_related("organisation", "station")


def _silent(pairings, since):
    return pairings.filter(Q(contacted_on=None) | Q(contacted_on__lt=since), valid_from__lt=since)


def silent_today(pairings):
    """Of pairings with their last contact: those in force that are silent for over six months."""
    today = timezone.localdate()
    return _silent(pairings.in_force(today), months_before(today, SILENT_MONTHS))


class SilentFilter(admin.SimpleListFilter):
    title, parameter_name = _("last contact"), "silent"

    def lookups(self, request, model_admin):
        return [("1", WORDS["pairings_silent"][0])]

    def queryset(self, request, queryset):
        return silent_today(queryset) if self.value() == "1" else queryset


def paired_with(user):
    """Tiles (name, value, href) for whoever is of a committee: the stations it keeps contact with, and the silent."""
    if ROLE not in scope_of(user).roles:
        return
    address = reverse("admin:stations_pairing_changelist")
    mine = with_last_contact(Pairing.objects.visible_to(user))
    yield {"name": Pairing._meta.verbose_name_plural, "value": mine.count(), "href": address}
    yield {"name": WORDS["pairings_silent"][0], "value": silent_today(mine).count(), "href": f"{address}?silent=1"}
