"""Books (登记簿、记录簿): the rows of a station and some days as a printed book, as Excel and as CSV, from one list of
columns. Only rows in the reader's reach; what is taken away leaves a line of the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.accounts.scope import scope_of
from liaison.rulebook import layouts, shipped
from liaison.rulebook.models import SheetLayout
from liaison.rulebook.office import served_office
from liaison.tools import downloads
from liaison.tools.admin import Choice, record
from liaison.tools.papers import paper
from liaison.tools.period_form import PeriodForm
from liaison.tools.periods import Period
from liaison.tools.sheets import Column, page_rows, write_csv, write_xlsx
from stations.register.models import Station

NUMBER = _("No.")
FEW, MANY = 11, 16  # columns: a table with much room, and one with little
MOST = 1_000  # rows on the printed page; the sheets hold all


@dataclass(frozen=True)
class Book:
    """`rows(user, period)` gives what the user may read, in the order of the days; `columns(user)` what is said of
    each; `address` begins the names of the URLs and is what a layout of its columns is kept under. `station_of` is the
    way from a row to its station; None where rows have none. `source` is the URL where the rows are entered."""

    key: str
    title: str
    permission: str
    address: str
    rows: Callable
    columns: Callable
    station_of: str | None = "station"
    source: str = ""

    def sheet(self, user, station, layout: SheetLayout | None = None) -> list[Column]:
        """A running number first; the station where the book is of several; then what the office's layout shows."""
        numbers, kept = count(1), layout.columns if layout else []
        place = [] if station else [layouts.renamed(column, kept) for column in self.leading]
        shown = layouts.arranged(self.columns(user), kept)
        return [Column("row", NUMBER, lambda _row: next(numbers)), *place, *shown]

    @property
    def leading(self) -> tuple[Column, ...]:
        """Where the book is of several stations, whose each row is: always first, and never hidden."""
        return (Column("station", _("station"), f"{self.station_of}.name"),) if self.station_of else ()

    def rows_at(self, station, user, period):
        rows = self.rows(user, period)
        return rows.filter(**{self.station_of.replace(".", "__"): station}) if station and self.station_of else rows


def keep(book: Book, place: int) -> Book:
    """Among the ledgers of the menu, and among those whose columns an office may set."""
    admin.site.add_page("ledgers", place, book.title, f"admin:{book.address}", book.permission)
    shipped.ship(shipped.Ledger(book.address, book.title, book.columns, (NUMBER,), book.leading))
    return book


class BookForm(PeriodForm):
    """Which station, which days. Without a station: all in reach."""

    station = Choice(queryset=Station.objects.none(), label=_("station"), required=False)

    def __init__(self, data, *, stations, today):
        super().__init__(data, today=today)
        self.only = the_only(stations)
        self.fields["station"].queryset = stations
        self.fields["station"].empty_label = None if self.only else _("all stations in my reach")
        self.fields["station"].error_messages["invalid_choice"] = _("This station was not found, please choose again")


@dataclass
class Asked:
    """A book's question as far as it could be read."""

    book: Book
    form: BookForm
    station: Station | None
    period: Period
    layout: SheetLayout | None

    @property
    def title(self) -> str:
        return (self.layout and self.layout.title) or str(self.book.title)

    def rows(self, user):
        return self.book.rows_at(self.station, user, self.period)

    def columns(self, user) -> list[Column]:
        return self.book.sheet(user, self.station, self.layout)

    @property
    def query(self) -> dict:
        days = {"from": self.period.starts_on.isoformat(), "to": self.period.ends_on.isoformat()}
        return ({"station": self.station.pk} if self.station else {}) | days


def asked_of(request, book) -> Asked:
    """Raises Http404 where the user keeps no such book anywhere."""
    if not request.user.has_perm(book.permission):
        raise Http404
    stations = Station.objects.visible_to(request.user, book.permission)
    form = BookForm(request.GET, stations=stations, today=timezone.localdate())
    if not book.station_of:
        del form.fields["station"]
    if not form.is_valid():
        return Asked(book, form, None, form.period, None)
    station = (form.cleaned_data.get("station") or form.only) if book.station_of else None
    layout = layouts.layout_for(book.address, _division_of(request.user, book, station))
    return Asked(book, form, station, form.period, layout)


def _division_of(user, book, station) -> str:
    """Whose layout holds: the station's; for several that of the one division in reach, else of the office served."""
    if station:
        return station.division_id
    held = scope_of(user).granting(book.permission).places("division")
    office = served_office() if len(held) != 1 else None
    return held[0] if len(held) == 1 else office.division_id if office else ""


def the_only(stations):
    """Whoever works at one station need not choose it."""
    found = list(stations[:2])
    return found[0] if len(found) == 1 else None


def urls(book, model_admin) -> list:
    view = model_admin.admin_site.admin_view
    return [
        path(f"{book.key}/", view(require_safe(lambda request: _page(request, book))), name=book.address),
        re_path(
            rf"^{book.key}\.(?P<kind>csv|xlsx)$",
            view(require_safe(lambda request, kind: _download(request, book, kind))),
            name=f"{book.address}_sheet",
        ),
    ]


def _page(request, book):
    asked = asked_of(request, book)
    sheet = _sheet(request, asked) if asked.form.is_valid() else {}
    links = {"back": reverse("admin:index"), "source": reverse(book.source) if book.source else ""}
    context = {"title": asked.title, "form": asked.form, "is_wide": True}
    return paper(request, "papers/book.html", context | links | sheet)


def _sheet(request, asked) -> dict:
    columns = asked.columns(request.user)
    shown = list(islice(asked.rows(request.user)[: MOST + 1], MOST + 1))
    return {
        "station": asked.station,
        "period": asked.period,
        "room": "roomy" if len(columns) <= FEW else "crowded" if len(columns) >= MANY else "",
        "columns": [{"key": column.key, "heading": column.heading} for column in columns],
        "rows": list(page_rows(columns, shown[:MOST])),
        "count": min(len(shown), MOST),
        "is_cut": len(shown) > MOST,
        "today": timezone.localdate(),
        "downloads": _downloads(asked),
    }


def _downloads(asked) -> list[dict]:
    address = f"admin:{asked.book.address}_sheet"
    return [
        {"label": label, "url": f"{reverse(address, args=[kind])}?{urlencode(asked.query)}"}
        for kind, label in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def _download(request, book, kind):
    asked = asked_of(request, book)
    if not asked.form.is_valid():
        raise Http404
    rows, columns = asked.rows(request.user), asked.columns(request.user)
    size = rows.count()
    detail = {"sheet": book.address, "kind": kind, "filters": asked.query, "rows": size}
    record("export", asked.station, actor=request.user, detail=detail)
    days = f"{asked.period.starts_on} {asked.period.ends_on}"
    if kind == "xlsx":
        file = write_xlsx(columns, rows, asked.title, (asked.title, _under(asked, size)))
        return downloads.workbook(file, f"{asked.title} {days}")
    return downloads.table(write_csv(columns, rows), f"{book.address}_{asked.period.starts_on}")


def _under(asked, size) -> str:
    """What stands under the title: whose, of which days, how many."""
    office = None if asked.station else served_office()
    whose = f"{gettext('Liaison station:')}{asked.station}" if asked.station else office.full_name if office else ""
    days = f"{date_format(asked.period.starts_on)} — {date_format(asked.period.ends_on)}"
    return "    ".join(filter(None, [whose, days, gettext("%(count)s rows") % {"count": size}]))


def found(rows, pk):
    """The row of that key, or 404, also for keys no database can look for."""
    row = rows.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row
