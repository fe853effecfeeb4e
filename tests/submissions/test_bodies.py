"""Bodies as old phones, proxies and people with bad intent send them: read, told in words, or refused at once."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.test import Client
from django.utils.translation import gettext

from feedback.opinions.models import Opinion
from feedback.submissions import tokens
from tests.submissions.saying import FORM, SAID, URLENCODED, errors_on, jpeg, rows, said, typed_on
from tests.support import factories as make


@pytest.fixture(autouse=True)
def _office():
    make.office()


def in_gbk(**changes):
    pairs = said(**changes).items()
    return "&".join(f"{name}={quote_from_bytes(value.encode('gb18030'))}" for name, value in pairs)


@pytest.mark.parametrize("kind", [URLENCODED, f"{URLENCODED}; charset=gbk", f"{URLENCODED}; charset=GB2312"])
def test_a_form_in_gbk_is_read_and_shown_for_a_second_look(kind, client):
    """Pressed again it counts, also from a browser that never sends anything but GBK."""
    before = rows()
    response = client.post(FORM, in_gbk(matter="𠮷路灯"), content_type=kind)
    assert response.status_code == 422
    assert typed_on(response)["matter"] == "𠮷路灯"
    assert typed_on(response)["place"] == SAID["place"]
    assert rows() == before
    again = client.post(FORM, in_gbk(**typed_on(response)), content_type=kind)
    assert again.status_code == 200
    assert Opinion.objects.get().body == "𠮷路灯"


def test_raw_bytes_of_gbk_are_read_too(client):
    body = urlencode({"token": tokens.issue().text}).encode() + b"&matter=" + "路灯".encode("gbk") + b"&place=x"
    assert typed_on(client.post(FORM, body, content_type=URLENCODED))["matter"] == "路灯"


def test_the_second_look_is_signed_by_us(client):
    """A page not shown before does not count as looked at."""
    assert client.post(FORM, in_gbk(token="look.abc:x:y"), content_type=URLENCODED).status_code == 422
    assert Opinion.objects.count() == 0


def multipart(boundary, **values):
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in values.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode()


def test_parts_in_gbk_that_say_so_are_read(client):
    values = {name: value.encode("gbk") for name, value in said().items()}
    kind = "multipart/form-data; boundary=edge; charset=gbk"
    assert client.generic("POST", FORM, multipart("edge", **values), content_type=kind).status_code == 200
    assert Opinion.objects.get().body == SAID["matter"]


def test_parts_in_gbk_that_do_not_are_told_beside_the_field(client):
    values = {name: value.encode("gbk") for name, value in said().items()}
    before = rows()
    response = client.post(FORM, multipart("edge", **values), content_type="multipart/form-data; boundary=edge")
    assert (response.status_code, errors_on(response)) == (422, {"matter", "place"})
    assert rows() == before


@pytest.mark.parametrize("code", ["%ED%A0%80", "%ED%BF%BF", "%C0%80", "%FF%FE", "%F8%88%80%80%80"])
def test_broken_characters_are_told_and_the_others_stay(code, client):
    """Half a surrogate pair, an overlong NUL, bytes that are no UTF-8."""
    body = urlencode(said()) + code
    for whole in (body, body.replace("place", f"matter={code}&place")):
        response = client.post(FORM, whole, content_type=URLENCODED)
        assert response.status_code == 422
    words = urlencode({"matter": "三号楼前的路灯坏了很久"})
    response = client.post(FORM, f"{words}{code}&place=x", content_type=URLENCODED)
    assert typed_on(response)["matter"].startswith("三号楼前的路灯坏了很久")
    assert Opinion.objects.count() == 0


KINDS = [
    *("text/plain", "application/json", "", "nonsense", "multipart/form-data", "image/jpeg"),
    *(
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=路",
        "multipart/form-data; boundary=" + "x" * 300,
    ),
]
CHARSETS = ["hex", "utf-7", "utf-16", "idna", "undefined", "unicode_escape", "latin-1", "big5", "zlib", "路", "x" * 500]
KINDS += [f"multipart/form-data; boundary=edge; charset={charset}" for charset in CHARSETS]
KINDS += [f"{URLENCODED}; charset={charset}" for charset in CHARSETS]
BODIES = [
    b"",
    b"matter=%00&place=%FF",
    b"\x00" * 50,
    b"--edge\r\n\r\n",
    b"{}",
    multipart("edge", matter=b"+2AA-\\ud800=61"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_body_brings_the_form_down(kind):
    client = Client(raise_request_exception=False)
    before = rows()
    for body in BODIES:
        response = client.generic("POST", FORM, body, content_type=kind)
        assert response.status_code in (400, 422), body
        assert b"<html" in response.content
    assert client.generic("GET", FORM, content_type=kind).status_code == 200
    assert rows() == before


@pytest.mark.parametrize("name", ["filename*=hex''41", "filename*=undefined''x", 'filename="\x00"', "filename=../../x"])
def test_no_name_of_a_file_brings_the_form_down(name):
    head = f'--edge\r\nContent-Disposition: form-data; name="photos"; {name}\r\n\r\n'.encode()
    body = head + jpeg() + b"\r\n" + multipart("edge", **{key: value.encode() for key, value in said().items()})
    client = Client(raise_request_exception=False)
    response = client.post(FORM, body, content_type="multipart/form-data; boundary=edge")
    assert response.status_code in (200, 422)


def _too_much():
    long = "路" * 3_500_000
    parts = {"matter": long.encode(), "place": b"x"}
    files = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="photos"; filename="{n}.jpg"\r\n\r\nx\r\n'.encode()
        for n in range(30)
    )
    in_parts = "multipart/form-data; boundary=edge"
    return {
        "10 MB": (urlencode({"matter": long}).encode(), URLENCODED),
        "10 MB in parts": (multipart("edge", **parts), in_parts),
        "5,000 fields": (urlencode([("matter", "x")] * 5_000).encode(), URLENCODED),
        "5,000 fields of GBK": (b"&".join([b"matter=%C2%B7%B5%C6"] * 5_000), URLENCODED),
        "5,000 parts": (b"".join(multipart("edge", matter=b"x")[:-10] for _ in range(5_000)) + b"--edge--", in_parts),
        "30 files": (files + b"--edge--\r\n", in_parts),
    }


@pytest.mark.parametrize(
    "name", ["10 MB", "10 MB in parts", "5,000 fields", "5,000 fields of GBK", "5,000 parts", "30 files"]
)
def test_too_much_gets_an_honest_page_at_once(name):
    body, kind = _too_much()[name]
    client = Client(raise_request_exception=False)
    before = rows()
    response = client.post(FORM, body, content_type=kind)
    assert response.status_code == 413
    assert gettext("What you sent is too large") in response.content.decode()
    assert rows() == before


def test_a_body_announced_too_long_is_not_even_read(client):
    response = client.post(FORM, b"x", content_type=URLENCODED, CONTENT_LENGTH="60000001")
    assert response.status_code == 413
