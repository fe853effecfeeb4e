"""Number and code open one page; what a resident does there counts once, and nothing typed there is lost."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from feedback.opinions import intake, workflow
from feedback.opinions.models import Opinion
from feedback.submissions import receipts, tokens
from liaison.tools.workflow import RESIDENT
from tests.submissions.saying import page_of, rows, typed_on
from tests.support import factories as make

TRACK = "/opinions/track/"
WRONG = "Number or query code is not right, please check and try again"
IDENTITY = {"name": "NAME-OF-A-RESIDENT", "phone": "13977700011", "identity_mode": "real"}


@pytest.fixture
def kept():
    """An opinion just come in, with its code."""
    make.office()
    said = intake.Said(body="the lamp is out", place="Pine Court 3", station=make.station(), reporter=IDENTITY)
    receipt = intake.take(said)
    return SimpleNamespace(opinion=receipt.opinion, number=receipt.opinion.number, code=receipt.code)


def look_up(client, kept, **changes):
    return client.post(TRACK, {"number": kept.number, "code": kept.code} | changes)


def status_on(response):
    """The state the page shows; None on a page that shows no opinion."""
    found = [values["data-status"] for _tag, values in page_of(response).elements if "data-status" in values]
    return found[0] if found else None


def follow_up(client, kept, **fields):
    return client.post(TRACK, {"ticket": tokens.ticket_for(kept.opinion.pk)} | fields)


def told(kept):
    make.Life(kept.opinion).until("fed_back")


def test_number_and_code_open_the_page(client, kept):
    response = look_up(client, kept)
    assert (response.status_code, status_on(response)) == (200, "submitted")
    assert kept.number in response.content.decode()
    assert kept.code not in response.content.decode()
    assert (response["Cache-Control"], response.cookies.output()) == ("no-store", "")


def test_the_address_alone_opens_nothing(client, kept):
    """The receipt's picture brings the number; a code in an address is not even read."""
    response = client.get(TRACK, {"number": kept.number, "code": kept.code})
    assert (response.status_code, status_on(response)) == (200, None)
    assert typed_on(response)["number"] == kept.number
    assert kept.code not in response.content.decode()


CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPELLINGS = {
    "grouped": receipts.grouped,
    "spaces": " ".join,
    "wide spaces": "\u3000".join,
    "dashes": "—".join,
    "full width": lambda code: code.translate(FULL_WIDTH),
    "Chinese": lambda code: code.translate(CHINESE),
    "letters for digits": lambda code: code.replace("0", "O").replace("1", "l"),
    "zero width": "\u200b".join,
    "NUL": lambda code: code + "\x00",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_code_is_understood_however_it_is_written(spelling, client, kept):
    assert status_on(look_up(client, kept, code=SPELLINGS[spelling](kept.code))) == "submitted"


NUMBERS = {
    "small letters": str.lower,
    "blanks": lambda number: f"  {number.replace('-', ' - ')} ",
    "full width": lambda number: "".join(chr(ord(mark) + 0xFEE0) for mark in number),
    "long dashes": lambda number: number.replace("-", "—"),
}


@pytest.mark.parametrize("spelling", NUMBERS)
def test_a_number_is_understood_however_it_is_written(spelling, client, kept):
    assert status_on(look_up(client, kept, number=NUMBERS[spelling](kept.number))) == "submitted"


def answer(client, number, code):
    """All of the answer, as if the number typed were always the same."""
    response = client.post(TRACK, {"number": number, "code": code})
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, headers, response.content.replace(number.encode(), b"NUMBER")


def test_a_wrong_code_and_an_unknown_number_get_the_same_bytes(client, kept):
    other = make.opinion(kept.opinion.station)
    wrong = receipts.code_of("another nonce")
    unknown = f"YJ-{other.year}-{other.pk + 1000:04d}"
    answers = [answer(client, number, wrong) for number in (kept.number, other.number, unknown, "YJ-1999-0001")]
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 422
    assert gettext(WRONG) in answers[0][2].decode()
    assert answer(client, other.number, kept.code) == answer(client, unknown, kept.code)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "", "code": ""},
        {"number": "x" * 10_000, "code": "1" * 10_000},
        {"number": "\x00", "code": "\x00"},
        {"number": "YJ-2026-" + "9" * 18, "code": "1"},
        {"number": "YJ-٢٠٢٦-٠٠٠١", "code": "٢"},
        {"number": "\ufffd", "code": "\ud83d\ude00"},
        {"ticket": "x" * 10_000},
        {"ticket": "\x00"},
        {"ticket": "1:2:3", "note": "\x00", "action": "\x00"},
        {},
    ],
    ids=lambda fields: " ".join(fields) or "nothing",
)
def test_nothing_typed_brings_the_page_down(fields, client, kept):
    client.raise_request_exception = False
    before = rows()
    fields = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    response = client.post(TRACK, fields)
    assert (response.status_code in (200, 422), status_on(response)) == (True, None)
    assert client.get(TRACK, {"number": fields.get("number", "").replace("\x00", "")}).status_code == 200
    assert rows() == before


