"""An admin page about one station: chosen first where there is a choice, and nobody else's is there."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from stations.register.models import Station


class AtStation:
    """For a ModelAdmin whose form class has a `station`; the page of a new record carries `?station=<pk>`."""

    def stations_to_enter_for(self, request):
        opts = self.opts
        return Station.objects.visible_to(request.user, f"{opts.app_label}.add_{opts.model_name}")

    def add_view(self, request, form_url="", extra_context=None):
        stations = self.stations_to_enter_for(request)
        if "station" not in request.GET and self.has_add_permission(request):
            only = list(stations[:2])
            if len(only) != 1:
                return self._choose_station(request, stations)
        extra_context = {"station": self.station_of(request, None)} | (extra_context or {})
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        extra_context = {"station": record.station if record else None} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra_context)

    def station_of(self, request, record):
        """The station a page is about; somebody else's is not there."""
        if record is not None:
            return record.station
        stations = self.stations_to_enter_for(request)
        chosen = request.GET.get("station")
        if chosen is None:
            return stations.first()
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 18):
            raise Http404
        return get_object_or_404(stations, pk=chosen)

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = type(self.form.__name__, (self.form,), {"station": self.station_of(request, obj)})
        return super().get_form(request, obj, change, **kwargs)

    def _choose_station(self, request, stations):
        context = self.admin_site.each_context(request) | {
            "title": _("At which station?"),
            "opts": self.opts,
            "stations": stations,
            "add_url": request.path,
        }
        return TemplateResponse(request, "admin/choose_station.html", context)
