"""PDF from HTML, by WeasyPrint, which comes with the extra `pdf`; where it is absent, pages are printed instead.

Nothing is fetched: fonts and styles come from our own files. No date stands in a document, so that the same facts
give the same bytes. Characters that our font lacks are drawn with the system's.
"""

import io
from functools import cache
from pathlib import Path
from threading import Lock

from PIL import ImageFile

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Liaison Sans"
WEIGHTS = (400, 700)
FACES = "".join(
    f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url("font:{weight}") format("truetype"); }}'
    for weight in WEIGHTS
)
one_at_a_time = Lock()  # Pango's fonts are not for two threads, and many documents at once would slow every page


@cache
def can_make_pdf() -> bool:
    """Whether the extra is installed, and Pango with it."""
    try:
        _weasyprint()
    except (ImportError, OSError):
        return False
    return True


def _weasyprint():
    """Its import lets Pillow take pictures that break off, for the whole process: photographs would pass damaged."""
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = strict
    return weasyprint


def pdf(html: str, styles: str) -> bytes:
    """The page as a document. Raises ImportError or OSError without the extra: ask `can_make_pdf` first."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher()
    with one_at_a_time:
        fonts = FontConfiguration()
        sheets = [weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in (FACES, styles)]
        return weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=sheets, font_config=fonts)


def _fetcher():
    _weasyprint()
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyFonts(URLFetcher):
        """Whatever else a document names is refused."""

        def fetch(self, url, headers=None):
            scheme, _colon, weight = url.partition(":")
            if scheme != "font" or not weight.isdecimal() or int(weight) not in WEIGHTS:
                raise ValueError(url)
            return URLFetcherResponse(url, _unpacked(int(weight)), {"Content-Type": "font/ttf"})

    return OnlyFonts()


@cache
def _unpacked(weight: int) -> bytes:
    """The font as TrueType, with its own date: WeasyPrint would put the present one in."""
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    font = TTFont(FONTS / f"noto-sans-sc-{weight}.woff", recalcTimestamp=False)
    font.flavor = None
    font.save(out)
    return out.getvalue()