# Follow-ups


def test_an_addition_is_kept_and_shown_at_once(client, kept):
    response = follow_up(client, kept, action="add", note="now two lamps\nare out")
    assert (response.status_code, status_on(response)) == (200, "submitted")
    assert kept.opinion.steps.get(move="add").note == "now two lamps\nare out"
    said = [line["note"] for line in response.context["opinion"]["timeline"]]
    assert said == [kept.opinion.body, "now two lamps\nare out"]
    assert "are out</p>" in response.content.decode()


@pytest.mark.parametrize("fields", [{"action": "add", "note": " now two\r\nlamps "}, {"action": "withdraw"}])
def test_a_page_loaded_anew_keeps_nothing_more_and_says_the_same(fields, client, kept):
    first, again = (follow_up(client, kept, **fields) for _press in range(2))
    assert [news.is_done for news in again.context["messages"]] == [True]
    assert again.context["messages"] == first.context["messages"]
    assert kept.opinion.steps.filter(move=fields["action"]).count() == 1


def test_an_evaluation_sent_again_is_the_same_evaluation(client, kept):
    make.Life(kept.opinion).until("fed_back")
    for _press in range(2):
        response = follow_up(client, kept, action="rate", score="satisfied")
        assert [news.is_done for news in response.context["messages"]] == [True]
    assert kept.opinion.ratings.count() == 1


def test_a_resident_withdraws_once(client, kept):
    response = follow_up(client, kept, action="withdraw")
    assert status_on(response) == "withdrawn"
    assert (response.context["can_withdraw"], response.context["can_add"]) == (False, False)
    again = follow_up(client, kept, action="withdraw")
    assert (again.status_code, status_on(again)) == (200, "withdrawn")
    assert kept.opinion.steps.filter(move="withdraw").count() == 1


@pytest.mark.parametrize("score", ["satisfied", "basically"])
def test_a_resident_evaluates_what_came_of_it(score, client, kept):
    told(kept)
    assert look_up(client, kept).context["can_rate"] is True
    response = follow_up(client, kept, action="rate", score=score)
    assert (response.status_code, status_on(response)) == (200, "evaluated")
    assert (kept.opinion.ratings.get().score, kept.opinion.ratings.get().source) == (score, "resident")
    follow_up(client, kept, action="rate", score="dissatisfied", reason="changed my mind")
    assert kept.opinion.ratings.get().score == score


def test_who_is_dissatisfied_is_asked_why_and_loses_nothing(client, kept):
    told(kept)
    response = follow_up(client, kept, action="rate", score="dissatisfied", reason=" ")
    assert (response.status_code, status_on(response)) == (422, "fed_back")
    assert "id_reason_error" in page_of(response).texts
    long = follow_up(client, kept, action="rate", score="dissatisfied", reason="x" * 10_001)
    assert long.status_code == 422
    assert "x" * 10_001 in long.content.decode()
    assert kept.opinion.ratings.count() == 0
    assert status_on(follow_up(client, kept, action="rate", score="dissatisfied", reason="still dark")) == "evaluated"
    assert kept.opinion.ratings.get().reason == "still dark"


@pytest.mark.parametrize("note", ["", " \u200b", "x" * 10_001, "\ufffd"])
def test_an_addition_that_cannot_be_kept_is_told_beside_the_field(note, client, kept):
    response = follow_up(client, kept, action="add", note=note)
    assert (response.status_code, status_on(response)) == (422, "submitted")
    assert "id_note_error" in page_of(response).texts
    assert note.strip() in response.content.decode()
    assert kept.opinion.steps.count() == 1


@pytest.mark.parametrize("fields", [{"action": "archive"}, {"action": "accept"}, {"action": "\x00"}, {}])
def test_a_resident_makes_no_move_of_the_house(fields, client, kept):
    assert status_on(follow_up(client, kept, **fields)) == "submitted"
    assert kept.opinion.steps.count() == 1


def test_evaluating_too_early_is_refused_in_words(client, kept):
    response = follow_up(client, kept, action="rate", score="satisfied")
    assert (response.status_code, status_on(response)) == (200, "submitted")
    assert [news.is_done for news in response.context["messages"]] == [False], "a refusal does not look like success"
    assert kept.opinion.ratings.count() == 0


