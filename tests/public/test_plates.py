"""The plate of a station: three shapes of one drawing, a code that opens its form, words for those who cannot scan."""

import io
import re
from urllib.parse import urlsplit

import pypdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from feedback.opinions.models import Opinion
from liaison.public import plates
from liaison.tools import documents
from stations.register.models import Station
from tests.support import chromium
from tests.support import factories as make
from tests.support.pages import Page
from tests.support.pdf import needs_pdf
from tests.support.printing import Printer, read

SIZES = {"a4": (210, 297), "a5": (148, 210), "card": (210, 297)}
NAME, ADDRESS, HOURS, PHONE = "松涛街道人大代表联络站", "松涛路1号一楼", "周一至周五 9:00—17:00", "0451-00000001"
ORGANISATION = "道里区人大常委会"
WORDS = "没有智能手机？可以直接来站里，或拨打电话"


@pytest.fixture(scope="module")
def printer():
    if reason := chromium.missing():
        pytest.skip(reason)
    printer = Printer().start()
    yield printer
    printer.stop()


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://rd.example"
    make.office(full_name=ORGANISATION, phone="0451-00000000")
    plates.document.cache_clear()


@pytest.fixture
def station():
    return make.station(name=NAME, address=ADDRESS, hours=HOURS, phone=PHONE)


def asked(client, station, what, **query):
    response = client.get(f"/stations/{station.code}/{what}", query)
    assert response.status_code == 200
    return response


def facts(station):
    return [ORGANISATION, NAME, ADDRESS, "".join(HOURS.split()), PHONE, WORDS, f"https://rd.example/s/{station.code}"]


POINTS, DOTS = 72 / 25.4, 4  # a millimetre on paper; dots a millimetre in our picture of it


