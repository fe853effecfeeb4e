"""Photographs made for the tests: upright ones, bombs, and ones that carry what must not be kept."""

import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

COLOURS = {
    "top left": (200, 30, 30),
    "top right": (30, 180, 30),
    "bottom left": (30, 30, 200),
    "bottom right": (240, 240, 30),
}
# What EXIF says of each orientation: on which side of the upright picture the stored row 0 and column 0 lie.
SIDES = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}


def encoded(image, kind="JPEG", **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def quarters(width=192, height=128):
    """Four colours, upright."""
    image = Image.new("RGB", (width, height))
    for place, colour in COLOURS.items():
        left = width // 2 if "right" in place else 0
        top = height // 2 if "bottom" in place else 0
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def as_stored(image, orientation):
    """The pixels as a camera held that way writes them, from the definition alone."""
    row_side, column_side = SIDES[orientation]
    is_turned = row_side in ("left", "right")
    width, height = image.size
    stored = Image.new("RGB", (height, width) if is_turned else image.size)
    for row in range(stored.height):
        for column in range(stored.width):
            across, down = (row, column) if is_turned else (column, row)
            x = width - 1 - across if "right" in (row_side, column_side) else across
            y = height - 1 - down if "bottom" in (row_side, column_side) else down
            stored.putpixel((column, row), image.getpixel((x, y)))
    return stored


def exif(**tags):
    """EXIF by tag number: exif(t0x010E="...")."""
    notes = Image.Exif()
    for name, value in tags.items():
        notes[int(name[1:], 16)] = value
    return notes


def png(width, height, pixels=b"none"):
    """A PNG of one bit a pixel, for sizes that nobody should allocate; its pixels may well be nonsense."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """A whole black picture of one bit a pixel: 400 megapixels in some 50 KB."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(line) for _ in range(height))
    return png(width, height, packed + packer.flush())


def segment(marker, data):
    """A JPEG segment."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def with_segment(jpeg, marker, data):
    return jpeg[:2] + segment(marker, data) + jpeg[2:]


def markers_of(jpeg):
    """The kinds of segments up to the pixels, and what follows the end of the picture."""
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return set(found), jpeg[jpeg.index(b"\xff\xd9", at) + 2 :]


def with_chunk(webp, kind, data):
    """A WebP with one more chunk at its end."""
    body = webp[8:] + kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def text_chunks(canary):
    notes = PngInfo()
    notes.add_text("Comment", canary)
    notes.add_itxt("XML:com.adobe.xmp", canary, "zh", "")
    return notes


def animated(kind, frames):
    colours = [
        Image.new("RGB", (16, 16), COLOURS["top left"] if n == 0 else (n % 256, n // 256, 0)) for n in range(frames)
    ]
    return encoded(
        colours[0],
        kind,
        save_all=True,
        append_images=colours[1:],
        duration=20,
        **{"lossless": True} if kind == "WEBP" else {},
    )
