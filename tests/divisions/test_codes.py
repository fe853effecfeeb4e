"""Official codes: the level, the parent and the range below follow from the digits that carry meaning."""

import pytest

from liaison.divisions.codes import code_range, kind_of, level_of, parent_of


@pytest.mark.parametrize(
    ("code", "level", "parent", "below"),
    [
        ("23", 1, "", ("23", "24")),
        ("230000", 1, "", ("23", "24")),
        ("230100", 2, "230000", ("2301", "2302")),
        ("231000", 2, "230000", ("2310", "2311")),
        ("230102", 3, "230100", ("230102", "230103")),
        ("230110", 3, "230100", ("230110", "230111")),
        ("230102010", 4, "230102", ("230102010", "230102011")),
        ("230102001200", 5, "230102001", ("230102001200", "230102001201")),
        ("659000", 2, "650000", ("6590", "6591")),
    ],
)
def test_a_code_tells_its_place(code, level, parent, below):
    assert (level_of(code), parent_of(code), code_range(code)) == (level, parent, below)


@pytest.mark.parametrize(
    "code", ["", "2", "2301", "23010", "2301021", "2301020010012", "23010a", "２３０１０２", "-30102"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match=code or "^$"):
        level_of(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("230102001", "street"),
        ("230102099", "street"),
        ("230102100", "town"),
        ("230102199", "town"),
        ("230102200", "township"),
        ("230102399", "township"),
        ("230102400", "quasi"),
        ("230102580", "quasi"),
        ("230102", ""),
        ("230000", ""),
    ],
)
def test_the_kind_follows_from_the_last_three_digits(code, kind):
    assert kind_of(code) == kind


def test_a_division_without_an_official_code_holds_only_itself():
    low, high = code_range("X230102001")
    assert low <= "X230102001" < high
    assert not low <= "X230102002" < high
    assert not low <= "X2301020010" < high