def codes_in(pdf: bytes):
    """The codes on a page as a reader sees them: the strokes of the file, each where and as wide as it is."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    image = Image.new("L", (210 * DOTS, 297 * DOTS), 255)
    brush, kept = ImageDraw.Draw(image), []
    now, start = pypdf.Transformation(), None
    for given, operator in page.get_contents().operations:
        if operator == b"q":
            kept.append(now)
        elif operator == b"Q":
            now = kept.pop()
        elif operator == b"cm":
            now = pypdf.Transformation(tuple(map(float, given))).transform(now)
        elif operator == b"m":
            start = tuple(map(float, given))
        elif operator == b"l":
            corners = [now.apply_on((x, y)) for x, y in ((start[0], start[1] - 0.5), (given[0], float(given[1]) + 0.5))]
            (left, right), heights = zip(*corners, strict=True)
            top, bottom = sorted(297 - height / POINTS for height in heights)
            brush.rectangle([value * DOTS for value in (left / POINTS, top, right / POINTS, bottom)], fill=0)
    return zxingcpp.read_barcodes(image)


def decoded(svg: str) -> str:
    """What the code in our SVG says: strokes one unit wide, absolute or from the end of the one before."""
    (path,) = re.findall(r'stroke="#000"[^>]* d="([^"]+)"|d="([^"]+)"[^>]* stroke="#000"', svg)
    image, scale = Image.new("L", (500, 500), 255), 8
    brush = ImageDraw.Draw(image)
    x = y = 0.0
    for step, numbers in re.findall(r"([Mmh])([-\d. ]+)", "".join(path)):
        along, *down = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if step == "h":
            brush.rectangle([x * scale, (y - 0.5) * scale, (x + along) * scale - 1, (y + 0.5) * scale - 1], fill=0)
        x, y = (along, down[0]) if step == "M" else (x + along, y + sum(down))
    (found,) = zxingcpp.read_barcodes(image)
    return found.text


def words_of(svg: str) -> str:
    return "".join("".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)).split())


def opens_the_form(client, address, station):
    assert address == f"https://rd.example/s/{station.code}"
    page = client.get(urlsplit(address).path, follow=True)
    fields = [values for _tag, values in Page(page.content.decode()).elements if values.get("name") == "station"]
    assert [values["value"] for values in fields] == [station.code]
    assert station.name in page.content.decode()
    return page


def test_the_code_of_the_page_and_of_the_plate_opens_the_form_with_the_station_set(client, station):
    for what in ("qr.svg", "plate.svg"):
        svg = asked(client, station, what).content.decode()
        opens_the_form(client, decoded(svg), station)


@needs_pdf
@pytest.mark.parametrize(
    ("size", "codes", "widest"), [("a4", 1, (85, 100)), ("a5", 1, (58, 72)), ("card", 10, (26, 31))]
)
def test_the_codes_in_the_pdf_open_the_form_with_the_station_set(size, codes, widest, client, station):
    found = codes_in(asked(client, station, "plate.pdf", size=size).content)
    assert [code.text for code in found] == [f"https://rd.example/s/{station.code}"] * codes
    opens_the_form(client, found[0].text, station)
    least, most = widest
    for place in (code.position for code in found):
        assert least < (place.top_right.x - place.top_left.x) / DOTS < most
    if size != "card":
        assert abs(found[0].position.top_left.x + found[0].position.top_right.x - SIZES[size][0] * DOTS) < DOTS


@needs_pdf
@pytest.mark.parametrize("size", SIZES)
def test_the_pdf_says_what_the_register_says(size, client, station):
    response = asked(client, station, "plate.pdf", size=size)
    assert response["Content-Type"] == "application/pdf"
    printed = read(response.content)
    assert printed.sizes == [SIZES[size]]
    copies = 10 if size == "card" else 1
    assert [printed.text.count(fact) for fact in facts(station)] == [copies] * 7


@needs_pdf
@pytest.mark.parametrize("size", SIZES)
def test_the_same_facts_give_the_same_bytes(size, client, station):
    first = asked(client, station, "plate.pdf", size=size).content
    plates.document.cache_clear()
    assert asked(client, station, "plate.pdf", size=size).content == first
    assert pypdf.PdfReader(io.BytesIO(first)).metadata.get("/CreationDate") is None


@pytest.mark.parametrize("size", SIZES)
def test_the_page_prints_on_its_paper_what_the_register_says(size, client, printer, station):
    printed = printer.printed(asked(client, station, "plate/", size=size))
    assert printed.sizes == [SIZES[size]]
    assert [fact for fact in facts(station) if fact not in printed.text] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_says_the_same(size, client, station):
    response = asked(client, station, "plate.svg", size=size)
    assert response["Content-Type"] == "image/svg+xml"
    said = words_of(response.content.decode())
    assert [said.count(fact) for fact in facts(station)] == [1] * 7
    assert b"style" not in response.content
    width, height = {"card": (90, 54)}.get(size, SIZES[size])
    assert f'width="{width}mm" height="{height}mm"' in response.content.decode()


@pytest.mark.parametrize("size", ["", "A4", "a3", "../a4", "a5\n", "路" * 500])
def test_a_size_that_is_none_is_a4(size, client, station):
    assert asked(client, station, "plate/", size=size).context["size"] == "a4"
    assert asked(client, station, "plate.svg", size=size).content == asked(client, station, "plate.svg").content


@pytest.mark.parametrize("what", ["plate/", "plate.svg", "plate.pdf", "qr.svg"])
@pytest.mark.parametrize("code", ["NOWHERE", "%00", "%FF", "x" * 3_000, "路", "1'--", ".."])
def test_a_code_that_is_none_has_no_plate(what, code, client, station):
    client.raise_request_exception = False
    assert client.get(f"/stations/{code}/{what}").status_code in (400, 404)


@pytest.mark.parametrize("status", ["planned", "suspended", "closed"])
@pytest.mark.parametrize("what", ["plate/", "plate.svg", "plate.pdf", "qr.svg"])
def test_strangers_get_plates_of_open_stations_only(what, status, client, station):
    Station.objects.update(status=status)
    address = f"/stations/{station.code}/{what}"
    assert client.get(address).status_code == 404
    client.force_login(make.granted("officer", code=make.NANGANG))
    assert client.get(address).status_code == 404
    client.force_login(make.granted("officer"))
    response = client.get(address)
    assert response.status_code == (404 if status == "closed" else 200)
    assert "public" not in response.get("Cache-Control", "")


def test_the_register_leads_to_the_plate_and_back(client, station):
    client.force_login(make.granted("officer"))
    Station.objects.update(status="planned")
    change = f"/admin/stations/station/{station.pk}/change/"
    assert f'href="/stations/{station.code}/plate/"' in client.get(change).content.decode()
    assert asked(client, station, "plate/").context["back"] == change
    Station.objects.update(status="operating")
    assert asked(client, station, "plate/").context["back"] == f"/stations/{station.code}/"


@pytest.mark.parametrize("what", ["plate/", "plate.svg", "plate.pdf", "qr.svg"])
def test_heads_are_answered(what, client, station):
    response = client.head(f"/stations/{station.code}/{what}")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("what", ["plate.svg", "plate.pdf", "qr.svg"])
def test_what_a_browser_holds_is_not_sent_again_until_it_changes(what, client, station):
    address = f"/stations/{station.code}/{what}"
    mark = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    Station.objects.filter(pk=station.pk).update(code="OTHER", phone="0451-00000002")
    assert client.get(f"/stations/OTHER/{what}", headers={"If-None-Match": mark}).status_code == 200


def test_a_new_telephone_number_is_on_the_next_plate(client, station):
    response = asked(client, station, "plate.svg")
    assert response["Cache-Control"] == "no-cache"
    Station.objects.update(phone="0451-00000002")
    assert "0451-00000002" in asked(client, station, "plate.svg").content.decode()


def test_without_a_telephone_of_its_own_the_office_s_stands_there(client, station):
    Station.objects.update(phone="")
    assert "0451-00000000" in words_of(asked(client, station, "plate.svg").content.decode())


def test_the_plate_speaks_the_language_of_the_place(client, station):
    assert asked(client, station, "plate.svg", lang="en").content == asked(client, station, "plate.svg").content


@pytest.mark.parametrize("size", SIZES)
def test_a_demo_says_so_on_the_plate(size, client, station):
    words = "演示数据：机构、人物、事项均为虚构"
    assert words not in words_of(asked(client, station, "plate.svg", size=size).content.decode())
    type(make.office()).objects.update(is_demo=True)
    assert words in words_of(asked(client, station, "plate.svg", size=size).content.decode())


def test_names_cannot_break_out_of_the_drawing(client, station):
    Station.objects.update(name='<script>alert(1)</script>&"', address="</svg><img src=x>")
    for what in ("plate.svg", "plate/"):
        page = asked(client, station, what).content
        assert b"<script>alert" not in page
        assert b"<img" not in page


def test_without_the_extra_the_page_says_so_and_stands_in(client, station, monkeypatch):
    monkeypatch.setattr(documents, "can_make_pdf", lambda: False)
    response = client.get(f"/stations/{station.code}/plate.pdf", {"size": "a5"})
    assert response["Location"] == f"/stations/{station.code}/plate/?size=a5"
    page = client.get(response["Location"]).content.decode()
    assert "没有安装PDF组件" in page
    assert "plate.pdf" not in page


def test_an_opinion_through_the_plate_is_counted_at_its_station(client, station):
    make.station()
    form = client.get(f"/s/{station.code}", follow=True)
    values = {
        element["name"]: element.get("value", "")
        for _tag, element in Page(form.content.decode()).elements
        if "name" in element
    }
    said = {"matter": "灯坏了", "place": "松苑", "station": values["station"], "token": values["token"]}
    assert client.post("/opinions/new/", said).status_code == 200
    assert [opinion.station for opinion in Opinion.objects.all()] == [station]
