"""What the journeys look through: a visitor notices what is wrong on a page, and says nothing where nothing is."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from tests.support.axe import violations
from tests.support.browsing import Visitor

PAGES = {
    "/good": "<p>Nothing here.</p>",
    "/inline": "<p style='color: red'>Red.</p>",
    "/broken-picture": "<img src='/nowhere.png' alt='A bridge'>",
    "/outside": "<img src='http://outside.invalid/a.png' alt='A bridge'>",
    "/no-words": "<img src='/good'>",
}
FRAME = "<!doctype html><html lang='en'><head><title>t</title></head><body><main><h1>Page</h1>{}</main></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = PAGES.get(self.path) or (self.path == "/cookie" and f"<p id='had'>{self.headers.get('Cookie')}</p>")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'none'; img-src * data:")
        self.send_header("Set-Cookie", "mark=1")
        self.end_headers()
        self.wfile.write(FRAME.format(found or "Not found.").encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def url():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visitor(url, playwright, browser, tmp_path):
    return Visitor(SimpleNamespace(url=url), playwright, browser, tmp_path / "profile")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/good", ""),
        ("/missing", ""),
        ("/inline", "console: "),
        ("/broken-picture", "404: "),
        ("/outside", "outside host: http://outside.invalid/a.png"),
    ],
)
def test_a_visitor_complains_about_what_is_wrong(visitor, path, complaint, javascript):
    visitor.page(360, javascript, cookies=True).goto(path)
    visitor.leave()
    assert {bool(complaint) and words.startswith(complaint) for words in visitor.complaints} == (
        {True} if complaint else set()
    )


def test_a_broken_policy_is_told_by_the_page_as_well(visitor):
    page = visitor.page(360, javascript=True, cookies=True)
    with page.expect_console_message(lambda message: message.text.startswith("policy: ")):  # told a moment later
        page.goto("/inline")
    visitor.leave()
    assert "console: policy: style-src-attr inline" in visitor.complaints


@pytest.mark.parametrize(("cookies", "had"), [(True, "mark=1"), (False, "None")])
def test_cookies_are_kept_or_blocked(visitor, cookies, had):
    page = visitor.page(360, javascript=False, cookies=cookies)
    for _ in range(2):
        page.goto("/cookie")
    assert (page.text_content("#had"), len(page.context.cookies())) == (had, int(cookies))
    visitor.leave()


def test_axe_finds_a_picture_without_words(visitor):
    page = visitor.page(360, javascript=True, cookies=True)
    page.goto("/good")
    assert violations(page) == []
    page.goto("/no-words")
    assert [words.partition(" ")[0] for words in violations(page)] == ["image-alt"]
    visitor.leave()
