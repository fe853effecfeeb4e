"""The plate of a station: its QR code with all that somebody without a telephone to scan it needs to read.

It hangs on a wall for everybody, so it speaks the installation's language, whatever the reader of the page chose.
"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.submissions import qr
from liaison.public.drawing import GOLD, INK, RED, SOFT, WHITE, Box, Drawing
from liaison.rulebook.office import served_office
from liaison.tools import documents
from liaison.tools.held import held_answer
from liaison.tools.papers import paper
from stations.register.models import Station

MILLIMETRES = {"a4": (210, 297), "a5": (148, 210), "card": (90, 54)}
SIZES = tuple(MILLIMETRES)
A_SHEET = {"a4": 1, "a5": 1, "card": 10}
STYLES = "css/plate.css"
A_DAY = "public, max-age=86400"
ASKED_EACH_TIME = "no-cache"  # a new telephone number is on the next plate that is printed
KEPT = 32  # documents


@dataclass(frozen=True)
class Plate:
    """The words of a station's plate; `phone` is the office's where the station has none."""

    organisation: str
    name: str
    address: str
    phone: str
    hours: str
    short: str
    is_demo: bool

    @classmethod
    def of(cls, station) -> "Plate":
        office = served_office()
        return cls(
            organisation=office.full_name if office else "",
            name=station.name,
            address=station.address,
            phone=station.phone or (office.phone if office else ""),
            hours=station.hours,
            short=short_address(station),
            is_demo=bool(office and office.is_demo),
        )

    @property
    def telephone(self) -> str:
        return _said(_("Telephone"), self.phone)

    @property
    def facts(self) -> list[str]:
        return list(filter(None, (_said(_("Opening hours"), self.hours), _said(_("Address"), self.address))))

    @property
    def without_smartphone(self) -> str:
        return _("No smartphone? Come to the station or telephone") if self.phone else _("No smartphone? Just come in")


def _said(name, value) -> str:
    return _("%(name)s: %(value)s") % {"name": name, "value": value} if value else ""


def short_address(station) -> str:
    return settings.SITE_URL + reverse("opinions:short", args=(station.code,))


def on_a_page(plate: Plate) -> Drawing:
    """For A4; A5 is the same, smaller."""
    drawing = Drawing(210, 297, qr=Box(48, 95, 114, 114))
    drawing.boxes += [Box(8, 8, 194, 281, stroke=RED, thick=1.2), Box(8, 8, 194, 27, fill=RED)]
    drawing.boxes += [Box(8, 35, 194, 1.6, fill=GOLD), Box(8, 266, 194, 23, fill=RED)]
    drawing.write(plate.organisation, Box(14, 10, 182, 23), 12, rows=2, fill=WHITE, weight=700)
    drawing.write(plate.name, Box(16, 40, 178, 38), 19, rows=3, weight=700)
    drawing.write(_("Something to tell your representatives?"), Box(16, 80, 178, 15), 12, fill=RED, weight=700)
    drawing.write(_("Scan with your telephone and say it"), Box(16, 208, 178, 12), 9, weight=700)
    drawing.write(plate.short, Box(16, 220, 178, 9), 6.5, fill=SOFT)
    drawing.write(plate.telephone, Box(16, 230, 178, 11), 8, weight=700)
    for number, fact in enumerate(plate.facts):
        drawing.write(fact, Box(16, 241.5 + number * 11.5, 178, 11), 5.2, rows=2)
    drawing.write(plate.without_smartphone, Box(14, 267, 182, 21), 8.6, rows=2, fill=WHITE, weight=700)
    _say_it_is_a_demo(drawing, plate, Box(14, 290, 182, 5), 3.4)
    return drawing


def on_a_card(plate: Plate) -> Drawing:
    """Of the size of a visiting card."""
    drawing = Drawing(90, 54, qr=Box(54, 11, 35, 35))
    drawing.boxes += [Box(0, 0, 90, 9, fill=RED), Box(0, 9, 90, 0.6, fill=GOLD)]
    drawing.write(plate.organisation, Box(4, 1, 82, 7), 4, fill=WHITE, weight=700)
    drawing.write(plate.name, Box(4, 11, 50, 12), 5, rows=3, weight=700, anchor="start")
    drawing.write(plate.telephone, Box(4, 24, 50, 5), 3.2, weight=700, anchor="start")
    for number, fact in enumerate(plate.facts):
        drawing.write(fact, Box(4, 29 + number * 6.4, 50, 6.2), 2.5, rows=2, anchor="start")
    drawing.write(plate.without_smartphone, Box(4, 42.4, 50, 4.2), 2.5, fill=RED, weight=700, anchor="start")
    drawing.write(plate.short, Box(4, 46.8, 82, 3.6), 2.5, fill=SOFT, anchor="start")
    _say_it_is_a_demo(drawing, plate, Box(4, 50.8, 82, 2.4), 1.7)
    return drawing


def _say_it_is_a_demo(drawing, plate, room, size):
    words = _("Demonstration data: bodies, people and matters are invented and have nothing to do with real ones.")
    drawing.write(words if plate.is_demo else "", room, size, fill=INK)


def picture(plate: Plate, size: str, *, alone: bool = False) -> str:
    """The plate as SVG; `alone`, a file of its own that knows how large it is."""
    with translation.override(settings.LANGUAGE_CODE):
        drawing = on_a_card(plate) if size == "card" else on_a_page(plate)
        code = qr.on_a_plate(plate.short)
        scale = round(drawing.qr.width / code.side, 4)
        context = {"drawing": drawing, "qr": code, "scale": scale, "plate": plate, "family": documents.FAMILY}
        return render_to_string("public/plates/plate.svg", context | {"alone": MILLIMETRES[size] if alone else None})


@lru_cache(KEPT)
def document(plate: Plate, size: str) -> bytes:
    """The plate as PDF; of cards, a sheet full."""
    with open(finders.find(STYLES), encoding="utf-8") as file:
        styles = file.read()
    context = {"pictures": [picture(plate, size)] * A_SHEET[size], "size": size, "plate": plate}
    return documents.pdf(render_to_string("public/plates/document.html", context), styles)


@login_not_required
@require_safe
def station_qr(request, code):
    """The short address of an open station's form, to be printed."""
    station = station_to_print(request, code)
    drawn = qr.svg(short_address(station))
    keeping = A_DAY if station.status == "operating" else "no-store"
    return held_answer(request, drawn, lambda: drawn, "image/svg+xml", keeping)


