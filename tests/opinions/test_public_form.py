"""What residents send: kept as they said it, or told beside the field with all they typed still there; never half."""

from datetime import datetime
from unicodedata import normalize

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as texts

from feedback.opinions.models import Opinion
from feedback.submissions import receipts, tokens
from liaison.audit.models import Entry
from tests.submissions.saying import FORM, SAID, errors_on, jpeg, page_of, photo, posted, rows, said, typed_on
from tests.support import factories as make
from tests.tools import pictures


@pytest.fixture(autouse=True)
def station():
    make.office()
    return make.station()


# Taken


def test_what_a_resident_says_is_kept_and_answered_with_a_receipt(client, station):
    response = posted(client, station=station.code, phone="13900000000", name="老王", photos=[photo(), photo()])
    assert response.status_code == 200
    opinion = Opinion.objects.get()
    assert (opinion.body, opinion.place, opinion.station) == (SAID["matter"], SAID["place"], station)
    assert (opinion.state, opinion.channel, opinion.photos.count()) == ("submitted", "web", 2)
    assert opinion.reporter.reveal() == {"name": "老王", "phone": "13900000000"}
    assert page_of(response).texts["receipt-number"].strip() == opinion.number
    code = page_of(response).texts["receipt-code"].strip()
    assert (len(code), code[3], code[8]) == (13, "-", "-")
    assert receipts.fits(receipts.read_code(code), opinion.code_hash)


def test_without_a_station_the_division_served_hears_it(client):
    posted(client)
    opinion = Opinion.objects.get()
    assert (opinion.station, opinion.division_id) == (None, make.DAOLI)
    assert list(Opinion.objects.visible_to(make.granted("officer"))) == [opinion]
    assert list(Opinion.objects.visible_to(make.granted("officer", code=make.NANGANG))) == []


def test_the_short_address_of_a_plate_brings_the_station_along(client, station):
    response = client.get(f"/s/{station.code}", follow=True)
    assert typed_on(response)["station"] == station.code
    assert response.context["station"] == station


TAKEN = [
    "🔥路灯👨‍👩‍👧‍👦坏了",
    "𠮷野家门前𪚥",
    "Ünïcödé café",
    "第一行\n第二行\n\n第四行",
    "<script>alert(1)</script>{{7*7}}{% now %}",
    "路" * 10_000,
    "'; DROP TABLE opinions_opinion; --",
]


@pytest.mark.parametrize("text", TAKEN, ids=lambda text: text[:6])
def test_what_was_said_is_kept_to_the_letter(text, client):
    assert posted(client, matter=text).status_code == 200
    assert Opinion.objects.get().body == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("前\x00后", "前后"),
        ("cafe\u0301", "caf\u00e9"),
        ("看\u202egpj.exe", "看[U+202E]gpj.exe"),
        ("零\u200b宽\ufeff", "零宽"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("  前后  ", "前后"),
    ],
    ids=["NUL", "NFC", "bidi", "zero width", "line ends", "blanks"],
)
def test_what_cannot_be_seen_is_taken_out_or_shown(text, kept, client):
    assert posted(client, matter=text).status_code == 200
    assert Opinion.objects.get().body == kept


def test_a_place_is_one_line_without_marks_that_turn_it_round(client):
    posted(client, place="松涛苑\n\u202e3号\x00楼\t西")
    assert Opinion.objects.get().place == "松涛苑 3号楼 西"


