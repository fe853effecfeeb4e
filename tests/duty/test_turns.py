"""A representative's own days: confirmed, given back, swapped; each by a form that needs no script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liaison.accounts.models import Grant
from liaison.accounts.roles import ROLES
from stations.receptions import turn_moves as moves
from stations.receptions.models import Reception, TurnRequest
from tests.duty.conftest import receives, representative
from tests.support import factories as make

TODAY = timezone.localdate()


def page_of(reception, rest=""):
    return f"/mine/receptions/{reception.pk}/{rest}"


def press(by, reception, act, **more):
    return by.client.post(page_of(reception), {"act": act} | more)


def ask(by, reception, to, in_return=None, **more):
    kept = f"{in_return.pk}-{to.mandate.pk}" if in_return else ""
    return by.client.post(page_of(reception, "swap/"), {"to": to.mandate.pk, "in_return": kept, "reason": ""} | more)


def words_of(by, reception):
    (turn,) = [t for t in by.client.get("/mine/receptions/").context["receptions"] if t.reception == reception]
    return turn.words


def receiving(reception):
    return set(reception.mandates.all())


@pytest.fixture
def soon(station, mine):
    return receives(station, mine, in_days=5)


@pytest.fixture
def later(station, other):
    return receives(station, other, in_days=9)


def test_a_day_waits_to_be_confirmed_and_then_is(mine, soon):
    assert words_of(mine, soon) == "待确认"
    assert "确认参加" in mine.client.get("/mine/receptions/").text
    assert press(mine, soon, "confirm").url == page_of(soon)
    assert words_of(mine, soon) == "已确认"
    assert "确认参加" not in mine.client.get(page_of(soon)).text


def test_a_day_that_was_moved_is_to_be_confirmed_anew(mine, soon):
    press(mine, soon, "confirm")
    Reception.objects.update(date=soon.date + timedelta(days=1))
    assert words_of(mine, soon) == "待确认"


def test_leave_is_asked_with_its_reason_and_stands_until_the_station_has_answered(station, mine, soon):
    page = press(mine, soon, "leave", reason="")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    assert 'aria-invalid="true"' in page.text
    press(mine, soon, "leave", reason="away on business")
    assert words_of(mine, soon) == "已请假，等联络站答复"
    (request,) = TurnRequest.objects.all()
    request.move(moves.GRANT, by=make.staff(station))
    assert words_of(mine, soon) == "已请假"
    assert receiving(soon) == set()
    assert mine.client.get(page_of(soon)).status_code == 200  # still told, with the station's telephone
    assert station.phone in mine.client.get(page_of(soon)).text


def test_what_was_asked_is_read_while_it_waits(mine, other, soon, later):
    ask(mine, soon, other, later, reason="a wedding")
    page = mine.client.get(page_of(soon)).text
    assert other.mandate.person.name in page
    assert "a wedding" in page


def test_what_the_station_noted_with_its_answer_is_read(station, mine, soon):
    press(mine, soon, "leave", reason="away")
    TurnRequest.objects.get().move(moves.REFUSE, by=make.staff(station), note="nobody else can come")
    assert "nobody else can come" in mine.client.get(page_of(soon)).text
    assert words_of(mine, soon) == "待确认"


def test_a_request_is_withdrawn(mine, soon):
    press(mine, soon, "leave", reason="away")
    press(mine, soon, "withdraw")
    assert TurnRequest.objects.get().state == "withdrawn"
    assert words_of(mine, soon) == "待确认"


def test_two_swap_their_days(mine, other, soon, later):
    form = mine.client.get(page_of(soon, "swap/")).context["form"]
    assert list(form.others.values()) == [other.mandate]
    assert list(form.days) == [f"{later.pk}-{other.mandate.pk}"]
    assert ask(mine, soon, other, later, reason="a meeting").url == page_of(soon)
    assert words_of(mine, soon) == "换班中"
    for address in ("/mine/", "/mine/receptions/", page_of(soon)):
        assert "a meeting" in other.client.get(address).text
    (request,) = TurnRequest.objects.all()
    assert press(other, soon, "agree", request=request.pk).url == page_of(soon)
    assert (receiving(soon), receiving(later)) == ({other.mandate}, {mine.mandate})
    assert (words_of(other, soon), words_of(mine, later)) == ("已确认", "已确认")
    assert "a meeting" not in other.client.get("/mine/").text


def test_a_day_that_another_took_over_says_by_whom(mine, other, soon, later):
    ask(mine, soon, other, later)
    (request,) = TurnRequest.objects.all()
    press(other, soon, "agree", request=request.pk)
    for giver, day, taker in ((mine, soon, other), (other, later, mine)):
        words = f"已由{taker.mandate.person.name}接替"
        for address in (page_of(day), page_of(day, "swap/"), "/mine/receptions/"):
            page = giver.client.get(address)
            assert (page.status_code, words in page.text) == (200, True), address
        pressed = press(giver, day, "leave", reason="away")
        assert (pressed.status_code, words in pressed.text) == (422, True)
    assert not TurnRequest.objects.exclude(pk=request.pk).exists()


def test_a_day_that_came_back_is_theirs_again(mine, other, soon):
    ask(mine, soon, other)
    press(other, soon, "agree", request=TurnRequest.objects.get().pk)
    soon.mandates.set([mine.mandate])
    assert words_of(mine, soon) == "待确认"
    assert "接替" not in mine.client.get("/mine/receptions/").text
    TurnRequest.objects.all().delete()
    soon.mandates.set([other.mandate])
    assert mine.client.get(page_of(soon)).status_code == 404


def test_who_does_not_agree_is_led_back_and_the_day_is_theirs_no_more(mine, other, soon):
    ask(mine, soon, other)
    assert press(other, soon, "decline", request=TurnRequest.objects.get().pk).url == "/mine/receptions/"
    assert other.client.get(page_of(soon)).status_code == 404
    assert "已拒绝" in mine.client.get(page_of(soon)).text


def test_whom_to_ask_must_be_chosen_and_the_day_must_be_theirs(station, mine, other, soon, later):
    third = representative(station)
    pages = [
        mine.client.post(page_of(soon, "swap/"), {"to": ""}),
        mine.client.post(page_of(soon, "swap/"), {"to": mine.mandate.pk}),
        mine.client.post(page_of(soon, "swap/"), {"to": "x" * 5000, "reason": "路" * 201}),
        mine.client.post(page_of(soon, "swap/"), {"to": third.mandate.pk, "in_return": f"{later.pk}-999999"}),
        mine.client.post(
            page_of(soon, "swap/"), {"to": third.mandate.pk, "in_return": f"{later.pk}-{other.mandate.pk}"}
        ),
    ]
    assert [page.status_code for page in pages] == [422] * 5
    assert [sorted(page.context["form"].errors) for page in pages] == [
        ["to"],
        ["to"],
        ["reason", "to"],
        ["in_return"],
        ["in_return"],
    ]
    assert not TurnRequest.objects.exists()


def test_days_stand_under_their_representative_and_choosing_one_is_choosing_whom_to_ask(
    station, mine, other, soon, later
):
    third = representative(station)
    page = mine.client.get(page_of(soon, "swap/"))
    assert page.text.count("<optgroup") == 1
    assert f'<optgroup label="{other.mandate.person.name}">' in page.text
    assert mine.client.post(page_of(soon, "swap/"), {"in_return": f"{later.pk}-{other.mandate.pk}"}).status_code == 302
    asked = TurnRequest.objects.get()
    assert (asked.to, asked.in_return, third.client.get("/mine/").context["asked"]) == (other.mandate, later, [])


def test_what_is_refused_is_said_on_the_page(station, mine, other, soon):
    ask(mine, soon, other)
    page = press(mine, soon, "confirm")
    assert (page.status_code, "不能这样操作" in page.text) == (422, True)
    soon.mandates.add(other.mandate)
    page = press(other, soon, "agree", request=TurnRequest.objects.get().pk)
    assert (page.status_code, other.mandate.person.name in page.text) == (422, True)


@pytest.mark.parametrize("act", ["", "nothing", "agree", "decline", "withdraw", "\x00"])
@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30, "\x00"])
def test_a_press_of_nothing_is_refused_in_words(act, asked, mine, soon):
    page = press(mine, soon, act, request=asked)
    assert (page.status_code, "不能这样操作" in page.text) == (422, True)


def test_of_a_day_that_has_begun_nothing_is_asked(station, mine, other):
    today = receives(station, mine, in_days=0, hours=(0, 1))
    assert press(mine, today, "leave", reason="away").status_code == 422
    assert mine.client.get(page_of(today, "swap/")).url == page_of(today)
    assert "请假" not in mine.client.get(page_of(today)).text


def test_of_a_day_that_is_cancelled_or_has_begun_nothing_is_to_be_confirmed(station, mine):
    cancelled = receives(station, mine, in_days=5, status="cancelled", reason="repairs")
    begun = receives(station, mine, in_days=0, hours=(0, 1))
    for day in (cancelled, begun):
        assert words_of(mine, day) == ""
        assert "待确认" not in mine.client.get(page_of(day)).text


def test_a_day_on_leave_that_is_cancelled_is_not_to_be_telephoned_about(station, mine, soon):
    press(mine, soon, "leave", reason="away")
    TurnRequest.objects.get().move(moves.GRANT, by=make.staff(station))
    assert "已请假" in mine.client.get(page_of(soon)).text
    Reception.objects.update(status="cancelled")
    page = mine.client.get(page_of(soon))
    assert (page.context["turn"].key, "已请假" in page.text) == ("", False)


def test_the_page_of_a_day_says_when_where_and_with_whom_each_once(mine, other, soon):
    Reception.objects.update(place="Hall")
    ask(mine, soon, other)
    for by in (mine, other):
        page = by.client.get(page_of(soon)).text
        assert re.findall("<dt>(.+?)</dt>", page) == ["接待时间", "联络站", "接待代表", "地点"]
        assert page.count("<time ") == 1


def test_somebody_else_s_day_is_not_there(mine, other, later):
    theirs = [mine.client.get(page_of(later, rest)) for rest in ("", "swap/")]
    posted = [press(mine, later, "confirm"), ask(mine, later, other)]
    nobody_s = mine.client.get("/mine/receptions/987654/")
    assert [page.status_code for page in theirs + posted] == [404] * 4
    assert theirs[0].content == nobody_s.content
    assert mine.client.get(f"/mine/receptions/{10**30}/").status_code == 404


def test_nobody_answers_what_was_asked_of_somebody_else(station, mine, other, soon):
    third = representative(station)
    soon.mandates.add(third.mandate)
    ask(mine, soon, other)
    assert press(third, soon, "agree", request=TurnRequest.objects.get().pk).status_code == 422
    assert press(mine, soon, "agree", request=TurnRequest.objects.get().pk).status_code == 422
    assert receiving(soon) == {mine.mandate, third.mandate}


def test_without_the_permission_days_are_read_and_not_changed(mine, soon, monkeypatch):
    label, held = ROLES["representative"]
    monkeypatch.setitem(ROLES, "representative", (label, held - {"duty.change_own_turns"}))
    assert mine.client.get(page_of(soon)).status_code == 200
    assert press(mine, soon, "confirm").status_code == 403


def test_a_form_from_elsewhere_is_not_taken(mine, soon):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mine.user)
    assert client.post(page_of(soon), {"act": "confirm"}).status_code == 403


def test_a_colleague_without_an_account_may_be_asked_and_the_station_answers(station, mine, soon):
    (colleague,) = make.placed(station)
    page = mine.client.get(page_of(soon, "swap/"))
    assert "没有账号" in page.text
    mine.client.post(page_of(soon, "swap/"), {"to": colleague.pk})
    assert TurnRequest.objects.for_the_station(TODAY).get().to == colleague


def test_whoever_stands_alone_is_told_to_ask_leave(mine, soon):
    assert "请假" in mine.client.get(page_of(soon, "swap/")).text


def test_large_print_stays_in_the_address_after_a_form(mine, soon):
    page = mine.client.post(f"{page_of(soon)}?size=large", {"act": "confirm"})
    assert page.url == f"{page_of(soon)}?size=large"


def test_a_representative_whose_role_reaches_another_district_keeps_their_own_days(mine, soon):
    Grant.objects.update(division=make.division(make.NANGANG))
    press(mine, soon, "confirm")
    assert words_of(mine, soon) == "已确认"
