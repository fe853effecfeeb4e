"""What no view should ever see: unused methods, NUL in an address, bytes that are no UTF-8, bodies too big to read."""

import codecs
from urllib.parse import quote_plus, unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")  # the admin would take any other word for GET
LARGEST_BODY = 60_000_000  # three photographs as phones make them, with room to spare
# The charsets people write in. Python knows more: `hex` is no text, and `utf-7` lets half characters in.
CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}


class Guard:
    """Middleware. Refuses unreadable or oversized requests before any view or database is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        settle_charset(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        if _length(request) > LARGEST_BODY:
            raise RequestDataTooBig("body too big")
        mend_encoding(request)
        return None


def _length(request) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def settle_charset(request) -> None:
    """Believe a declared charset only where it is one people write in; everything else is read as UTF-8."""
    if request.encoding:
        request._encoding = CHARSETS.get(codecs.lookup(request.encoding).name)


def mend_encoding(request) -> None:
    """Read a form sent in GBK as what it says, instead of refusing it or keeping rubbish (reliability.md B5).

    Browsers send a page's form in the page's own UTF-8; some old phones and proxies do not. Only
    url-encoded bodies can be read again; `request.was_misread` tells the view to ask for a second look.
    """
    request.was_misread = False
    if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
        request.encoding = "utf-8"
        text = _as_utf8(request.body)
        request.was_misread = text != request.body
        request._body = text


def _as_utf8(body: bytes) -> bytes:
    try:
        _plain(body).decode("utf-8")
    except UnicodeDecodeError:
        return b"&".join(_mended(pair) for pair in body.split(b"&"))
    return body


def _mended(pair: bytes) -> bytes:
    return b"=".join(quote_plus(_read(_plain(part))).encode() for part in pair.split(b"=", 1))


def _plain(text: bytes) -> bytes:
    return unquote_to_bytes(text.replace(b"+", b" "))


def _read(text: bytes) -> str:
    """UTF-8, also with a few broken characters; else GB18030 where that fits."""
    as_utf8 = text.decode("utf-8", errors="replace")
    foreign = sum(byte > 127 for byte in text)
    if 4 * as_utf8.count("\N{REPLACEMENT CHARACTER}") < max(foreign, 1):
        return as_utf8
    try:
        return text.decode("gb18030")
    except UnicodeDecodeError:
        return as_utf8
