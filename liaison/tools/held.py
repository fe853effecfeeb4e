"""Answers that a browser, a calendar or a proxy may hold: told by their mark, they are not sent twice."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response


def held_answer(request, seen: str, make: Callable, content_type: str, keeping: str) -> HttpResponse:
    """What `make` makes, unless the other side holds it already: the mark is that of what it shows.

    `keeping` is for strangers; nothing is kept of what somebody signed in was answered.
    """
    mark = f'"{sha256(seen.encode()).hexdigest()[:32]}"'
    held = get_conditional_response(request, etag=mark)
    response = held or HttpResponse(make(), content_type=content_type)
    response["ETag"] = mark
    response["Cache-Control"] = "no-store" if settings.SESSION_COOKIE_NAME in request.COOKIES else keeping
    return response
