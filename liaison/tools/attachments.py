"""Documents that people attach (PDF, Word, a picture): known by what is in them, never by what they are called.

They are given back only as downloads that no browser runs or shows within our pages.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from liaison.tools.files import PhotoRefused, clean_photo
from liaison.tools.unpacking import MACROS, MAX_MEMBERS

MEGABYTES = 10
MAX_BYTES = MEGABYTES * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
PDF, PDF_END, OLE, ZIP = b"%PDF-", b"%%EOF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
}
LOCKED = "sandbox; default-src 'none'"  # should a browser show it after all, nothing in it runs
TOO_BIG = _("The file is over 10 MB, please choose a smaller one.")
WRONG_KIND = _("Only PDF, Word and pictures can be attached.")
MACROS_INSIDE = _("The file holds macros, please save it without.")
DAMAGED = _("The file is damaged, please choose it again.")


class AttachmentRefused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Attachment:
    data: bytes
    ending: str

    @property
    def content_type(self) -> str:
        return TYPES[self.ending]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def clean_attachment(file) -> Attachment:
    """What the uploaded file holds; AttachmentRefused says why not. A picture is copied pixel by pixel."""
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise AttachmentRefused(TOO_BIG)
    if data.startswith(PDF):
        return _pdf(data)
    if data.startswith(OLE):
        return _old_word(data)
    if data.startswith(ZIP):
        return _word(data)
    return _picture(file)


def _pdf(data):
    if PDF_END not in data[-2048:]:
        raise AttachmentRefused(DAMAGED)
    return Attachment(data, "pdf")


def _old_word(data):
    """Excel and PowerPoint begin alike; only Word has a stream of this name."""
    if "WordDocument".encode("utf-16-le") not in data:
        raise AttachmentRefused(WRONG_KIND)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise AttachmentRefused(MACROS_INSIDE)
    return Attachment(data, "doc")


def _word(data):
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise AttachmentRefused(DAMAGED) from None
    names = {member.filename for member in members}
    if not names >= WORD_PARTS or len(members) > MAX_MEMBERS:
        raise AttachmentRefused(WRONG_KIND)
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise AttachmentRefused(TOO_BIG)
    if any(MACROS.search(name) for name in names):
        raise AttachmentRefused(MACROS_INSIDE)
    return Attachment(data, "docx")


def _picture(file):
    try:
        return Attachment(clean_photo(file).data, "jpg")
    except PhotoRefused:
        raise AttachmentRefused(WRONG_KIND) from None


class AttachmentField(forms.FileField):
    """Its value is an `Attachment`, or None."""

    default_error_messages = {"empty": DAMAGED}

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return clean_attachment(file)
        except AttachmentRefused as refusal:
            raise ValidationError(refusal.reason) from None

    def widget_attrs(self, widget):
        return {"accept": ".pdf,.doc,.docx,image/*"}


def download(storage, name: str, content_type: str, title: str) -> FileResponse:
    """A kept document to take away, under a name people know it by; 404 where it is gone."""
    if not name or not storage.exists(name):
        raise Http404
    filename = f"{title}.{name.rpartition('.')[2]}"
    response = FileResponse(storage.open(name), as_attachment=True, filename=filename, content_type=content_type)
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    return response
