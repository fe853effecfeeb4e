"""Query codes: what a person can copy, and nobody can guess or read from the database."""

from collections import Counter

from feedback.submissions import receipts

NONCES = [f"nonce {number}" for number in range(20_000)]
CODES = [receipts.code_of(nonce) for nonce in NONCES]


def is_whole(code: str) -> bool:
    return receipts.check_digit(code[:-1]) == code[-1]


def test_a_code_has_eleven_digits_and_never_begins_like_a_mobile_number():
    assert all(len(code) == 11 and code.isdigit() and code[0] in "23456789" for code in CODES)


def test_the_same_nonce_gives_the_same_code():
    assert [receipts.code_of(nonce) for nonce in NONCES[:100]] == CODES[:100]


def test_no_two_forms_share_a_code_here():
    assert len(set(CODES)) == len(CODES)


def test_every_digit_is_about_as_frequent_at_every_place():
    """Chi-square of nine degrees (seven for the first place) stays below the one-in-a-thousand mark."""
    for place in range(10):
        counts = Counter(code[place] for code in CODES)
        expected = len(CODES) / len(counts)
        chi = sum((count - expected) ** 2 / expected for count in counts.values())
        assert chi < 27.9, place


def test_the_check_digit_finds_every_single_wrong_digit():
    for code in CODES[:200]:
        for place, digit in enumerate(code):
            for wrong in set("0123456789") - {digit}:
                assert not is_whole(code[:place] + wrong + code[place + 1 :])


def test_the_check_digit_finds_neighbours_that_changed_places():
    for code in CODES[:2000]:
        for place in range(10):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not is_whole(swapped)


def test_the_database_keeps_neither_the_code_nor_a_hash_without_the_key(settings):
    kept = receipts.stored(CODES[0])
    assert receipts.fits(CODES[0], kept)
    settings.RECEIPT_KEY = "another key of at least thirty-two characters"
    assert not receipts.fits(CODES[0], kept)
