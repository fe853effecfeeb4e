import hashlib
import subprocess
import sys
from contextlib import suppress
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image

from liaison.tools.files import MAX_BYTES, NOT_A_PHOTO, TOO_BIG, PhotoRefused, clean_photo
from tests.tools.pictures import (
    COLOURS,
    animated,
    as_stored,
    bomb,
    chunk,
    encoded,
    exif,
    markers_of,
    png,
    quarters,
    segment,
    text_chunks,
    with_chunk,
    with_segment,
)

KINDS = ["JPEG", "PNG", "WEBP"]
CANARY = "CANARY-45.75N-126.64E"
SECRET = CANARY.encode()
# A baseline JPEG of Pillow's: JFIF, tables, frame, codes; no notes, no profile, no comment.
PLAIN = {0xE0, 0xDB, 0xC0, 0xC4}


def clean(data):
    return clean_photo(BytesIO(data))


def picture(photo):
    return Image.open(BytesIO(photo.data))


def refusal(data):
    with pytest.raises(PhotoRefused) as refused:
        clean(data)
    return refused.value.reason


def colours_of(image):
    """The colour in the middle of each quarter, as one of ours; a JPEG blurs them a little."""
    width, height = image.size
    middles = [(width * x // 4, height * y // 4) for y in (1, 3) for x in (1, 3)]
    return [nearest(image.getpixel(middle)) for middle in middles]


def nearest(pixel):
    return min(COLOURS, key=lambda place: sum(abs(a - b) for a, b in zip(COLOURS[place], pixel, strict=True)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_of_each_kind_becomes_a_jpeg(kind):
    photo = clean(encoded(quarters(), kind))
    assert (photo.content_type, photo.width, photo.height) == ("image/jpeg", 192, 128)
    assert photo.sha256 == hashlib.sha256(photo.data).hexdigest()
    assert colours_of(picture(photo)) == list(COLOURS)
    assert markers_of(photo.data) == (PLAIN, b"")


def test_two_cleanings_of_one_photo_are_equal():
    data = encoded(quarters())
    assert clean(data) == clean(data)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_photo_stands_upright(orientation, kind):
    notes = exif(t0x0112=orientation)
    photo = clean(encoded(as_stored(quarters(), orientation), kind, exif=notes))
    assert (photo.width, photo.height) == (192, 128)
    assert colours_of(picture(photo)) == list(COLOURS)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "notes", [*(exif(t0x0112=n) for n in (0, 9, 65535)), b"Exif\0\0II*\0\x08\0\0\0" + b"\xff" * 20, b"Exif\0\0no notes"]
)
def test_an_orientation_that_means_nothing_is_ignored(notes):
    assert colours_of(picture(clean(encoded(quarters(), exif=notes)))) == list(COLOURS)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1, 1), (1, 1)),
        ((2000, 1500), (2000, 1500)),
        ((2001, 1999), (2000, 1998)),
        ((3000, 2250), (2000, 1500)),
        ((1500, 4500), (667, 2000)),
        ((12000, 2), (2000, 1)),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_side_is_at_most_two_thousand(kind, size, kept):
    photo = clean(encoded(Image.new("RGB", size), kind))
    assert ((photo.width, photo.height), picture(photo).size) == (kept, kept)


def carriers():
    """24 photos, each with the canary where cameras, phones and programs put what they know."""
    jpeg, flat, webp = (encoded(quarters(), kind) for kind in KINDS)
    gps = exif()
    gps[0x8825] = {1: "N", 2: (45.0, 45.0, 9.0), 29: CANARY}
    camera = exif(t0x010E=CANARY, t0x013B=CANARY, t0x8298=CANARY)
    maker = exif()
    maker[0x8769] = {0x927C: SECRET, 0x9286: SECRET}
    yield from (encoded(quarters(), kind, exif=notes) for kind in KINDS for notes in (gps, camera, maker))
    yield from (encoded(quarters(), kind, icc_profile=b"\0" * 128 + SECRET) for kind in KINDS)
    yield from (with_segment(jpeg, marker, SECRET) for marker in (0xFE, 0xE2, 0xED))
    yield with_segment(jpeg, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
    yield with_segment(jpeg, 0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + SECRET)
    yield encoded(quarters(), "JPEG", comment=SECRET)
    yield encoded(quarters(), "PNG", pnginfo=text_chunks(CANARY))
    yield flat[:33] + chunk(b"prVt", SECRET) + flat[33:]
    yield with_chunk(webp, b"prVt", SECRET)
    yield encoded(quarters(), "WEBP", xmp=SECRET)
    yield from (data + SECRET for data in (jpeg, webp))


def test_nothing_that_a_photo_carries_is_kept():
    photos = list(carriers())
    assert (len(photos), sum(SECRET in photo for photo in photos)) == (24, 23)  # PNG packs its profile
    cleaned = [clean(data).data for data in photos]
    assert [SECRET in data for data in cleaned] == [False] * 24
    assert [markers_of(data) for data in cleaned] == [(PLAIN, b"")] * 24


PROGRAMS = [
    b"<html><script>alert(1)</script></html>",
    b"<?php system($_GET['c']); ?>",
    b"PK\x03\x04" + b"\0" * 26 + b"evil.txtevil",
    b"%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>endobj",
    b"/*\xff*/=1;alert(document.domain);//",
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_second_file_inside_a_photo_is_gone(program):
    jpeg, flat = encoded(quarters()), encoded(quarters(), "PNG")
    hidden = [
        jpeg + program,
        with_segment(jpeg, 0xFE, program),
        flat + program,
        flat[:33] + chunk(b"prVt", program) + flat[33:],
    ]
    assert [program in data for data in hidden] == [True] * 4
    assert [program in clean(data).data for data in hidden] == [False] * 4


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "GIF", "AVIF", "EPS", "PDF", "ICO", "PPM"])
def test_pictures_of_other_kinds_are_refused(kind):
    assert refusal(encoded(quarters(), kind)) == NOT_A_PHOTO


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<html>photo.jpg</html>",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBPVP8 ",
        "水管坏了".encode("gb18030"),
        segment(0xFE, b"\xff\xd8"),
    ],
)
def test_what_is_not_a_photo_is_refused(data):
    assert refusal(data) == NOT_A_PHOTO


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_photo_cut_short_is_refused(kind, part):
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    data = encoded(noise, kind)
    assert refusal(data[: int(len(data) * part)]) == NOT_A_PHOTO


