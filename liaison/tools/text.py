"""What people type and paste, made safe to store without changing what it says.

Rare characters stay as they are, apart from what NFC itself does.
"""

import re
import unicodedata

# Controls apart from tab and newline, and the code points that no XML (and so no Excel file) may hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# They reorder what is read: 202E shows "gpj.exe" as "exe.jpg".
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks without width; the variation selectors, which pick the glyph of a name, are not among them.
INVISIBLE = re.compile(
    "[\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
LOOSE_JOINER = re.compile(f"(?<![{EMOJI}\ufe0f\u20e3])\u200d|\u200d(?![{EMOJI}])")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
HIGHEST_PILE = 30  # of marks on one letter, Unicode's own bound for writing (UAX 15, stream-safe text)
SIGNS = re.compile(rf"[^\w\s]{{{HIGHEST_PILE + 1},}}")
MISREAD = "\N{REPLACEMENT CHARACTER}"


def clean_line(text: str) -> str:
    """For one-line fields: names, places, phone numbers."""
    text = BIDI.sub("", LINE_ENDS.sub("\n", text))
    return re.sub(r"[\t\n]+", " ", _clean(text)).strip()


def clean_text(text: str) -> str:
    """For many lines; reordering marks stay, but can be seen: [U+202E]."""
    text = BIDI.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", LINE_ENDS.sub("\n", text))
    return _clean(text)


def looks_misread(text: str) -> bool:
    """Somebody read these bytes in a wrong encoding, here or before."""
    return MISREAD in text


def _clean(text):
    if text.isprintable():  # nearly always: no mark of the kinds above is printable
        return _composed(text)
    text = INVISIBLE.sub("", CONTROLS.sub("", text))
    text = LOOSE_JOINER.sub("", text)
    return _composed(LONE_SURROGATES.sub(MISREAD, text))


def _composed(text):
    """NFC, for which ten seconds are not enough once a letter carries a hundred thousand marks."""
    return unicodedata.normalize("NFC", SIGNS.sub(lambda found: _unpiled(found[0]), text))


def _unpiled(signs):
    kept, pile = [], 0
    for sign in signs:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        if pile <= HIGHEST_PILE:
            kept.append(sign)
    return "".join(kept)
