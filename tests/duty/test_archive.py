"""The duty archive: who reads whose, and that the page, Word and PDF say what the record says."""

import io
import re
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from liaison.audit.models import Entry
from liaison.duty import archive
from liaison.tools.periods import Period
from liaison.tools.word import Section, word
from tests.duty.conftest import signed_in
from tests.support import factories as make
from tests.support import printing
from tests.support.libreoffice import converted
from tests.support.pdf import needs_pdf

DAY = date(2026, 3, 10)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ODD = "<b>&\x0b 𠮷"  # a tag, an ampersand, a control, a rare character


@pytest.fixture
def full(station):
    """A representative with something of everything."""
    seat, other = make.placed(station, 2)
    type(seat.person).objects.filter(pk=seat.person_id).update(party="party line", gender="male")
    seat.person.refresh_from_db()
    make.visit(station, DAY, present=[seat])
    make.visit(station, DAY, present=[seat], form="training")
    make.visit(station, DAY, present=[seat], form="inspection")
    make.proposal(seat, on=DAY, title=f"more lamps {ODD}")
    make.proposal(other, on=DAY).co_signers.add(seat)
    make.duty_entry(seat, status="leave")
    make.duty_entry(seat, title="the second session")
    make.voter_report(seat, summary="mended\n\nmore next year")
    make.statement(seat, year=2026, by=make.granted("officer"))
    make.checklist_item()
    return seat


def paper_of(seat):
    return archive.of(seat.person, YEAR, is_own=True)


def plain(text) -> str:
    """Without breaks of lines, blanks and what no XML can hold; a radical is read as its character."""
    return re.sub(r"[\s\x00-\x1f—]+", "", printing.plain(text))


def text_of_word(content) -> list[str]:
    """Paragraphs and cells in the order of the document."""
    document = docx.Document(io.BytesIO(content))
    texts = []
    for block in document.iter_inner_content():
        cells = [cell.text for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block.text]
        texts += [text for text in cells if text]
    return texts


def test_word_says_what_the_record_says(full):
    made = paper_of(full)
    read = text_of_word(word(made.title, [made.name, made.days], made.sections))
    assert [plain(text) for text in read] == [plain(text) for text in made.texts]


def test_the_same_facts_make_the_same_file(full):
    made = paper_of(full)
    assert len({word(made.title, [made.name], made.sections) for _number in range(2)}) == 1


def test_word_opens_in_another_program(full, tmp_path):
    made = paper_of(full)
    path = tmp_path / "archive.docx"
    path.write_bytes(word(made.title, [made.name, made.days], made.sections))
    (out,) = converted([path], "txt:Text (encoded):UTF8", tmp_path)
    read = plain(out.read_text(encoding="utf-8"))
    assert [text for text in made.texts if plain(text) not in read] == []


@needs_pdf
def test_pdf_says_what_the_record_says(full):
    page = signed_in(make.granted("officer")).get(f"/archives/{full.person_id}/archive.pdf?year=2026")
    read = "".join(plain(page.extract_text()) for page in PdfReader(io.BytesIO(page.content)).pages)
    missing = [text for text in paper_of(full).texts if plain(text) not in read]
    assert missing == []


def test_the_page_to_print_says_what_the_record_says(full):
    page = signed_in(make.granted("officer")).get(f"/archives/{full.person_id}/paper/?year=2026").text
    for text in (
        "more lamps &lt;b&gt;&amp;",
        "the second session",
        "party line",
        "满意 30",
        "签字栏",
        "请假 1",
        "出席 1",
    ):
        assert text in page, text


def test_a_file_without_rows_is_still_a_file():
    content = word("title", [], [Section("empty", words=["none"]), Section("bare", headings=["a"], rows=[])])
    assert text_of_word(content) == ["title", "empty", "none", "bare"]


# Who reads whose


def answers(client, seat) -> set[int]:
    names = ("", "paper/", "archive.docx")
    return {client.get(f"/archives/{seat.person_id}/{name}").status_code for name in names}


def listed(client) -> set[str]:
    return {row["person"].name for row in client.get("/archives/").context["rows"]}


def test_the_congress_s_officer_and_the_station_read_it_and_nobody_else(station, full):
    far = make.mandate(make.NANGANG)
    for reader in (
        make.granted("officer"),
        make.staff(station),
        make.granted("township_officer", code=f"{make.DAOLI}001"),
    ):
        client = signed_in(reader)
        assert (answers(client, full), answers(client, far)) == ({200}, {404})
        assert full.person.name in listed(client)
        assert far.person.name not in listed(client)
    elsewhere = signed_in(make.staff(make.station()))
    assert (answers(elsewhere, full), listed(elsewhere)) == ({404}, set())
    assert answers(signed_in(make.granted("leader")), full) == {403}


def test_facts_that_are_not_public_are_for_who_keeps_the_register(station, full):
    pages = {
        role: signed_in(user).get(f"/archives/{full.person_id}/paper/?year=2026").text
        for role, user in (("officer", make.granted("officer")), ("staff", make.staff(station)))
    }
    assert ("party line" in pages["officer"], "party line" in pages["staff"]) == (True, False)


def test_what_is_taken_away_leaves_a_line_of_the_trail(full):
    client = signed_in(make.granted("officer"))
    client.get(f"/archives/{full.person_id}/archive.docx")
    client.get("/archives/archives.xlsx").getvalue()
    assert Entry.objects.filter(action="export").count() == 2


def test_the_list_takes_a_level_a_name_and_a_year_and_survives_nonsense(full):
    client = signed_in(make.granted("officer"))
    assert client.get("/archives/?level=4").context["count"] == 2
    assert client.get("/archives/?level=5").context["count"] == 0
    assert client.get(f"/archives/?name={full.person.name}").context["count"] == 1
    for query in ("year=0", "level=x", "page=x", "year=99999999999"):
        assert client.get(f"/archives/?{query}").status_code == 200, query


def test_a_term_is_a_span_of_days_too(full):
    client = signed_in(make.granted("officer"))
    page = client.get(f"/archives/{full.person_id}/?term={full.term_id}")
    assert page.context["span"].words == str(full.term)
    assert client.get(f"/archives/{full.person_id}/?term=x&year=x").status_code == 200


def test_a_representative_takes_their_own_along(station, mine):
    make.visit(station, DAY, present=[mine.mandate])
    page = mine.client.get("/mine/record/record.docx?year=2026")
    assert mine.mandate.person.name in text_of_word(page.content)
    assert mine.client.get("/mine/record/paper/").status_code == 200
    assert mine.client.get(f"/archives/{mine.mandate.person_id}/").status_code == 403
