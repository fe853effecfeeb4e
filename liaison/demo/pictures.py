"""Small drawn pictures that stand for residents' photographs."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)


def picture(motif: str, rng) -> BytesIO:
    """A JPEG of one of MOTIFS."""
    image = Image.new("RGB", SIZE)
    MOTIFS[motif](ImageDraw.Draw(image), rng)
    file = BytesIO()
    image.filter(ImageFilter.SMOOTH_MORE).save(file, "JPEG", quality=85)
    return file


def _shade(draw, top, bottom, first=0, last=SIZE[1]) -> None:
    """Lines from one colour to another, from the first to the last row."""
    for row in range(first, last):
        share = (row - first) / (last - first)
        colour = tuple(int(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.line((0, row, SIZE[0], row), fill=colour)


def _dark_lane(draw, rng):
    _shade(draw, (12, 16, 34), (38, 40, 48))
    draw.polygon([(380, 720), (460, 300), (500, 300), (780, 720)], fill=(52, 52, 58))
    for x, top in ((180, 90), (330, 190), (640, 200), (800, 110)):
        draw.line((x, top, x, 560), fill=(70, 72, 80), width=8)
        draw.ellipse((x - 26, top - 12, x + 26, top + 14), fill=(84, 86, 90))
    for _number in range(14):
        x, y = rng.randrange(40, 900), rng.randrange(180, 420)
        draw.rectangle((x, y, x + 16, y + 20), fill=(196, 168, 92))


def _icy_steps(draw, rng):
    _shade(draw, (168, 186, 206), (226, 232, 238))
    for step in range(8):
        left, right, y = 120 - step * 12, 840 + step * 12, 180 + step * 64
        draw.rectangle((left, y, right, y + 60), fill=(150 + step * 6, 160 + step * 6, 172 + step * 6))
        draw.line((left, y, right, y), fill=(244, 250, 255), width=10)
    for _number in range(40):
        x, y = rng.randrange(140, 820), rng.randrange(190, 700)
        draw.ellipse((x, y, x + 60, y + 10), fill=(236, 244, 250))


def _snow_heap(draw, rng):
    _shade(draw, (150, 166, 188), (206, 214, 222))
    draw.rectangle((60, 150, 900, 470), fill=(168, 92, 72))
    for x in range(110, 880, 130):
        draw.rectangle((x, 210, x + 70, 320), fill=(92, 116, 142))
    draw.rectangle((0, 560, 960, 720), fill=(112, 112, 118))
    for _number in range(60):
        x, width = rng.randrange(120, 700), rng.randrange(90, 220)
        draw.ellipse((x, 660 - width, x + width, 690), fill=(rng.randrange(226, 250),) * 3)


def _hole(draw, rng):
    _shade(draw, (128, 126, 122), (96, 94, 92))
    for _number in range(500):
        x, y, tone = rng.randrange(960), rng.randrange(720), rng.randrange(70, 150)
        draw.ellipse((x, y, x + 5, y + 4), fill=(tone, tone, tone))
    draw.ellipse((270, 230, 700, 560), fill=(78, 72, 66))
    draw.ellipse((310, 270, 660, 530), fill=(24, 22, 22))
    draw.polygon([(250, 330), (560, 250), (590, 300), (280, 390)], fill=(150, 116, 74))


def _standing_water(draw, rng):
    _shade(draw, (176, 186, 194), (120, 128, 130), 0, 380)
    _shade(draw, (108, 112, 100), (72, 76, 66), 380)
    draw.rectangle((0, 200, 960, 270), fill=(104, 104, 108))
    for x in (110, 790):
        draw.rectangle((x, 260, x + 70, 480), fill=(126, 124, 120))
    for _number in range(90):
        x, y = rng.randrange(900), rng.randrange(410, 710)
        draw.arc((x, y, x + rng.randrange(30, 120), y + 14), 0, 180, fill=(150, 156, 142), width=2)


MOTIFS = {"lamp": _dark_lane, "ice": _icy_steps, "snow": _snow_heap, "hole": _hole, "water": _standing_water}
