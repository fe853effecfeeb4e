"""PDF out of our own HTML: nothing fetched, our font in it, no date."""

import io

import pypdf
import pytest
from PIL import ImageFile

from liaison.tools import documents
from tests.support.pdf import needs_pdf

pytestmark = needs_pdf
STYLES = f'body {{ font-family: "{documents.FAMILY}"; background: url("http://127.0.0.1:9/x.png") }}'


def made(words="松涛路", styles=STYLES):
    return pypdf.PdfReader(io.BytesIO(documents.pdf(f"<title>T</title><p>{words}</p>", styles)))


def test_our_own_font_is_in_the_file():
    (font,) = made().pages[0]["/Resources"]["/Font"].values()
    assert font.get_object()["/BaseFont"].partition("+")[2].startswith("Liaison")


def test_a_character_that_our_font_lacks_is_still_there():
    assert "𠮷" in made("松𠮷").pages[0].extract_text()


def test_no_date_stands_in_it():
    assert set(made().metadata) == {"/Title", "/Producer"}


def test_photographs_that_break_off_stay_refused_by_who_has_made_a_document():
    made()
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/", "font:9", "font:", "data:text/plain,x"]
)
def test_nothing_but_fonts_is_fetched(address):
    with pytest.raises(ValueError, match=r"^" + address[:4]):
        documents._fetcher().fetch(address)


def test_without_the_extra_none_can_be_made(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    documents.can_make_pdf.cache_clear()
    assert not documents.can_make_pdf()
    documents.can_make_pdf.cache_clear()
