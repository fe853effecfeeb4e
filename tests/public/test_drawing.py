"""What is written on a plate fits, whatever it is, and loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from liaison.public.drawing import LEADING, Box, Drawing, broken, fitted, units

ROOM = Box(10, 20, 100, 30)


@given(
    text=st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=200), rows=st.integers(1, 3)
)
def test_a_text_fits_and_loses_nothing(text, rows):
    size, lines = fitted(text, ROOM, 12, rows)
    assert "".join(lines) == text
    assert len(lines) <= rows
    assert max(units(line) for line in lines) * size <= ROOM.width + 0.001
    assert ((len(lines) - 1) * LEADING + 1) * size <= ROOM.height


def test_letters_are_as_large_as_asked_where_there_is_room():
    assert fitted("松涛站", ROOM, 12, 2) == (12, ["松涛站"])


def test_one_line_is_made_smaller_before_a_second_is_begun():
    size, lines = fitted("松" * 10, ROOM, 12, 2)
    assert (len(lines), 8 < size < 12) == (1, True)
    assert fitted("松" * 16, ROOM, 12, 2) == (12, ["松" * 8, "松" * 8])


def test_no_line_begins_with_a_mark_that_ends_one():
    assert broken("松涛路一号，江畔", 5, 2) == ["松涛路一号，", "江畔"]


def test_nothing_is_written_where_there_is_nothing_to_say():
    drawing = Drawing(100, 100, ROOM)
    drawing.write("", ROOM, 12)
    assert drawing.lines == []


def test_words_stand_in_the_middle_of_their_room():
    drawing = Drawing(100, 100, ROOM)
    drawing.write("松涛", ROOM, 10)
    drawing.write("松涛", ROOM, 10, anchor="start")
    assert [(line.x, line.y) for line in drawing.lines] == [(60, 38.6), (10, 38.6)]
