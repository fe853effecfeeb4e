"""Word documents (.docx) of sections, by python-docx: headings, lines of facts, tables, paragraphs.

python-docx alone, without docxtpl: what we write is lists of unknown length, and a template in a binary file could be
neither read in a review nor merged. Set as official documents are (GB/T 9704): margins, sizes, page number; fonts are
named, none is shipped. No date stands in the file, so that the same facts give the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from liaison.tools.cells import width

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no XML holds them
TITLE, BODY, HEADING = "方正小标宋简体", "仿宋_GB2312", "黑体"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
ROOM = 28  # points of height of a line to write on
ACROSS = 156  # millimetres between the margins
NARROW, BROAD, EDGES = 6, 30, 4  # letters: what a column counts for when the width is shared out, and its two edges


@dataclass(frozen=True)
class Section:
    """`words` stand above the table, `facts` are a table of two columns."""

    title: str
    facts: Iterable[tuple[str, str]] = ()
    headings: Iterable[str] = ()
    rows: Iterable[Iterable[str]] = ()
    words: Iterable[str] = ()
    is_to_write_on: bool = False

    @property
    def has_table(self) -> bool:
        return bool(self.rows)

    @property
    def texts(self) -> list[str]:
        """What is read, in the order of the paper; empty cells left out."""
        facts = [text for fact in self.facts for text in fact]
        cells = [*self.headings, *(cell for row in self.rows for cell in row)] if self.has_table else []
        return [text for text in [self.title, *self.words, *facts, *cells] if text]


def word(title: str, lines: Iterable[str], sections: Iterable[Section]) -> bytes:
    """The document: the title, centred lines below it, the sections."""
    import docx

    document = docx.Document()
    _set_page(document.sections[0])
    _set_font(document.styles["Normal"], BODY, 12)
    _undated(document.core_properties, title)
    _written(document.add_paragraph(), title, TITLE, 22, is_centred=True)
    for line in lines:
        _written(document.add_paragraph(), line, BODY, 14, is_centred=True)
    for section in sections:
        _add(document, section)
    kept = io.BytesIO()
    document.save(kept)
    return _without_days(kept)


def _set_page(page) -> None:
    """A4; top 37, bottom 35, left 28, right 26 millimetres; the number below as — 1 —."""
    from docx.shared import Mm

    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    footer = page.footer.paragraphs[0]
    _written(footer, "— ", BODY, 14, is_centred=True)
    _number(footer)
    _written(footer, " —", BODY, 14, is_centred=True)


def _number(paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _set_font(owner, family, size, is_bold=False) -> None:
    """Word asks by script: the second name is the one for Chinese."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    owner.font.name, owner.font.size, owner.font.bold = family, Pt(size), is_bold
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)


def _written(paragraph, text, family, size, *, is_centred=False, is_bold=False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _set_font(paragraph.add_run(UNREADABLE.sub("", text)), family, size, is_bold)
    paragraph.paragraph_format.space_after = 0
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add(document, section) -> None:
    from docx.shared import Pt

    heading = document.add_paragraph()
    _written(heading, section.title, HEADING, 14)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    heading.paragraph_format.keep_with_next = True
    for words in section.words:
        _written(document.add_paragraph(), words, BODY, 12)
    if section.facts:
        _table(document, [], section.facts, widths=(40, ACROSS - 40))
    if section.has_table:
        _table(document, section.headings, section.rows, is_to_write_on=section.is_to_write_on)


def _table(document, headings, rows, widths=(), is_to_write_on=False) -> None:
    from docx.shared import Mm, Pt

    lines = [list(headings), *map(list, rows)] if headings else [list(row) for row in rows]
    table = document.add_table(rows=len(lines), cols=len(lines[0]))
    table.style, table.autofit = "Table Grid", False
    shares = [ACROSS / len(lines[0])] * len(lines[0]) if is_to_write_on else widths or _shares(lines)
    for column, across in zip(table.columns, shares, strict=True):
        column.width = Mm(across)
    for number, line in enumerate(lines):
        is_head = bool(headings) and number == 0
        row = table.rows[number]
        cells = row.cells
        _says(row, "w:cantSplit")
        if is_head:
            _says(row, "w:tblHeader")  # on every page that the table goes on to
        elif is_to_write_on:
            row.height = Pt(ROOM * 2)
        for place, text in enumerate(line):
            family = HEADING if is_head or (widths and place == 0) else BODY
            paragraph = cells[place].paragraphs[0]
            _written(paragraph, text, family, 10.5)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            cells[place].width = table.columns[place].width


def _shares(lines) -> list[float]:
    """Millimetres for each column, by its longest text."""
    longest = [max(width(line[place]) for line in lines) for place in range(len(lines[0]))]
    counted = [min(max(letters, NARROW), BROAD) + EDGES for letters in longest]
    return [ACROSS * letters / sum(counted) for letters in counted]


def _says(row, name) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _undated(properties, title) -> None:
    properties.author, properties.title, properties.comments = "", title, ""
    properties.created = properties.modified = datetime(1980, 1, 1)


def _without_days(kept) -> bytes:
    """The same parts in the same order, each with the same day."""
    out = io.BytesIO()
    with zipfile.ZipFile(kept) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            made.writestr(zipfile.ZipInfo(part.filename, LONG_AGO), given.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
