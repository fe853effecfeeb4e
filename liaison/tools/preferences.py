"""How somebody wants the pages shown: language and size of print, chosen, never guessed from the browser.

A choice is kept in the one cookie a visitor may get (contract.md, "Without cookies"), which holds nothing else. Where
cookies are blocked the address says it: `?lang=en&size=large`, on any page. Accept-Language is ignored.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

COOKIE = "preferences"
COOKIE_SECONDS = 365 * 24 * 60 * 60
LANG, SIZE = "lang", "size"
SIZES = ("normal", "large")
NOT_REPEATED = ("code",)  # whoever wrote a query code into an address does not find it in our links


def read(given: Mapping[str, str]) -> dict[str, str]:
    """What of it is a choice we offer."""
    offered = {LANG: dict(settings.LANGUAGES), SIZE: SIZES}
    return {name: given[name] for name, values in offered.items() if given.get(name) in values}


def kept_in(cookie: str) -> dict[str, str]:
    return read(dict(parse_qsl(cookie[:100])))


def named_in(address: str) -> dict[str, str]:
    """The choices an address of ours carries."""
    return read(dict(parse_qsl(urlsplit(address).query)))


def keep(response, chosen: dict[str, str]) -> None:
    response.set_cookie(
        COOKIE,
        urlencode(chosen),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def without_choices(address: str) -> str:
    """An address of ours without the choices it may carry."""
    return without(address, (LANG, SIZE))


def without(address: str, names: tuple[str, ...]) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in names]
    return parts._replace(query=urlencode(query)).geturl()


def with_choices(address: str, chosen: dict[str, str]) -> str:
    """The same, carrying them: for browsers that keep no cookie."""
    parts = urlsplit(without_choices(address))
    return parts._replace(query="&".join(filter(None, (parts.query, urlencode(chosen))))).geturl()


class Preferences:
    """Middleware. Turns the language on and tells templates `request.large_print`, `carried` and `way_back`.

    `carried` is what links add (`?size=large`) where the choice stands in the address and in no cookie; `way_back` the
    address to come back to.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        kept, asked = kept_in(request.COOKIES.get(COOKIE, "")), read(request.GET)
        chosen = kept | asked
        request.large_print = chosen.get(SIZE) == "large"
        request.carried = f"?{urlencode(asked)}" if asked and not kept else ""
        request.way_back = without(request.get_full_path(), NOT_REPEATED)
        before = translation.get_language()
        translation.activate(chosen.get(LANG, settings.LANGUAGE_CODE))
        response = self.get_response(request)
        if not response.streaming:  # else its rows are still to be written, in this language
            translation.activate(before or settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        return response