@hypothesis(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(matter=texts.text(), place=texts.text(max_size=250), phone=texts.text(max_size=20))
def test_no_text_brings_the_form_down(matter, place, phone):
    response = posted(Client(raise_request_exception=False), matter=matter, place=place, phone=phone)
    assert response.status_code in (200, 422)
    if response.status_code == 200:
        kept = Opinion.objects.latest("id")
        assert kept.body == normalize("NFC", kept.body)
        assert "\x00" not in kept.body + kept.place


# Refused beside the field


def _mistakes():
    many = [photo(f"{number}.jpg") for number in range(4)]
    return {
        "no matter": ({"matter": ""}, {"matter"}),
        "only invisible": ({"matter": "\u200b \ufeff"}, {"matter"}),
        "no place": ({"place": " "}, {"place"}),
        "10,001 characters": ({"matter": "路" * 10_001}, {"matter"}),
        "long place": ({"place": "路" * 201}, {"place"}),
        "long name": ({"name": "王" * 51}, {"name"}),
        "short telephone": ({"phone": "12345"}, {"phone"}),
        "a word for a telephone": ({"phone": "没有"}, {"phone"}),
        "unread characters": ({"matter": "路灯\ufffd\ufffd坏了"}, {"matter"}),
        "unknown mode": ({"identity_mode": "secret"}, {"identity_mode"}),
        "everything at once": ({"matter": "", "place": "", "phone": "1"}, {"matter", "place", "phone"}),
        "four photos": ({"photos": many}, {"photos"}),
        "text as a photo": ({"photos": [photo(data=b"I am no photo")]}, {"photos"}),
        "bomb": ({"photos": [photo(data=pictures.bomb(13_000, 13_000))]}, {"photos"}),
        "half a photo": ({"photos": [photo(data=jpeg()[:100])]}, {"photos"}),
        "one bad of two": ({"photos": [photo(), photo(data=b"GIF89a")]}, {"photos"}),
    }


MISTAKES = _mistakes()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_beside_its_field_and_everything_typed_stays(name, client, station):
    changes, wrong = MISTAKES[name]
    extra = {"station": station.code, "name": "老王", "identity_mode": "real", "share_identity": "on"}
    typed = said(**extra | {"publish_consent": "on"} | changes)
    before = rows()
    response = client.post(FORM, typed)
    assert response.status_code == 422
    assert errors_on(response) == wrong
    kept = {key: value for key, value in typed.items() if key not in ("photos", "token", "identity_mode")}
    assert {key: typed_on(response)[key] for key in kept} == kept
    assert rows() == before
    mended = typed_on(response) | said() | {"phone": "", "name": "", "identity_mode": "confidential"}
    assert client.post(FORM, mended).status_code == 200


def test_three_photos_are_not_too_many(client):
    assert posted(client, photos=[photo(), photo(), photo()]).status_code == 200
    assert Opinion.objects.get().photos.count() == 3


def test_nothing_is_half_saved_when_saving_fails(monkeypatch):
    """Neither opinion nor reporter nor photograph; a key may stay that opens nothing."""
    monkeypatch.setattr(Opinion, "begin", lambda *args, **kwargs: 1 / 0)
    before = rows()
    client = Client(raise_request_exception=False)
    assert posted(client, phone="13900000000", photos=[photo()]).status_code == 500
    assert rows() | {"keys.PersonKey": 0} == before | {"keys.PersonKey": 0}


@pytest.mark.parametrize("code", ["NOWHERE", "' OR 1=1", "\x00", "路" * 500, "２３０１０２"])
def test_an_unknown_station_is_told_and_the_next_press_goes_through(code, client):
    before = rows()
    response = posted(client, station=code)
    assert response.status_code == 422
    assert "station" in response.context["form"].errors
    assert "errors" in page_of(response).texts
    assert rows() == before
    assert client.post(FORM, typed_on(response)).status_code == 200
    assert Opinion.objects.get().station is None


def test_an_unknown_station_in_the_address_is_told_before_anything_is_typed(client):
    response = client.get(FORM, {"station": "NOWHERE"})
    assert response.status_code == 200
    assert response.context["notices"] == [gettext("This station was not found, please choose again")]
    assert client.post(FORM, typed_on(response) | SAID).status_code == 200


def test_a_closed_station_takes_nothing_more(client, station):
    station.status = "closed"
    station.save()
    assert client.get(FORM, {"station": station.code}).context["station"] is None
    assert posted(client, station=station.code).status_code == 422


# Tokens


def test_a_form_sent_again_gets_the_same_receipt_and_nothing_more(client):
    typed = said(phone="13900000000", photos=[photo()])
    first = client.post(FORM, typed)
    before = rows()
    again = client.post(FORM, typed | {"photos": [photo()]})
    assert [page_of(page).texts["receipt-code"] for page in (first, again)] == [
        page_of(first).texts["receipt-code"]
    ] * 2
    assert again.context["receipt"]["number"] == first.context["receipt"]["number"]
    assert again.context["receipt"]["notices"] == []
    assert rows() == before


def test_sent_again_with_other_words_the_first_are_kept_and_it_says_so(client):
    token = tokens.issue().text
    first = posted(client, token=token)
    again = posted(client, token=token, matter="别的事")
    assert again.context["receipt"]["code"] == first.context["receipt"]["code"]
    assert len(again.context["receipt"]["notices"]) == 1
    assert [opinion.body for opinion in Opinion.objects.all()] == [SAID["matter"]]


def test_a_page_open_for_eight_days_asks_for_one_more_press(client, time_machine):
    time_machine.move_to(datetime(2026, 10, 1, 10))
    token = client.get(FORM).context["form"]["token"].value()
    time_machine.move_to(datetime(2026, 10, 9, 10))
    before = rows()
    response = posted(client, token=token)
    assert response.status_code == 422
    assert response.context["notices"] == [gettext("The page was open too long, please press Submit once more")]
    assert typed_on(response)["matter"] == SAID["matter"]
    assert rows() == before
    assert client.post(FORM, typed_on(response)).status_code == 200
    assert Opinion.objects.get().body == SAID["matter"]


def test_a_page_open_for_six_days_does_not(client, time_machine):
    time_machine.move_to(datetime(2026, 10, 1, 10))
    token = client.get(FORM).context["form"]["token"].value()
    time_machine.move_to(datetime(2026, 10, 7, 10))
    assert posted(client, token=token).status_code == 200


@pytest.mark.parametrize(
    "token", ["", "abc", "a:b:c", "路:灯:坏", "\x00", "x" * 10_000, tokens.ticket_for(1)], ids=lambda text: text[:6]
)
def test_a_token_that_is_not_ours_asks_for_one_more_press(token, client):
    before = rows()
    response = posted(client, token=token)
    assert response.status_code == 422
    assert typed_on(response)["matter"] == SAID["matter"]
    assert rows() == before
    assert client.post(FORM, typed_on(response)).status_code == 200


def test_a_changed_token_is_not_ours(client):
    token = tokens.issue().text
    for place in (0, len(token) // 2, -1):
        changed = token[:place] + ("B" if token[place] == "A" else "A") + token[place:][1:]
        assert posted(client, token=changed).status_code == 422
    assert client.post(FORM, SAID).status_code == 422


# Who may know


@pytest.mark.parametrize(
    ("ticked", "mode", "is_shared", "is_kept"),
    [
        ({"name": "老王"}, "confidential", False, True),
        ({"phone": "13900000000"}, "confidential", False, True),
        ({}, "anonymous", False, False),
        ({"identity_mode": "confidential"}, "confidential", False, False),
        ({"identity_mode": "confidential", "name": "老王", "share_identity": "on"}, "confidential", False, True),
        ({"identity_mode": "real", "name": "老王"}, "real", False, True),
        ({"identity_mode": "real", "name": "老王", "share_identity": "on"}, "real", True, True),
        ({"identity_mode": "anonymous", "name": "老王", "share_identity": "on"}, "anonymous", False, False),
        ({"share_identity": "on"}, "anonymous", False, False),
    ],
)
def test_who_may_know_is_what_was_ticked(ticked, mode, is_shared, is_kept, client):
    """contract.md: absent is confidential, or anonymous with nothing to keep; sharing holds with the real name only."""
    assert posted(client, **ticked).status_code == 200
    reporter = Opinion.objects.get().reporter
    assert (reporter.identity_mode, reporter.share_identity, reporter.key_id is not None) == (mode, is_shared, is_kept)


def test_what_the_anonymous_wrote_of_themselves_is_discarded_and_it_says_so(client):
    response = posted(client, identity_mode="anonymous", name="老王", phone="13900000000")
    words = gettext("You chose to be anonymous; telephone and name were not kept.")
    assert response.context["receipt"]["notices"] == [words]
    assert Opinion.objects.get().reporter.reveal() == {"name": "", "phone": ""}
    assert posted(client, identity_mode="anonymous").context["receipt"]["notices"] == []


def test_full_width_digits_of_a_telephone_are_understood(client):
    posted(client, phone="１３９—００００ 0000")
    assert Opinion.objects.get().reporter.reveal()["phone"] == "13900000000"


def test_the_first_page_asks_for_two_things_and_ticks_the_careful_choice(client):
    page = typed_on(client.get(FORM))
    assert page["identity_mode"] == "confidential"
    assert "share_identity" not in page
    required = [name for name, field in client.get(FORM).context["form"].fields.items() if field.required]
    assert required == ["matter", "place"]


# Nothing is left with the visitor, and nothing of it with anybody else


def test_no_public_page_sets_a_cookie_and_none_of_ours_is_kept(client, station):
    answers = [client.get(path) for path in ("/", "/stations/", "/stations/?q=x", "/api/v1/stations/", "/nowhere/")]
    residents = [client.get(FORM), client.get("/opinions/track/"), posted(client), posted(client, matter="")]
    residents += [
        client.post("/opinions/track/", {"number": "YJ-2026-0001", "code": "1"}),
        client.get(f"/s/{station.code}"),
    ]
    assert [response.cookies.output() for response in [*answers, *residents]] == [""] * 11
    assert [response["Cache-Control"] for response in residents[:-1]] == ["no-store"] * 5
    assert [response["Referrer-Policy"] for response in residents[:-1]] == ["no-referrer"] * 5


def test_the_receipt_s_picture_holds_the_number_and_never_the_code(client):
    response = posted(client)
    receipt = response.context["receipt"]
    assert receipt["track_url"] == f"/opinions/track/?number={receipt['number']}"
    code = receipt["code"].replace("-", "")
    assert code not in receipt["track_url"] + settings.SITE_URL
    assert Entry.objects.filter(detail__icontains=code).count() == 0