@pytest.mark.parametrize(
    ("width", "height"),
    [(9381, 9381), (13000, 13000), (20000, 20000), (12001, 1), (1, 12001), (8000, 5001), (2**31 - 1, 2**31 - 1)],
)
def test_size_is_judged_by_the_header_before_a_pixel_is_read(width, height):
    """The pixels of these files are nonsense: had anybody looked at them, they would not be a photo."""
    assert refusal(png(width, height)) == TOO_BIG


def test_a_header_within_the_limits_is_not_refused_for_its_size():
    assert refusal(png(12000, 1)) == NOT_A_PHOTO


def test_fifteen_megabytes_are_read_and_not_one_byte_more():
    data = encoded(quarters())
    assert clean(data + b"\0" * (MAX_BYTES - len(data))).width == 192
    assert refusal(data + b"\0" * (MAX_BYTES - len(data) + 1)) == TOO_BIG


def test_what_must_be_held_whole_is_refused_sooner():
    large = Image.new("RGB", (4000, 3000))
    assert clean(encoded(large)).width == clean(encoded(large, "PNG")).width == 2000
    assert refusal(encoded(large, "WEBP", method=0)) == TOO_BIG


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_two_thousand_moving_pictures_the_first_is_kept(kind):
    photo = clean(animated(kind, 2_000))
    assert nearest(picture(photo).getpixel((8, 8))) == "top left"


def test_a_photo_with_a_second_picture_inside_is_a_photo():
    """Telephones put a depth map or a bright copy behind the first picture."""
    data = encoded(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 64))])
    assert colours_of(picture(clean(data))) == list(COLOURS)


def test_print_colours_become_screen_colours():
    assert colours_of(picture(clean(encoded(quarters().convert("CMYK"))))) == list(COLOURS)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_was_transparent_is_white(kind):
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    image.paste((200, 30, 30, 255), (0, 0, 32, 64))
    cleaned = picture(clean(encoded(image, kind)))
    assert (nearest(cleaned.getpixel((8, 32))), cleaned.getpixel((56, 32))) == ("top left", (255, 255, 255))


