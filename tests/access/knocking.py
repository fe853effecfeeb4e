"""Asking for pages without the test client's bookkeeping: thousands of doors are knocked at."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLResolver, get_resolver, reverse

from tests.access import matrix


def routes(resolver=None, prefix="") -> Iterator[str]:
    """Every pattern of the URLconf, as it is written there."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        yield from routes(pattern, route) if isinstance(pattern, URLResolver) else [route]


class Question(RequestFactory):
    """What the server would be told, as it stands on the wire: a request read once already would be read twice."""

    def request(self, **said):
        return self._base_environ(**said)


class Door:
    """Sends requests as somebody; csrf is checked only where asked for."""

    def __init__(self, user=None, checks_csrf=False):
        self.handler = ClientHandler(enforce_csrf_checks=checks_csrf)
        self.handler.load_middleware()
        client = Client()
        if user:
            client.force_login(user)
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    def ask(self, method, path):
        response = self.handler(Question().generic(method, path, HTTP_COOKIE=self.cookies))
        response.getvalue()  # a file is closed when it has been read
        return response

    def knock(self, method, path):
        return answer_of(self.ask(method, path))


def answer_of(response) -> str:
    if response.status_code == 302:
        return matrix.SIGN_IN if is_sign_in(response.url) else matrix.IN
    known = {200: matrix.IN, 422: matrix.IN, 403: matrix.FORBIDDEN, 404: matrix.ABSENT, 405: matrix.METHOD}
    return known.get(response.status_code, str(response.status_code))


def is_sign_in(address) -> bool:
    """To the sign-in page, to come back afterwards."""
    parts = urlsplit(address)
    return parts.path in (reverse("account_login"), reverse("admin:login")) and "next" in parse_qs(parts.query)
