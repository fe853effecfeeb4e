"""The year's roster of receptions (年度接待（轮值）安排表), printed or as Excel, and the way to a month's notice."""

from functools import partial
from itertools import count, islice
from urllib.parse import urlencode

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools import downloads
from liaison.tools.admin import Choice, record
from liaison.tools.papers import paper
from liaison.tools.periods import Period, year_of
from liaison.tools.sheets import Column, page_rows, write_xlsx
from stations.receptions import words
from stations.receptions.models import Reception
from stations.register.books import the_only
from stations.register.models import Station

PERMISSION = "receptions.view_reception"
MOST = 1_500  # rows on paper; the sheet holds all
YEARS = (2000, 2100)


class RosterForm(forms.Form):
    """Which station, which year. Without a station: all in reach."""

    station = Choice(queryset=Station.objects.none(), label=_("station"), required=False)
    year = forms.IntegerField(label=_("year"), min_value=YEARS[0], max_value=YEARS[1])

    def __init__(self, asked, *, stations, today):
        super().__init__({"year": str(today.year)} | {name: value for name, value in asked.items() if value.strip()})
        self.only = the_only(stations)
        self.fields["station"].queryset = stations
        self.fields["station"].empty_label = None if self.only else _("all stations in my reach")
        self.fields["station"].error_messages["invalid_choice"] = _("This station was not found, please choose again")

    @property
    def station_meant(self) -> Station | None:
        """Whoever works at one station need not choose it."""
        return self.cleaned_data["station"] or self.only

    @property
    def period(self) -> Period:
        return year_of(self.cleaned_data["year"])

    @property
    def title(self) -> str:
        return gettext("Reception roster of %(year)s") % {"year": self.cleaned_data["year"]}


def columns(station) -> list[Column]:
    """A running number first; the station where the roster is of several."""
    numbers = count(1)
    place = [] if station else [Column("station", _("station"), "station.name")]
    return [
        Column("row", _("No."), lambda _row: next(numbers)),
        *place,
        Column("on", _("date"), "date"),
        Column("weekday", _("weekday"), lambda row: words.WEEKDAYS[row.date.weekday()]),
        Column("at", _("time"), "hours"),
        Column("venue", _("place"), "place"),
        Column("names", _("representatives receiving")),
        Column("remark", _("remarks"), remark),
    ]


def remark(reception) -> str:
    """Cancelled and why, or moved from where."""
    if reception.is_cancelled:
        return " ".join(filter(None, (pgettext("reception", "cancelled"), reception.reason)))
    return reception.shifted


def urls(model_admin) -> list:
    view = model_admin.admin_site.admin_view
    return [
        path("roster/", view(require_safe(_page)), name="receptions_roster"),
        path("roster.xlsx", view(require_safe(_download)), name="receptions_roster_sheet"),
        path("notice/", view(require_safe(partial(_notice, model_admin=model_admin))), name="receptions_notice"),
    ]


def _form(request) -> RosterForm:
    if not request.user.has_perm(PERMISSION):
        raise Http404
    stations = Station.objects.visible_to(request.user, PERMISSION)
    return RosterForm(request.GET, stations=stations, today=timezone.localdate())


def _rows(request, form):
    """In the order of the stations, and of the days at each."""
    rows = Reception.objects.visible_to(request.user, PERMISSION).during(form.period).with_names()
    rows = rows.filter(station=form.station_meant) if form.station_meant else rows
    return rows.order_by("station__code", "date", "starts_at", "id")


def _page(request):
    form = _form(request)
    context = {"form": form, "back": reverse("admin:receptions_reception_changelist"), "is_wide": True}
    context["title"] = form.title if form.is_valid() else _("Reception roster of the year")
    return paper(
        request, "papers/receptions/roster.html", context | (_sheet(request, form) if form.is_valid() else {}), ("a4",)
    )


def _sheet(request, form) -> dict:
    station, sheet = form.station_meant, columns(form.station_meant)
    shown = list(islice(_rows(request, form)[: MOST + 1], MOST + 1))
    asked = {"year": form.cleaned_data["year"]} | ({"station": station.pk} if station else {})
    return {
        "station": station,
        "period": form.period,
        "columns": [{"key": column.key, "heading": column.heading} for column in sheet],
        "rows": list(page_rows(sheet, shown[:MOST])),
        "count": min(len(shown), MOST),
        "is_cut": len(shown) > MOST,
        "today": timezone.localdate(),
        "downloads": [{"label": "Excel", "url": f"{reverse('admin:receptions_roster_sheet')}?{urlencode(asked)}"}],
    }


def _download(request):
    form = _form(request)
    if not form.is_valid():
        raise Http404
    rows = _rows(request, form)
    detail = {"sheet": "receptions_roster", "kind": "xlsx", "year": form.cleaned_data["year"], "rows": rows.count()}
    record("export", form.station_meant, actor=request.user, detail=detail)
    made = write_xlsx(columns(form.station_meant), rows, form.title)
    return downloads.workbook(made, form.title)


def _notice(request, model_admin):
    """The month's notice of one's own station; of several the one that is chosen."""
    if not model_admin.has_add_permission(request):
        raise Http404
    stations = model_admin.stations_to_enter_for(request).exclude(status="closed")
    if "station" not in request.GET and len(stations[:2]) != 1:
        return model_admin._choose_station(request, stations)
    station = model_admin.station_of(request, None)
    return redirect("public:month_notice", code=station.code)
