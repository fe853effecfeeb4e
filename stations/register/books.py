"""Books (登记簿、记录簿): the rows of a station and some days as a printed book, as Excel and as CSV, from one list of
columns. Only rows in the reader's reach; what is taken away leaves a line of the trail."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, islice
from urllib.parse import urlencode

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools.admin import Choice, record
from liaison.tools.papers import paper
from liaison.tools.period_form import PeriodForm
from liaison.tools.periods import Period
from liaison.tools.sheets import Column, page_rows, write_csv, write_xlsx
from stations.register.models import Station

MOST = 1_000  # rows on the printed page; the sheets hold all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Book:
    """`rows(user, period)` gives what the user may read, in the order of the days; `columns(user)` what is said of
    each; `address` begins the names of the URLs."""

    key: str
    title: str
    permission: str
    address: str
    rows: Callable
    columns: Callable
    station_of: str = "station"

    def sheet(self, user, station) -> list[Column]:
        """A running number first; the station where the book is of several."""
        numbers = count(1)
        place = [] if station else [Column("station", _("station"), f"{self.station_of}.name")]
        return [Column("row", _("No."), lambda _row: next(numbers)), *place, *self.columns(user)]


class BookForm(PeriodForm):
    """Which station, which days. Without a station: all in reach."""

    station = Choice(queryset=Station.objects.none(), label=_("station"), required=False)

    def __init__(self, data, *, stations, today):
        super().__init__(data, today=today)
        self.fields["station"].queryset = stations
        self.fields["station"].empty_label = _("all stations in my reach")
        self.fields["station"].error_messages["invalid_choice"] = _("This station was not found, please choose again")


@dataclass
class Asked:
    """A book's question as far as it could be read."""

    form: BookForm
    station: Station | None
    period: Period

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
    facts = form.cleaned_data if form.is_valid() else {}
    station = facts.get("station") or (_only(stations) if form.is_valid() else None)
    return Asked(form, station, form.period)


def _only(stations):
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


def _rows(request, book, asked):
    rows = book.rows(request.user, asked.period)
    return rows.filter(station=asked.station) if asked.station else rows


def _page(request, book):
    asked = asked_of(request, book)
    sheet = _sheet(request, book, asked) if asked.form.is_valid() else {}
    context = {"title": book.title, "form": asked.form, "back": reverse("admin:index"), "is_wide": True}
    return paper(request, "papers/book.html", context | sheet)


def _sheet(request, book, asked) -> dict:
    rows = _rows(request, book, asked)
    columns = book.sheet(request.user, asked.station)
    shown = list(islice(rows[: MOST + 1], MOST + 1))
    return {
        "station": asked.station,
        "period": asked.period,
        "columns": [{"key": column.key, "heading": column.heading} for column in columns],
        "rows": list(page_rows(columns, shown[:MOST])),
        "count": min(len(shown), MOST),
        "is_cut": len(shown) > MOST,
        "today": timezone.localdate(),
        "downloads": _downloads(book, asked),
    }


def _downloads(book, asked) -> list[dict]:
    return [
        {"label": label, "url": f"{reverse(f'admin:{book.address}_sheet', args=[kind])}?{urlencode(asked.query)}"}
        for kind, label in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def _download(request, book, kind):
    asked = asked_of(request, book)
    if not asked.form.is_valid():
        raise Http404
    rows, columns = _rows(request, book, asked), book.sheet(request.user, asked.station)
    detail = {"sheet": book.address, "kind": kind, "filters": asked.query, "rows": rows.count()}
    record("export", asked.station, actor=request.user, detail=detail)
    name = f"{book.title} {asked.period.starts_on} {asked.period.ends_on}.{kind}"
    if kind == "xlsx":
        return FileResponse(
            write_xlsx(columns, rows, str(book.title)), as_attachment=True, filename=name, content_type=XLSX
        )
    response = StreamingHttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{book.address}_{asked.period.starts_on}.csv"'
    return response


def found(rows, pk):
    """The row of that key, or 404, also for keys no database can look for."""
    row = rows.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row