# Tickets


def test_an_expired_ticket_keeps_the_text_and_asks_for_the_code_again(client, kept, time_machine):
    time_machine.move_to(datetime(2026, 11, 1, 10))
    ticket = tokens.ticket_for(kept.opinion.pk)
    time_machine.move_to(datetime(2026, 11, 2, 11))
    response = client.post(TRACK, {"ticket": ticket, "action": "add", "note": 'now "two" lamps\n<are> out'})
    assert (response.status_code, status_on(response)) == (200, None)
    assert len(response.context["notices"]) == 1
    assert response.context["notices"][0] in response.content.decode()
    assert kept.opinion.steps.count() == 1
    opened = client.post(TRACK, typed_on(response) | {"number": kept.number, "code": kept.code})
    assert status_on(opened) == "submitted"
    assert opened.context["add_form"]["note"].value() == 'now "two" lamps\n<are> out'
    assert "now &quot;two&quot; lamps\n&lt;are&gt; out</textarea>" in opened.content.decode()
    follow_up(client, kept, action="add", note=opened.context["add_form"]["note"].value())
    assert kept.opinion.steps.get(move="add").note == 'now "two" lamps\n<are> out'


def test_the_kept_text_survives_a_wrong_code_in_between(client, kept):
    asked = client.post(TRACK, {"ticket": "expired", "action": "rate", "reason": "still dark"})
    wrong = client.post(TRACK, typed_on(asked) | {"number": kept.number, "code": "1"})
    assert (wrong.status_code, status_on(wrong)) == (422, None)
    opened = client.post(TRACK, typed_on(wrong) | {"number": kept.number, "code": kept.code})
    assert opened.context["rating_form"]["reason"].value() == "still dark"


def test_a_ticket_holds_for_a_day(client, kept, time_machine):
    time_machine.move_to(datetime(2026, 11, 1, 10))
    ticket = tokens.ticket_for(kept.opinion.pk)
    time_machine.move_to(datetime(2026, 11, 2, 9))
    assert status_on(client.post(TRACK, {"ticket": ticket, "action": "add", "note": "more"})) == "submitted"


def test_a_ticket_opens_the_one_opinion_it_names(client, kept):
    other = make.opinion(kept.opinion.station)
    follow_up(client, kept, action="withdraw", number=other.number)
    other.refresh_from_db()
    assert other.state == "submitted"


def test_nothing_else_that_we_signed_is_a_ticket(client, kept):
    ticket = tokens.ticket_for(kept.opinion.pk)
    for wrong in (tokens.issue().text, ticket[:-1], ticket.replace(":", ";"), f"9{ticket}", str(kept.opinion.pk)):
        response = client.post(TRACK, {"ticket": wrong, "action": "withdraw"})
        assert (response.status_code, status_on(response)) == (200, None), wrong
    kept.opinion.refresh_from_db()
    assert kept.opinion.state == "submitted"


# What the page shows


def test_the_page_follows_the_opinion_and_names_nobody(client, kept):
    life = make.Life(kept.opinion, make.organisation(name="Street lamps"))
    shown = []
    for state in ("accepted", "assigned", "handling", "replied", "fed_back", "archived"):
        life.until(state) if state == "accepted" else getattr(life, STEP_TO[state])()
        response = look_up(client, kept)
        shown.append((status_on(response), "mended" in response.content.decode()))
        assert "NAME-OF-A-RESIDENT" not in response.content.decode()
        assert IDENTITY["phone"] not in response.content.decode()
        assert str(life.officer) not in response.content.decode()
        assert str(life.clerk) not in response.content.decode()
        assert ("Street lamps" in response.content.decode()) is (state != "accepted")
    assert shown == [(state, state in ("fed_back", "archived")) for state, _words in shown]
    assert [state for state, _words in shown] == ["accepted", *STEP_TO]


STEP_TO = {
    "assigned": "assign",
    "handling": "acknowledge",
    "replied": "reply",
    "fed_back": "feed_back",
    "archived": "archive",
}


def test_notes_of_the_house_stay_in_the_house(client, kept):
    officer = make.granted("officer")
    place = {"channel": "court", "office": "District court", "phone": "0451-00000000"}
    kept.opinion.move(workflow.REFUSE, by=officer, note="WORDS-OF-THE-HOUSE", **place)
    page = look_up(client, kept).content.decode()
    assert "District court" in page
    assert "WORDS-OF-THE-HOUSE" not in page


