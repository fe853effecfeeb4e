"""Ledgers of what a station has on record: spending (经费使用), rules (规章制度), and whom to call (通讯录)."""

from heapq import merge
from itertools import islice

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.sheets import Column
from liaison.tools.spans import overlapping
from stations.register import books
from stations.register.models import FundExpense, RuleDocument, StaffPost, StationAssignment
from stations.register.records import column


def spending(user) -> list[Column]:
    return [
        *(column(FundExpense, name) for name in ("spent_on", "purpose", "amount", "voucher")),
        column(FundExpense, "entered_by"),
        Column("signature", _("signature"), lambda _expense: ""),
    ]


def spent(user, period):
    """What counts: voided lines are not of the ledger."""
    rows = FundExpense.objects.visible_to(user).counted().filter(**period.days("spent_on"))
    return rows.order_by("spent_on", "id").select_related("station", "entered_by")


def rules(user) -> list[Column]:
    return [
        column(RuleDocument, "kind", "kind.name"),
        *(column(RuleDocument, name) for name in ("title", "version", "valid_from", "valid_to")),
        Column("has_text", _("text kept"), lambda rule: bool(rule.file)),
    ]


def rules_in_force(user, period):
    rows = overlapping(RuleDocument.objects.visible_to(user), period.starts_on, period.ends_on)
    return rows.order_by("station_id", "kind", "valid_from", "id").select_related("station", "kind")


class Contacts:
    """People of two registers as one list, station by station, staff before representatives."""

    def __init__(self, *parts):
        self.parts = parts

    def filter(self, **facts):
        return Contacts(*(part.filter(**facts) for part in self.parts))

    def count(self) -> int:
        return sum(part.count() for part in self.parts)

    def __iter__(self):
        return merge(*self.parts, key=lambda row: row.station_id)

    def __getitem__(self, part: slice):
        return list(islice(self, part.start, part.stop))


def name_of(row) -> str:
    return row.name if isinstance(row, StaffPost) else row.mandate.person.name


def part_of(row) -> str:
    """What somebody is there: a post of the staff, or a representative of a congress."""
    return row.get_post_display() if isinstance(row, StaffPost) else row.mandate.term.congress.name


def district_of(row) -> str:
    return "" if isinstance(row, StaffPost) else row.mandate.electoral_district or row.mandate.electing_unit


def contacts(user) -> list[Column]:
    """A station's own telephone: of representatives none is kept."""
    return [
        Column("name", pgettext_lazy("person", "name"), name_of),
        Column("part", _("post, or congress"), part_of),
        Column("district", _("electoral district or electing unit"), district_of),
        Column("phone", _("telephone of the station"), "station.phone"),
        Column("valid_from", _("from"), "valid_from"),
        Column("valid_to", _("to"), "valid_to"),
    ]


def people(user, period) -> Contacts:
    """Who had a post or a place there on one of these days at least."""
    days = (period.starts_on, period.ends_on)
    staff = overlapping(StaffPost.objects.visible_to(user), *days).select_related("station")
    placed = overlapping(StationAssignment.objects.visible_to(user), *days)
    placed = placed.select_related("station", "mandate__person", "mandate__term__congress")
    return Contacts(*(rows.order_by("station_id", "id") for rows in (staff, placed)))


FUNDS = books.Book(
    "book",
    FundExpense._meta.verbose_name_plural,
    "stations.view_fundexpense",
    "stations_fundexpense_book",
    spent,
    spending,
    source="admin:stations_fundexpense_changelist",
)
RULES = books.Book(
    "book",
    _("Ledger of rules"),
    "stations.view_ruledocument",
    "stations_ruledocument_book",
    rules_in_force,
    rules,
    source="admin:stations_ruledocument_changelist",
)
CONTACTS = books.Book(
    "contacts",
    _("Staff and representatives to call"),
    "stations.view_staffpost",
    "stations_staffpost_contacts",
    people,
    contacts,
)
for place, book in ((60, FUNDS), (130, RULES), (140, CONTACTS)):
    books.keep(book, place)
