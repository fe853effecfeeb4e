"""The notice of reception days (代表接待选民（群众）日公告) for the wall: of one day, or of a station's month.

Like the plate it hangs there for everybody: it says what the public pages say, in the language of the place.
"""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.submissions import qr
from liaison.public.plates import short_address, station_to_print, way_back
from liaison.rulebook.office import served_office
from liaison.tools.admin import is_key
from liaison.tools.papers import paper
from liaison.tools.periods import Period, this_month
from stations.receptions.announced import public
from stations.receptions.models import Reception

TITLE = _("Notice of the day on which representatives receive voters (residents)")
SIZES = ("a4", "a3")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@login_not_required
@require_safe
def of_a_day(request, pk):
    """One reception; what is not announced is there only for those who may see it at work."""
    found = _readable(request).filter(pk=pk).first() if is_key(Reception, pk) else None
    if found is None:
        raise Http404
    context = {"receptions": [found], "day": found, "back": _to_its_page(request, found)}
    return _notice(request, found.station, context)


@login_not_required
@require_safe
def of_a_month(request, code):
    """All of a station in a month (`?month=2026-05`, else this one)."""
    station = station_to_print(request, code)
    period = _month_of(request.GET.get("month", ""))
    shown = _readable(request).filter(station=station).during(period).order_by("date", "starts_at", "id")
    months = [f"?{_query(request, day)}" for day in (period.previous().starts_on, _after(period))]
    context = {"receptions": list(shown), "period": period, "months": months, "back": way_back(station)}
    return _notice(request, station, context)


def _readable(request):
    today = timezone.localdate()
    at_work = Reception.objects.visible_to(request.user, "receptions.view_reception")
    told = public(Reception.objects.all(), today)
    return Reception.objects.filter(Q(pk__in=told.values("pk")) | Q(pk__in=at_work.values("pk"))).with_names()


def _to_its_page(request, reception) -> str:
    if Reception.objects.visible_to(request.user, "receptions.view_reception").filter(pk=reception.pk).exists():
        return reverse("admin:receptions_reception_change", args=(reception.pk,))
    return way_back(reception.station)


def _month_of(text: str) -> Period:
    try:
        day = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return this_month(timezone.localdate())
    return this_month(min(max(day, EARLIEST), LATEST))


def _after(period) -> date:
    return date(period.ends_on.year + period.ends_on.month // 12, period.ends_on.month % 12 + 1, 1)


def _query(request, day) -> str:
    asked = request.GET.copy()
    asked["month"] = f"{day:%Y-%m}"
    return asked.urlencode()


def _notice(request, station, context):
    address, office = short_address(station), served_office()
    facts = {
        "title": TITLE,
        "station": station,
        "phone": station.phone or (office.phone if office else ""),
        "short": address,
        "code": qr.svg(address),
        "today": timezone.localdate(),
    }
    with translation.override(settings.LANGUAGE_CODE):
        return paper(request, "papers/receptions/notice.html", context | facts, SIZES).render()