@pytest.mark.parametrize(
    ("mode", "colour", "options"),
    [
        ("1", 1, {}),
        ("L", 200, {}),
        ("I;16", 200 * 256, {}),
        ("P", 7, {}),
        ("LA", (200, 255), {}),
        ("P", 7, {"transparency": 9}),
    ],
)
def test_grey_paletted_and_sixteen_bit_pictures_keep_their_brightness(mode, colour, options):
    image = Image.new(mode, (40, 30), colour)
    if mode == "P":
        image.putpalette([200] * 768)
    wanted = 255 if mode == "1" else 200
    assert picture(clean(encoded(image, "PNG", **options))).getpixel((20, 15)) == (wanted,) * 3


def test_a_jpeg_of_endless_scans_is_refused_before_decoding():
    data = encoded(quarters(), progressive=True)
    scans = data.count(b"\xff\xda")
    assert clean(data + b"\xff\xda" * (100 - scans)).width == 192
    assert refusal(data + b"\xff\xda" * (101 - scans)) == NOT_A_PHOTO


NAMES = [
    "../../etc/passwd",
    "..\\..\\boot.ini",
    "a\0.jpg",
    "x" * 300,
    "CON",
    "photo\u202egpj.exe",
    "a\r\nX: y",
    'a";b',
    "照片.jpg",
    "😀",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_upload_plays_no_part(name):
    data = encoded(quarters())
    assert clean_photo(SimpleUploadedFile(name, data, "text/html")) == clean(data)


def test_a_file_read_before_is_read_from_its_beginning():
    file = BytesIO(encoded(quarters()))
    file.read()
    assert clean_photo(file).width == 192


@limits(max_examples=300)
@given(st.data())
def test_a_damaged_photo_is_cleaned_or_refused_never_an_error(data):
    original = encoded(quarters(48, 32), data.draw(st.sampled_from(KINDS)))
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PhotoRefused):
        assert clean(bytes(changed)).content_type == "image/jpeg"


# In a process of its own, whose memory is its own: kilobytes that the largest photos add, the first being a usual one.
MEASURE = """
import pathlib, sys
from django.conf import settings
settings.configure(USE_I18N=False)
from liaison.tools.files import PhotoRefused, clean_photo
def peak():
    return int(pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
before = peak()
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        try:
            photo = clean_photo(file)
            print("cleaned", photo.width, photo.height)
        except PhotoRefused as refused:
            print("refused", refused.reason)
print(peak() - before)
"""


def test_no_photo_takes_more_than_150_megabytes(tmp_path):
    noise = Image.effect_noise((800, 500), 60).resize((8000, 5000)).convert("RGB")
    too_big = f"refused {TOO_BIG}"
    photos = [
        (encoded(noise, quality=50), "cleaned 2000 1250"),  # 40 megapixels
        (encoded(noise, quality=50, progressive=True), "cleaned 2000 1250"),
        (encoded(noise, quality=50, progressive=True, subsampling=0), too_big),
        (encoded(Image.new("RGB", (4500, 4000)), "PNG"), "cleaned 2000 1778"),  # 18
        (encoded(Image.new("RGBA", (4000, 3250)), "PNG"), "cleaned 2000 1625"),  # 13
        (encoded(noise.resize((3000, 2500)), "WEBP", quality=30, method=0), "cleaned 2000 1667"),  # 7.5
        (encoded(Image.new("RGB", (4000, 3000)), "WEBP", method=0), too_big),  # 12
        (bomb(9381, 9381), too_big),  # 88 in 11 KB
        (bomb(13000, 13000), too_big),  # 169 in 21 KB
        (bomb(20000, 20000), too_big),  # 400 in 49 KB
    ]
    paths = [tmp_path / str(number) for number in range(len(photos))]
    for path, (data, _answer) in zip(paths, photos, strict=True):
        path.write_bytes(data)
    command = [sys.executable, "-c", MEASURE, *paths]
    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    *answers, kilobytes = run.stdout.splitlines()
    assert answers == [answer for _data, answer in photos]
    assert 20 * 1024 < int(kilobytes) <= 150 * 1024
