"""Printing pages to PDF in a real Chromium, and reading the PDF back.

The browser lives in a thread of its own: its event loop runs until it is stopped, and Django refuses to work beside
one. Pages come from the test client, with their own headers (the policy among them); static files from the source.
"""

import io
import mimetypes
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import urlsplit

import pypdf
from django.contrib.staticfiles import finders
from playwright.sync_api import sync_playwright

from tests.support import chromium

ADDRESS = "http://localhost/page"
RADICALS = dict(
    zip(
        "⺀⺁⺌⺟⺠⺩⺫⺮⺶⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "冫厂小母民王目竹羊虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
POINT = 72 / 25.4  # a millimetre
SIZES = {"a4": (210, 297), "a5": (148, 210)}


@dataclass
class Printed:
    pages: list[str]
    sizes: list[tuple[int, int]]

    @property
    def text(self) -> str:
        """All of it without blanks: how lines were broken says nothing."""
        return "".join("".join(page.split()) for page in self.pages)


@dataclass
class Printer:
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def start(self):
        self.thread.submit(self._start).result()
        return self

    def stop(self):
        self.thread.submit(self._stop).result()
        self.thread.shutdown()

    def printed(self, response) -> Printed:
        """The page of a test client's answer as paper; what the browser refuses or misses is an error."""
        assert response.status_code == 200
        return read(self.thread.submit(self._print, response).result())

    def _start(self):
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)

    def _stop(self):
        self.browser.close()
        self.playwright.stop()

    def _print(self, response):
        page, complaints = self.browser.new_page(), []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.route("**/*", lambda route: answer(route, response))
        page.goto(ADDRESS)
        body = page.pdf(prefer_css_page_size=True)
        page.close()
        if complaints:
            raise AssertionError(complaints)
        return body


def answer(route, response):
    path = urlsplit(route.request.url).path
    if path == urlsplit(ADDRESS).path:
        route.fulfill(status=200, headers=dict(response.headers), body=response.content)
        return
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    with open(found, "rb") as file:
        route.fulfill(status=200, content_type=mimetypes.guess_type(found)[0], body=file.read())


def read(body: bytes) -> Printed:
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    boxes = [(round(page.mediabox.width / POINT), round(page.mediabox.height / POINT)) for page in pages]
    return Printed([plain(page.extract_text()) for page in pages], boxes)


def plain(text: str) -> str:
    """A font's glyphs are shared between characters and radicals; a reader sees the character."""
    text = text.replace("\N{HORIZONTAL BAR}", "\N{EM DASH}")
    return "".join(RADICALS.get(mark) or (normalize("NFKC", mark) if "⼀" <= mark <= "⿕" else mark) for mark in text)
