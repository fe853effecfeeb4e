"""Photographs, made harmless: decoded, turned upright, copied pixel by pixel, encoded again, kept under a random name.

Nothing of the upload but its pixels survives: no place, no camera, no comment, no second file hidden behind the first.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
KEPT_SIDE = 2_000
QUALITY = 82
MAX_MEMORY = 130_000_000  # bytes for one picture while it is decoded
MAX_SCANS = 100  # a photo has about ten; thousands of them are made to keep a decoder busy
UPRIGHT = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
EXIF_ORIENTATION = 0x0112
NOT_A_PHOTO = _("This is not a photo, please choose another")
TOO_BIG = _("The photo is too big, please choose another or send none")
_one_at_a_time = Lock()  # so that ten photos at once need no more memory than one


class PhotoRefused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Photo:
    data: bytes
    content_type: str
    width: int
    height: int
    sha256: str


def clean_photo(file) -> Photo:
    """The picture in an uploaded file, at most 2,000 pixels long, as a JPEG; PhotoRefused says why not."""
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PhotoRefused(TOO_BIG)
    with _one_at_a_time:
        picture = _picture(data)
    encoded = BytesIO()
    picture.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    kept = encoded.getvalue()
    return Photo(kept, "image/jpeg", picture.width, picture.height, hashlib.sha256(kept).hexdigest())


def store(photo: Photo, storage, day: date | None = None) -> str:
    """Name in the storage. On a local disk the bytes and the name itself have reached the disk before this returns."""
    return keep(photo.data, "photos", "jpg", storage, day)


def keep(data: bytes, folder: str, ending: str, storage, day: date | None = None) -> str:
    """Name in the storage, at random. It is on the disk, as in `store`."""
    day = day or timezone.localdate()
    name = f"{folder}/{day:%Y/%m/%d}/{secrets.token_hex(16)}.{ending}"
    if not _is_local(storage):
        return storage.save(name, ContentFile(data))
    path = Path(storage.path(name))
    _make_folder(path.parent)
    try:
        _write(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _settle(path.parent)
    return name


def discard(name: str, storage) -> None:
    """Also when it is gone already."""
    storage.delete(name)
    if _is_local(storage):
        with suppress(FileNotFoundError):
            _settle(Path(storage.path(name)).parent)


def _picture(data):
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            _check_size(image, data)
            return _copy(_reduced(image), _orientation(image))
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoRefused(TOO_BIG) from None
    except Exception as error:  # a decoder that meets made-up bytes fails in ways that nobody has listed
        raise PhotoRefused(NOT_A_PHOTO) from error


def _check_size(image, data):
    """By the header alone; not a pixel has been decoded yet."""
    pixels = image.width * image.height
    if max(image.size) > MAX_SIDE or pixels > MAX_PIXELS:
        raise PhotoRefused(TOO_BIG)
    if pixels * _bytes_for_each_pixel(image) > MAX_MEMORY:
        raise PhotoRefused(TOO_BIG)
    if _is_jpeg(image) and data.count(b"\xff\xda") > MAX_SCANS:
        raise PhotoRefused(NOT_A_PHOTO)


def _bytes_for_each_pixel(image):
    """What decoding takes, measured: a plain JPEG is reduced while it is read, everything else is held whole."""
    if image.format == "WEBP":
        return 16 if image.mode == "RGB" else 20
    if not _is_jpeg(image):
        return {"RGB": 7, "RGBA": 10}.get(image.mode, 14 if image.has_transparency_data else 7)
    if "progressive" not in image.info:
        return 0
    samples = [across * down for _part, across, down, _table in image.layer]
    return 2 * sum(samples) / max(samples)


def _is_jpeg(image):
    return image.format in ("JPEG", "MPO")


def _reduced(image):
    """The first frame at its final size, not yet turned."""
    scale = min(1, KEPT_SIDE / max(image.size))
    size = tuple(max(1, round(side * scale)) for side in image.size)
    image.draft("RGB", size)
    image.load()
    return _flat(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).convert("RGB")


def _flat(image):
    """Eight bits a channel; what was transparent is white."""
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _on_white(image):
    if image.mode != "RGBA":
        image = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page


def _orientation(image):
    try:
        return image.getexif().get(EXIF_ORIENTATION, 1)
    except Exception:  # broken notes of the camera are no reason to refuse its picture
        return 1


def _copy(image, orientation):
    """Pixels only: whatever else the file carried stays behind with the old image."""
    for method in UPRIGHT.get(orientation, ()):
        image = image.transpose(method)
    fresh = Image.new("RGB", image.size)
    fresh.paste(image)
    return fresh


def _is_local(storage):
    return isinstance(storage, FileSystemStorage)


def _make_folder(folder):
    """Each new folder is on the disk before anything is put into it."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _settle(folder.parent)


def _write(path, data):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder):
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
