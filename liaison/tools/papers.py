"""Papers: pages made to be printed, black on white, on a size by choice (`?size=a5`)."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header

from liaison.tools import documents
from liaison.tools.word import UNREADABLE

PDF = "application/pdf"

SIZES = ("a4", "a5")
HIDDEN = "***"
PERSONAL_NUMBERS = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]"  # identity card
    r"|(?:\+?86[\s-]?)?1[3-9](?:[\s-]?\d){9}"  # mobile
    r"|0\d{2,3}[\s-]?\d{7,8}|\d{7,8})(?!\d)"  # fixed line
)


def without_numbers(text: str) -> str:
    """The text with telephone and identity numbers struck out: it leaves the station."""
    return PERSONAL_NUMBERS.sub(HIDDEN, text)


def paper(request, template: str, context: dict, offered: tuple[str, ...] = SIZES) -> TemplateResponse:
    """A page of sheets. `back` in the context is where the screen's link leads; nothing of it is kept by a proxy."""
    asked = request.GET.get("size", "")
    size = asked if asked in offered else offered[0]
    others = {name: value for name, value in request.GET.items() if name != "size"}
    addresses = [(name, f"?{urlencode(others | {'size': name})}", name == size) for name in offered]
    response = TemplateResponse(
        request, template, {"size": size, "sizes": addresses, "site_url": settings.SITE_URL} | context
    )
    response["Cache-Control"] = "no-store"
    return response


def pdf_paper(template: str, context: dict, styles: tuple[str, ...], name: str) -> HttpResponse:
    """The template as a document to take away; `styles` are our style sheets. Ask `documents.can_make_pdf` first."""
    html = UNREADABLE.sub("", render_to_string(template, context))
    return taken_away(documents.pdf(html, "\n".join(map(_style, styles))), PDF, f"{name}.pdf")


def _style(name) -> str:
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def taken_away(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that nobody keeps a copy of on the way."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response