def test_lateness_is_admitted(client, kept):
    today = timezone.localdate()
    make.Life(kept.opinion).until("assigned")
    Opinion.objects.filter(pk=kept.opinion.pk).update(reply_due_on=today)
    assert look_up(client, kept).context["opinion"]["is_overdue"] is False
    Opinion.objects.filter(pk=kept.opinion.pk).update(reply_due_on=today - timedelta(days=1))
    response = look_up(client, kept)
    assert response.context["opinion"]["is_overdue"] is True
    assert str(response.context["opinion"]["late_words"]) in response.content.decode()


def test_an_old_opinion_without_a_code_opens_to_nobody(client, kept):
    """Imported ones have no receipt anybody holds; the code of nothing opens nothing."""
    Opinion.objects.filter(pk=kept.opinion.pk).update(
        code_hash="", token_hash=None, received_at=make.moment(date(2020, 1, 1))
    )
    for code in (kept.code, "0" * 11, "00000000000", "x"):
        assert status_on(look_up(client, kept, code=code)) is None


# Beside the main road


def words_on(response):
    return str(response.context["opinion"]["state_words"])


def test_what_was_passed_on_shows_the_other_s_number(client, kept):
    officer = make.granted("officer")
    kept.opinion.move(workflow.PASS_ON, by=officer, body="12345")
    assert "12345" in words_on(look_up(client, kept))
    kept.opinion.move(workflow.FOLLOW, by=officer, note="WORDS-OF-THE-HOUSE", number="HL-77")
    response = look_up(client, kept)
    assert (status_on(response), "HL-77" in words_on(response)) == ("passed_on", True)
    assert "WORDS-OF-THE-HOUSE" not in response.content.decode()


def test_a_merged_one_shows_the_other_s_road_and_not_a_word_of_the_other_resident(client, kept):
    main = make.opinion(kept.opinion.station, body="WORDS-OF-ANOTHER", place="PLACE-OF-ANOTHER")
    main.move(workflow.ADD, by=RESIDENT, note="MORE-OF-ANOTHER")
    make.Life(main, make.organisation(name="Street lamps")).until("fed_back")
    kept.opinion.move(workflow.MERGE, by=make.granted("officer"), main=main)
    response = look_up(client, kept)
    page = response.content.decode()
    assert (status_on(response), "mended" in page, "Street lamps" in page) == ("merged", True, True)
    assert [
        mark for mark in ("WORDS-OF-ANOTHER", "PLACE-OF-ANOTHER", "MORE-OF-ANOTHER", main.number) if mark in page
    ] == []


def test_a_resident_asks_once_to_have_it_handled_again(client, kept):
    told(kept)
    assert look_up(client, kept).context["can_ask_again"] is True
    missing = follow_up(client, kept, action="ask_again", reason=" ")
    assert (missing.status_code, "again_reason_error" in page_of(missing).texts) == (422, True)
    response = follow_up(client, kept, action="ask_again", reason="still dark")
    assert (status_on(response), response.context["can_ask_again"]) == ("rehandling", False)
    assert "mended" in response.content.decode()  # what was answered before stays
    assert kept.opinion.steps.get(move="ask_again").note == "still dark"


def test_what_ends_with_an_explanation_shows_it(client, kept):
    life = make.Life(kept.opinion)
    opinion = life.until("fed_back")
    said = {"score": "dissatisfied", "reason": "dark", "source": "phone", "paper_on": timezone.localdate()}
    opinion.move(workflow.RATE_FOR, by=life.officer, **said)
    opinion.move(workflow.REHANDLE, by=life.officer, note="WORDS-OF-THE-HOUSE")
    life.acknowledge()
    life.reply()
    life.feed_back()
    opinion.move(workflow.RATE_FOR, by=life.officer, **said)
    opinion.move(workflow.CLOSE, by=life.officer, note="the lamp belongs to the estate")
    page = look_up(client, kept).content.decode()
    assert "the lamp belongs to the estate" in page
    assert "WORDS-OF-THE-HOUSE" not in page


def test_nobody_is_said_to_have_been_urged_who_was_not(client, kept):
    life = make.Life(kept.opinion)
    life.until("assigned")
    life.opinion.move(workflow.ASK_EXTENSION, by=life.clerk, until=date(2099, 7, 15), note="parts")
    Opinion.objects.filter(pk=kept.opinion.pk).update(reply_due_on=date(2026, 6, 30))
    plain = str(look_up(client, kept).context["opinion"]["late_words"])
    kept.opinion.steps.create(move="urge", to_state="assigned", at=timezone.now(), actor_kind="user", actor_name="x")
    urged = str(look_up(client, kept).context["opinion"]["late_words"])
    assert ("7" in plain, "15" in plain) == (True, True)
    assert urged != plain
