"""A small HTTP client with a cookie jar of its own, for journeys that need no browser. One per thread."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from urllib import request
from urllib.parse import urlencode, urljoin

from tests.support.pages import Page, fields

PATIENCE = 60  # seconds


@dataclass
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes
    url: str

    @cached_property
    def text(self):
        return self.body.decode(self.headers.get_content_charset("utf-8"))

    @cached_property
    def page(self):
        return Page(self.text)

    def text_of(self, identifier):
        """The text of the element with this id, spaces at the ends left out."""
        return self.page.texts[identifier].strip()

    def attributes(self, name):
        return [values[name] for _, values in self.page.elements if name in values]

    def attribute(self, name):
        return self.attributes(name)[0]

    def fields(self):
        """What the page's largest form would send as it stands: hidden tokens and preset values."""
        return fields(max(self.page.forms, key=len))


class AsItIs(request.HTTPErrorProcessor):
    """Refusals and errors are answers like others; only redirects are followed, and those only when asked."""

    def http_response(self, asked, answer):
        is_redirect = answer.status in (301, 302, 303, 307, 308)
        follows = is_redirect and getattr(asked, "follow", True)  # the second of two redirects has no wish of its own
        return super().http_response(asked, answer) if follows else answer


class Client:
    def __init__(self, url, password):
        self.url, self.password = url, password
        self.cookies = CookieJar()
        self.opener = request.build_opener(
            request.ProxyHandler({}), request.HTTPCookieProcessor(self.cookies), AsItIs()
        )

    def get(self, path, *, follow=True, headers=None, **query):
        return self.send(path + (f"?{urlencode(query, doseq=True)}" if query else ""), None, headers or {}, follow)

    def post(self, path, data=(), *, files=(), follow=True, headers=None):
        """Post fields (dictionary or pairs; a value may be a list) or bytes; `files` are (field, name, bytes, type)."""
        kind, body = encoded(data, files)
        return self.send(path, body, {"Content-Type": kind} | (headers or {}), follow)

    def send(self, path, body, headers, follow):
        asked = request.Request(urljoin(self.url, path), data=body, headers=headers)
        asked.follow = follow
        with self.opener.open(asked, timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.headers, answer.read(), answer.url)

    def sign_in(self, username):
        page = self.get("/accounts/login/")
        answer = self.post("/accounts/login/", page.fields() | {"username": username, "password": self.password})
        if "/accounts/login" in answer.url:
            raise AssertionError(f"{username} could not sign in")
        return answer


def encoded(data, files):
    """The content type and the bytes of a form."""
    if isinstance(data, bytes):
        return "application/x-www-form-urlencoded", data
    pairs = [(name, value) for name, values in pairs_of(data) for value in as_list(values)]
    if not files:
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    boundary = uuid.uuid4().hex
    parts = [part(boundary, f'name="{name}"', str(value).encode()) for name, value in pairs]
    parts += [part(boundary, f'name="{name}"; filename="{file}"', body, kind) for name, file, body, kind in files]
    return f"multipart/form-data; boundary={boundary}", b"".join(parts) + f"--{boundary}--\r\n".encode()


def part(boundary, disposition, body, kind=None):
    kind = f"\r\nContent-Type: {kind}" if kind else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}{kind}\r\n\r\n".encode() + body + b"\r\n"


def pairs_of(data):
    return data.items() if isinstance(data, dict) else data


def as_list(value):
    return value if isinstance(value, list | tuple) else [value]
