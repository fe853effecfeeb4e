"""Papers: pages made to be printed, black on white, on a size by choice (`?size=a5`)."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.template.response import TemplateResponse

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
