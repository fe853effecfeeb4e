"""The blank form of a visit, for notes on paper: in the order of the screen, with a code that opens that screen."""

from functools import partial

from django.conf import settings
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from feedback.submissions import qr
from liaison.tools.papers import paper
from stations.register.placements import assignments_on
from stations.visits.models import ENTRY_TYPES, FORM_CHOICES, Visit


def urls(model_admin) -> list:
    view = model_admin.admin_site.admin_view(require_safe(partial(_page, model_admin=model_admin)))
    return [path("blank/", view, name="visits_visit_blank")]


def _page(request, model_admin):
    if not model_admin.has_add_permission(request):
        raise Http404
    stations = model_admin.stations_to_enter_for(request)
    if "station" not in request.GET and len(stations[:2]) != 1:
        return model_admin._choose_station(request, stations)
    station = model_admin.station_of(request, None)
    entry = f"{reverse('admin:visits_visit_add')}?station={station.pk}"
    context = {
        "title": _("Registration form of a visit"),
        "station": station,
        "types": [Visit._meta.get_field(name).verbose_name for name in ENTRY_TYPES.values()],
        "forms": [label for _key, label in FORM_CHOICES],
        "names": [row.mandate.person.name for row in assignments_on(station, timezone.localdate())],
        "code": qr.svg(f"{settings.SITE_URL}{entry}"),
        "entry": f"{settings.SITE_URL}{entry}",
        "back": entry,
    }
    return paper(request, "papers/visits/blank.html", context)
