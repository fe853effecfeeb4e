"""What a page says: its visible words, those read aloud instead of pictures, and the Latin among them."""

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "svg", "template"}
READ_ALOUD = {"alt", "title", "aria-label", "placeholder"}
BUTTONS = {"submit", "button", "reset"}
# Names of formats, rules and keys, the other language's own name, the numbers on receipts, codes of stations and
# categories, and the two fixed examples of the admin.
KNOWN = re.compile(
    r"\b(?:English|WCAG|AA|QR|Excel|Word|CSV|XLSX|UTF-8|Ctrl|Alt|YJ(?:-\d+)*|Z\d+|[A-Z]{3}(?:-[A-Z]+)?)\b"
)
LATIN = re.compile(r"[A-Za-z]{2,}")


class Words(HTMLParser):
    """`said` holds each piece of text of the page in its order."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.said, self.silent, self.elements = [], 0, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.elements.append((tag, values))
        self.silent += tag in SILENT
        self.said += [values[name] for name in READ_ALOUD if values.get(name)]
        if tag == "input" and values.get("type") in BUTTONS:
            self.said.append(values.get("value", ""))
        if tag == "meta" and values.get("name") == "description":
            self.said.append(values["content"])

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def plain(text: str) -> str:
    """Chinese has no spaces between words; how a page is indented says nothing."""
    return re.sub(r"\s", "", text)


def said(html: str) -> str:
    """All a page says in one line."""
    return plain("".join(Words(html).said))


def latin(html: str) -> list[str]:
    """The pieces of text with Latin words in them that no Chinese reader is expected to know."""
    return [piece.strip() for piece in Words(html).said if LATIN.search(KNOWN.sub("", piece))]


def elements(html: str) -> list[tuple[str, dict]]:
    return Words(html).elements