@login_not_required
@require_safe
def page(request, code):
    """The plate to look at and to print, in the size chosen, with the ways to take it along."""
    station = station_to_print(request, code)
    size = _size_of(request)
    context = {
        "title": _("QR plate of %(station)s") % {"station": station.name},
        "back": way_back(station),
        "pictures": [picture(Plate.of(station), size)] * A_SHEET[size],
        "station": station,
        "has_pdf": documents.can_make_pdf(),
    }
    return paper(request, "public/plates/page.html", context, SIZES)


def way_back(station) -> str:
    """Its public page; one that has not opened has none yet."""
    if station.status == "planned":
        return reverse("admin:stations_station_change", args=(station.pk,))
    return reverse("public:station", args=(station.code,))


@login_not_required
@require_safe
def as_svg(request, code):
    drawn = picture(Plate.of(station_to_print(request, code)), _size_of(request), alone=True)
    return held_answer(request, drawn, lambda: drawn, "image/svg+xml", ASKED_EACH_TIME)


@login_not_required
@require_safe
def as_pdf(request, code):
    """A file to keep or to send to a printer's; where none can be made, the page that a browser can print."""
    station, size = station_to_print(request, code), _size_of(request)
    if not documents.can_make_pdf():
        return redirect(f"{reverse('public:plate', args=(station.code,))}?{urlencode({'size': size})}")
    plate = Plate.of(station)
    response = held_answer(
        request, picture(plate, size), lambda: document(plate, size), "application/pdf", ASKED_EACH_TIME
    )
    response["Content-Disposition"] = f'attachment; filename="{station.code}-{size}.pdf"'
    return response


def station_to_print(request, code):
    """An open one; one that is yet to open, or shut for a while, for those who may see it at work."""
    found = get_object_or_404(Station.objects.exclude(status="closed"), code=code)
    is_open = found.status == "operating"
    if (
        not is_open
        and not Station.objects.visible_to(request.user, "stations.view_station").filter(pk=found.pk).exists()
    ):
        raise Http404
    return found


def _size_of(request) -> str:
    asked = request.GET.get("size", "")
    return asked if asked in SIZES else SIZES[0]
