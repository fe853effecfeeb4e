"""Files of rows from outside, checked before they are opened: how big, what kind, which encoding, what inside."""

import codecs
import gzip
import re
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MAX_MEMBERS = 2_000
MAX_RATIO = 100
CHUNK = 64 * 1024
SUFFIXES = (".csv", ".gz", ".xlsx", ".txt")
MACROS = re.compile(r"vbaproject|/macrosheets/|/activex/|/embeddings/", re.IGNORECASE)
LINKS = re.compile(r"/externallinks/|/connections\.xml|/querytables/", re.IGNORECASE)
MEGABYTE = 1024 * 1024
ROW = re.compile(rb"<(?:\w+:)?row\b")
# Elements in one part of a workbook and in one row of it: a million cells take openpyxl 9 s, in one row also 600 MB.
MOST_ELEMENTS = {"/xl/worksheets/": (3_000_000, 50_000), "/xl/sharedstrings.xml": (1_000_000, 1_000_000)}
MAX_DESCRIPTION = 2 * MEGABYTE  # of any other part: 18 MB of cell styles took 25 s
ENCODINGS = ("utf-8-sig", "gb18030")
DAMAGED = _("The file is damaged.")
TOO_MUCH = _("This file holds too much, please copy its values into a new file.")
WRONG_KIND = _("Only CSV, CSV.gz and XLSX files can be read.")


class SheetRefused(Exception):
    """`reason` is a sentence for whoever chose the file."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@contextmanager
def opened(source):
    if isinstance(source, str | Path):
        with open(source, "rb") as file:
            yield file
    else:
        source.seek(0)
        yield source


def check_name(name: str) -> None:
    suffix = Path(name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise SheetRefused(WRONG_KIND)


def is_archive(file) -> bool:
    head = file.read(4)
    file.seek(0)
    if head == b"\xd0\xcf\x11\xe0":
        raise SheetRefused(_("This is an old or locked Excel file, please save it as XLSX without a password."))
    return head == b"PK\x03\x04"


@contextmanager
def unpacked(file, max_bytes: int):
    """The file itself, or what a gz file holds, never more than max_bytes of it."""
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if not is_packed:
        yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as plain:
        try:
            with gzip.open(file) as packed:
                _pour(packed, plain, max_bytes)
        except (OSError, EOFError, zlib.error):
            raise SheetRefused(DAMAGED) from None
        plain.seek(0)
        yield plain


def encoding_of(file, max_bytes: int) -> str:
    """The first of our encodings in which every byte makes sense."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ENCODINGS}
    chunk, size = None, 0
    while chunk != b"":
        chunk = file.read(CHUNK)
        size += len(chunk)
        _check_bytes(size, max_bytes)
        if b"\0" in chunk:
            raise SheetRefused(_("This is not a text file, please save it as CSV in UTF-8."))
        decoders = {name: decoder for name, decoder in decoders.items() if _decodes(decoder, chunk)}
    file.seek(0)
    if not decoders:
        raise SheetRefused(_("The encoding of this file is unknown, please save it as CSV in UTF-8."))
    return next(iter(decoders))


def check_workbook(file, max_bytes: int) -> None:
    """Before openpyxl sees it: by the archive's own list, which bounds what is unpacked, then by its parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_sizes(archive.infolist(), max_bytes)
            _check_names([_part(member) for member in archive.infolist()])
            for member in archive.infolist():
                _check_part(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise SheetRefused(DAMAGED) from None
    finally:
        file.seek(0)


def _check_sizes(members, max_bytes):
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    _check_bytes(size, max_bytes)
    if len(members) > MAX_MEMBERS or size > MAX_RATIO * max(packed, 1):
        raise SheetRefused(TOO_MUCH)


def _part(member):
    return f"/{member.filename}".lower()


def _check_part(archive, member):
    part = _part(member)
    if not part.endswith((".xml", ".rels")):
        return
    most = next((limits for start, limits in MOST_ELEMENTS.items() if part.startswith(start)), None)
    if most:
        with archive.open(member) as file:
            _check_elements(file, *most)
    elif member.file_size > MAX_DESCRIPTION:
        raise SheetRefused(TOO_MUCH)


def _check_elements(file, most, most_in_row):
    total = in_row = 0
    while chunk := file.read(MEGABYTE):
        first, *rows = (_elements(piece) for piece in ROW.split(chunk))
        fullest = max([in_row + first, *rows])
        in_row = rows[-1] if rows else in_row + first
        total += first + sum(rows)
        if total > most or fullest > most_in_row:
            raise SheetRefused(TOO_MUCH)


def _elements(xml):
    return xml.count(b"<") - xml.count(b"</")


def _check_names(names):
    if "/xl/workbook.xml" not in names:
        raise SheetRefused(WRONG_KIND)
    if any(MACROS.search(name) for name in names):
        raise SheetRefused(_("This file holds macros or other files, please save it as a plain XLSX."))
    if any(LINKS.search(name) for name in names):
        raise SheetRefused(_("This file refers to other files, please save it with values only."))


def _pour(source, target, max_bytes):
    while chunk := source.read(CHUNK):
        target.write(chunk)
        _check_bytes(target.tell(), max_bytes)


def _check_bytes(size, max_bytes):
    if size > max_bytes:
        raise SheetRefused(
            format_lazy(_("The file is too big: more than {size} MB unpacked."), size=max_bytes // MEGABYTE)
        )


def _decodes(decoder, chunk):
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True
