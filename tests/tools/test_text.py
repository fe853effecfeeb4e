import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liaison.tools.text import clean_line, clean_text, looks_misread

ANYTHING = st.text(st.characters(exclude_categories=[]))
# One of each block that holds rare names: BMP, Extensions A to H, and a glyph picked by a variation selector.
RARE = ["㐂", "𠮷", "𪜀", "𫝀", "𫠠", "𬺰", "𰀀", "𱍐", "龦", "葛\U000e0100"]
EMOJI = ["😀", "👨‍👩‍👧‍👦", "👩🏽‍⚕️", "❤️‍🔥", "🏳️‍🌈", "1️⃣", "🇨🇳"]


@pytest.mark.parametrize("text", [*RARE, *EMOJI, "平房区友协街道", "e\u0301tude"[2:], "تجربة", "한국"])
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_what_people_write_stays(clean, text):
    assert clean(text) == text


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_letters_and_their_accents_are_joined(clean):
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize("code", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)])
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_controls_are_removed(clean, code):
    assert clean(f"水{chr(code)}管") == "水管"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_every_end_of_line_is_one_newline_in_text_and_a_space_in_a_line(end):
    assert (clean_text(f"a{end}b"), clean_line(f"a{end}b")) == ("a\nb", "a b")


def test_tabs_stay_in_text_and_empty_lines_too():
    assert clean_text("a\tb\r\n\r\nc ") == "a\tb\n\nc "


def test_a_line_has_no_blanks_at_its_ends():
    assert clean_line("\u3000 王 秀兰\t\n") == "王 秀兰"


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_reorders_is_removed_from_a_line_and_shown_in_text(mark):
    assert (clean_line(f"a{mark}b"), clean_text(f"a{mark}b")) == ("ab", f"a[U+{ord(mark):04X}]b")


def test_a_phone_number_copied_from_a_telephone_is_only_digits():
    assert clean_line("\u202a138\u00a00000\u00a00000\u202c") == "138\u00a00000\u00a00000"


@pytest.mark.parametrize(
    "mark", "\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2064\ufeff\ufff9\U000e0041\uffff"
)
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_what_cannot_be_seen_is_removed(clean, mark):
    assert clean(f"{mark}张{mark}三{mark}") == "张三"


@pytest.mark.parametrize(
    ("text", "cleaned"), [("张\u200d三", "张三"), ("👨\u200d", "👨"), ("\u200d👨", "👨"), ("👨\u200d\u200d👩", "👨👩")]
)
def test_a_joiner_stays_only_between_two_pictures(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_half_a_character_is_marked_as_misread(clean):
    assert (clean("a\ud83d"), looks_misread(clean("\udc00"))) == ("a\ufffd", True)


@pytest.mark.parametrize(("text", "misread"), [("水管坏了", False), ("", False), ("ˮ\ufffdܻ\ufffd\ufffd", True)])
def test_a_replacement_mark_tells_of_a_wrong_encoding(text, misread):
    assert looks_misread(text) is misread


WORST = ["a" + "\u0301\u0327" * 50_000, "👨\u200d" * 50_000, "\u202e" * 100_000, "\r\n" * 50_000, "[" * 100_000]


@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_no_text_takes_long(clean):
    """Before marks were counted, the first of these took fourteen seconds."""
    start = time.perf_counter()
    for text in WORST:
        clean(text)
    assert time.perf_counter() - start < 5


def test_a_letter_keeps_thirty_marks_and_the_next_letter_too():
    piled = "q" + "\u0302" * 40 + "w" + "\u0302" * 40 + "。" * 40
    assert clean_text(piled) == "q" + "\u0302" * 30 + "ŵ" + "\u0302" * 29 + "。" * 40


@given(ANYTHING)
@example("👨\u200d\u200d👩\u200d")
@example("e\u200b\u0301")
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_cleaning_twice_changes_nothing_more(clean, text):
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_what_is_cleaned_can_be_stored_and_put_into_excel(clean, text):
    cleaned = clean(text)
    cleaned.encode()
    kinds = {unicodedata.category(mark) for mark in cleaned if mark not in "\t\n"}
    assert (kinds & {"Cc", "Cs"}, cleaned == unicodedata.normalize("NFC", cleaned)) == (set(), True)


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_nothing_but_nfc_happens_to_letters_digits_and_signs(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)
