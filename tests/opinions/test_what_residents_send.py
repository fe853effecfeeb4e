"""What comes in at the public form, good, bad and odd: what was typed is kept, nothing is half saved."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import quote_from_bytes

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from feedback.opinions.models import Opinion
from feedback.submissions import tokens
from liaison.keys.models import PersonKey
from liaison.tools import sealed
from tests.support import factories as make
from tests.support.pages import Page

NEW = "/opinions/new/"


@pytest.fixture
def station():
    make.office()
    return make.station()


def form_of(response) -> dict:
    return dict(Page(response.text).forms[0])


@pytest.fixture
def said(client, station):
    """A filled form with its token, as the page would send it."""
    fields = form_of(client.get(NEW, {"station": station.code}))
    return fields | {"matter": "楼道灯坏了", "place": "松涛苑"}


def receipt(response) -> tuple[str, str]:
    texts = Page(response.text).texts
    return texts["receipt-number"].strip(), texts["receipt-code"].strip()


def rows_everywhere() -> dict:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def assert_refused(client, fields, *, keeps="matter", status=422):
    """Refused in words: what was typed stands there again, and no table has gained a row."""
    before = rows_everywhere()
    response = client.post(NEW, fields)
    assert response.status_code == status
    assert rows_everywhere() == before
    assert not response.cookies
    if keeps:
        assert form_of(response)[keeps].strip() == fields[keeps].strip()
    return response


def jpeg(size=(40, 40)) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, "red").save(file, "JPEG")
    file.name, file.content_type = "a.jpg", "image/jpeg"
    file.seek(0)
    return file


def test_a_submission_gives_a_receipt_and_sets_no_cookie(client, said):
    response = client.post(NEW, said)
    number, code = receipt(response)
    opinion = Opinion.objects.get()
    assert (response.status_code, number) == (200, opinion.number)
    assert re.fullmatch(r"[2-9]\d\d-\d{4}-\d{4}", code)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_the_same_token_again_gives_the_same_receipt(client, said):
    first = receipt(client.post(NEW, said))
    again = client.post(NEW, said | {"matter": "另外一件事"})
    assert receipt(again) == first
    assert Opinion.objects.get().body == "楼道灯坏了"
    assert str(_("We had already received this; the first text is kept. You can add to it on the tracking page.")) in (
        again.text
    )


@pytest.mark.parametrize(
    "text",
    ["表情😀和家庭👨‍👩‍👧", "𠮷野家旁边𪚥", "a\u200db", "a\x00b", "1\n2\n3", "<script>alert(1)</script>", "{{7*7}}"],
)
def test_rare_characters_and_markup_are_kept_as_they_are(client, said, text):
    client.post(NEW, said | {"matter": text})
    assert Opinion.objects.get().body == text.replace("a\u200db", "ab").replace("\x00", "")


def test_controls_that_turn_text_around_are_not_kept_unseen(client, said):
    client.post(NEW, said | {"matter": "好\u202e坏", "place": "松\u202e涛苑"})
    opinion = Opinion.objects.get()
    assert "\u202e" not in opinion.body + opinion.place


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"matter": ""}, "matter"),
        ({"matter": "   \n"}, "matter"),
        ({"place": ""}, "place"),
        ({"matter": "长" * 10_001}, "matter"),
        ({"place": "长" * 201}, "place"),
        ({"phone": "12345"}, "phone"),
        ({"phone": "not a number"}, "phone"),
        ({"identity_mode": "nobody"}, "identity_mode"),
        ({"station": "no-such-station"}, "station"),
        ({"station": "\x00"}, "station"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(client, said, changes, field):
    response = assert_refused(client, said | changes, keeps=None)
    assert field in response.context["form"].errors
    kept = {"matter": (said | changes)["matter"], "place": (said | changes)["place"]}
    shown = form_of(response)
    assert {name: shown[name].replace("\r\n", "\n").strip() for name in kept} == {
        name: text.replace("\x00", "").strip() for name, text in kept.items()
    }


def test_ten_thousand_characters_are_not_too_many(client, said):
    client.post(NEW, said | {"matter": "长" * 10_000})
    assert len(Opinion.objects.get().body) == 10_000


def test_four_photos_are_too_many(client, said):
    response = assert_refused(client, said | {"photos": [jpeg() for _photo in range(4)]})
    assert response.context["form"].errors["photos"] == [str(_("At most three photos at a time"))]


def test_what_is_no_photo_is_refused(client, said):
    fake = BytesIO(b"<html><script>alert(1)</script>")
    fake.name = "a.jpg"
    assert "photos" in assert_refused(client, said | {"photos": [fake]}).context["form"].errors


def test_a_photo_that_unpacks_to_a_bomb_is_refused(client, said):
    bomb = BytesIO()
    Image.new("1", (13_000, 13_000)).save(bomb, "PNG")
    bomb.name = "bomb.png"
    bomb.seek(0)
    assert "photos" in assert_refused(client, said | {"photos": [bomb]}).context["form"].errors


def test_three_photos_are_kept(client, said):
    client.post(NEW, said | {"photos": [jpeg() for _photo in range(3)]})
    assert Opinion.objects.get().photos.count() == 3


def test_a_token_of_eight_days_asks_for_one_more_press_and_then_works(client, said, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=8), tick=False)
    again = assert_refused(client, said)
    assert client.post(NEW, form_of(again)).status_code == 200
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize("token", ["", "forged", tokens.TOKEN_SALT, "a:b:c", "\x00", "9" * 5000])
def test_a_forged_token_asks_for_one_more_press(client, said, token):
    again = assert_refused(client, said | {"token": token})
    assert client.post(NEW, form_of(again)).status_code == 200


def test_an_unknown_station_in_the_address_is_told_and_the_form_still_works(client, said):
    response = client.get(NEW, {"station": "230102-no"})
    assert response.context["notices"] == [str(_("This station was not found, please choose again"))]
    client.post(NEW, form_of(response) | {"matter": "灯", "place": "苑"})
    assert Opinion.objects.get().division_id == make.DAOLI


def urlencoded(fields, encoding) -> bytes:
    return "&".join(f"{name}={quote_from_bytes(text.encode(encoding))}" for name, text in fields.items()).encode()


@pytest.mark.parametrize("declared", ["", "; charset=gbk"])
def test_a_form_sent_in_gbk_is_read_and_shown_for_a_second_look(client, said, declared):
    before = rows_everywhere()
    kind = f"application/x-www-form-urlencoded{declared}"
    response = client.generic("POST", NEW, urlencoded(said, "gbk"), kind)
    assert response.status_code == 422
    assert rows_everywhere() == before
    shown = form_of(response)
    assert (shown["matter"].strip(), shown["place"]) == ("楼道灯坏了", "松涛苑")
    assert client.post(NEW, shown).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"matter=%ff%fe%00&place=%ed%a0%80", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"matter", "text/plain; charset=utf-16"),
        (b"a=1", "application/x-www-form-urlencoded; charset=no-such"),
        (b"&".join(b"f%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
        (b"matter=" + b"x" * 10_000_000, "application/x-www-form-urlencoded"),
    ],
)
def test_bodies_nobody_can_read_get_an_honest_page(client, station, body, kind):
    before = rows_everywhere()
    response = client.generic("POST", NEW, body, kind)
    assert response.status_code in (400, 413, 422)
    assert "<main" in response.text
    assert rows_everywhere() == before


def reporter_after(client, said, **changes):
    client.post(NEW, said | changes)
    return Opinion.objects.get().reporter


def test_anonymous_keeps_neither_name_nor_phone_and_says_so(client, said):
    who = {"identity_mode": "anonymous", "name": "王秀兰", "phone": "13800000000", "share_identity": "on"}
    response = client.post(NEW, said | who)
    reporter = Opinion.objects.get().reporter
    assert (reporter.identity_mode, reporter.key_id, reporter.share_identity) == ("anonymous", None, False)
    assert str(_("You chose to be anonymous; telephone and name were not kept.")) in response.text
    assert PersonKey.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "mode", "shared"),
    [
        ({"identity_mode": "", "name": "", "phone": ""}, "anonymous", False),
        ({"identity_mode": "", "name": "王", "phone": ""}, "confidential", False),
        ({"identity_mode": "confidential", "phone": "13800000000", "share_identity": "on"}, "confidential", False),
        ({"identity_mode": "real", "phone": "13800000000", "share_identity": "on"}, "real", True),
        ({"identity_mode": "real", "phone": "１３８００００００００"}, "real", False),
    ],
)
def test_who_may_know_follows_what_was_chosen(client, said, who, mode, shared):
    reporter = reporter_after(client, said, **who)
    assert (reporter.identity_mode, reporter.share_identity) == (mode, shared)
    if who.get("phone"):
        assert reporter.reveal()["phone"] == "13800000000"


def test_a_destroyed_key_forgets_the_person_and_leaves_the_matter(client, said):
    reporter = reporter_after(client, said, identity_mode="real", name="王秀兰")
    PersonKey.destroy(reporter.key_id)
    with pytest.raises(sealed.Unreadable):
        reporter.reveal()
    assert Opinion.objects.get().body == "楼道灯坏了"
