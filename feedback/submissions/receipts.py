"""Query codes: eleven digits a resident can copy (reliability.md 3.5).

The code is HMAC(RECEIPT_KEY, nonce) reduced to ten digits, the first of them 2 to 9, and a check digit. The database
keeps only another keyed hash of it, so a stolen database opens nothing, and a repeated form recomputes its receipt.
"""

import hmac

from django.conf import settings

from liaison.tools.dates import plain_digits
from liaison.tools.sealed import keyed_hash, master

LENGTH = 11
# Damm's quasigroup: finds every single wrong digit and every swap of neighbours.
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def code_of(nonce: str) -> str:
    """The query code that belongs to a form's nonce."""
    number = int(keyed_hash(master(settings.RECEIPT_KEY), "code", nonce), 16) % (8 * 10**9) + 2 * 10**9
    return f"{number}{check_digit(str(number))}"


def check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(DAMM[interim][int(digit)])
    return str(interim)


def grouped(code: str) -> str:
    """3-4-4, as Chinese people read a telephone number."""
    return f"{code[:3]}-{code[3:7]}-{code[7:]}"


def read_code(text: str) -> str:
    """What somebody typed as eleven plain digits: blanks, dashes, full-width and Chinese digits are understood."""
    return plain_digits(text)


def is_code(digits: str) -> bool:
    """Whether it could have been given out: a mistyped one never could."""
    is_whole = len(digits) == LENGTH and digits.isascii() and digits.isdigit()
    return is_whole and digits[0] >= "2" and check_digit(digits) == "0"


def stored(code: str) -> str:
    """What the database keeps instead of the code."""
    return keyed_hash(master(settings.RECEIPT_KEY), "stored", code)


def fits(code: str, kept: str) -> bool:
    return hmac.compare_digest(stored(code), kept)
