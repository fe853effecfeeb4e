"""Following every link somebody is shown, and looking for marks in all that comes back."""

import io
import re
from collections import Counter
from urllib.parse import parse_qsl, urljoin, urlsplit

import openpyxl
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from lxml.html import document_fromstring

from tests.access import world

INSIDE = ("/admin/", "/dashboard/")
MARKED = re.compile(f"{world.MARK}-([A-Z])-")
XLSX = "spreadsheetml"
OF_A_KIND = 2  # pages of one kind that a crawl reads: one's own, and others if they could be reached at all
WITHOUT_STATIONS = re.compile(r"/admin/(divisions|organisations|rulebook)/\w+/.")


def signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def undrawn(user, address, **query):
    """What the view gives somebody before it is drawn as a page, which takes most of the time; None if it refuses."""
    request = RequestFactory().get(address, query)
    request.user, request.session, request.resolver_match = user, SessionStore(), resolve(request.path_info)
    view = request.resolver_match
    try:
        return view.func(request, *view.args, **view.kwargs)
    except (Http404, PermissionDenied):
        return None


def text_of(response) -> str:
    """What a person would read in the answer; sheets are opened."""
    body = response.getvalue()
    if XLSX in response.get("Content-Type", ""):
        return "\n".join(map(str, cells_of(body)))
    return body.decode("utf-8", errors="replace")


def cells_of(body: bytes) -> list:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def owners(text: str) -> set[str]:
    """Whose marks stand in the text."""
    return set(MARKED.findall(text))


def crawl(client, *starts, of_a_kind=OF_A_KIND) -> dict[str, tuple[int, str]]:
    """Address -> (status, text) of every page that links lead to; of rules and bodies only the lists.

    Links with a query (filters, other pages, but no other orders) are followed from plain addresses only: their
    combinations never end. Of pages of one kind the first few are read.
    """
    found, waiting, kinds = {}, list(starts), Counter()
    while waiting:
        address = waiting.pop()
        if address not in found and kinds[kind_of(address)] < of_a_kind:
            kinds[kind_of(address)] += 1
            response = client.get(address)
            found[address] = response.status_code, text_of(response)
            waiting += [link for link in links_of(response, address, found[address][1]) if follows(address, link)]
    return found


def kind_of(address) -> tuple:
    """The pattern that answers, and what is asked of it. A figure's files hold the rows of its page."""
    parts = urlsplit(address)
    try:
        found = resolve(parts.path)
        route, key = found.route, None if "kind" in found.kwargs else found.kwargs.get("key")
    except Resolver404:
        route, key = parts.path, None
    return route, key, tuple(sorted(name for name, _value in parse_qsl(parts.query)))


def links_of(response, address, text):
    hrefs = [response.url] if response.status_code in (301, 302) else hrefs_in(text)
    return [urljoin(address, href).partition("#")[0] for href in hrefs]


def hrefs_in(text):
    if "<html" not in text:
        return []
    return document_fromstring(text).xpath("//a/@href")


def follows(address, link):
    parts = urlsplit(link)
    is_inside = not parts.netloc and parts.path.startswith(INSIDE)
    is_the_same = parts.query.startswith("o=") or WITHOUT_STATIONS.match(parts.path)
    return is_inside and not is_the_same and not (parts.query and urlsplit(address).query)
