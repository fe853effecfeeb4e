"""Where what is lacking is mended: addresses of the work platform with the station, and more, filled in."""

from urllib.parse import urlencode

from django.urls import reverse, reverse_lazy
from django.utils.functional import lazy
from django.utils.translation import pgettext

from liaison.tools.figures import Mend


def _page(name, query):
    return f"{reverse(f'admin:{name}')}?{urlencode(query)}"


_page_lazy = lazy(_page, str)


def page(name: str, **query) -> str:
    """Written when it is read: thousands of stations are judged for every page that shows one address."""
    return _page_lazy(name, query)


def confirm(station: int, ticks) -> Mend:
    address = page("stations_yearlyconfirmation_add", station=station, **dict.fromkeys(ticks, "on"))
    return Mend(pgettext("to mend", "confirm"), address, "stations.add_yearlyconfirmation")


def appoint(station: int) -> Mend:
    address = page("stations_staffpost_add", station=station)
    return Mend(pgettext("to mend", "register"), address, "stations.add_staffpost")


def enter_visit(station: int, **query) -> Mend:
    address = page("visits_visit_add", station=station, **query)
    return Mend(pgettext("to mend", "enter what is missing"), address, "visits.add_visit")


def place(station: int) -> Mend:
    """A representative's place at the station."""
    address = page("stations_stationassignment_add", station=station)
    return Mend(pgettext("to mend", "register"), address, "stations.add_stationassignment")


def complete_visit(visit: int) -> Mend:
    address = reverse_lazy("admin:visits_visit_change", args=[visit])
    return Mend(pgettext("to mend", "enter what is missing"), address, "visits.change_visit")


def see(name: str, permission: str, **query) -> Mend:
    """A list whose rows are looked at; nothing there is entered anew."""
    return Mend(pgettext("to mend", "see"), page(name, **query), permission, is_form=False)
