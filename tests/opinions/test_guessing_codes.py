"""Guessed query codes: slowed by receipt and network, never the neighbour who only looks up their own (R3)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from feedback.opinions import intake
from feedback.submissions import guessing, receipts
from feedback.submissions.models import Miss
from liaison.audit.models import Entry
from tests.submissions.saying import page_of
from tests.support import factories as make

TRACK = "/opinions/track/"
HOME, ELSEWHERE, PROXY = "198.51.100.7", "203.0.113.9", "10.0.0.1"
ATTACK = [f"192.0.2.{number}" for number in range(1, 101)]


@pytest.fixture
def receipt():
    make.office()
    return intake.take(intake.Said(body="the lamp is out", place="Pine Court 3", station=make.station(), reporter={}))


def wrong(turn=0) -> str:
    """A code that could be one, and is none of ours."""
    return receipts.code_of(f"guess {turn}")


def ask(number, code, network=HOME, **headers):
    return Client(REMOTE_ADDR=network, **headers).post(TRACK, {"number": number, "code": code})


def opens(receipt, network=HOME, **headers) -> bool:
    return ask(receipt.opinion.number, receipt.code, network, **headers).status_code == 200


def besieged(networks=ATTACK):
    """The budget of the hour is spent by many."""
    each = -(-guessing.BUDGET // len(networks))
    rows = [Miss(network=network, number=f"YJ-2026-{turn}") for network in networks for turn in range(each)]
    Miss.objects.bulk_create(rows)


def test_five_wrong_codes_for_one_number_and_the_network_waits_for_it(receipt):
    answers = [ask(receipt.opinion.number, wrong(turn)) for turn in range(8)]
    assert [page.status_code for page in answers] == [422] * 5 + [429] * 3
    assert answers[-1]["Retry-After"] == "900"
    assert not opens(receipt)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert opens(receipt)


def test_who_has_to_wait_is_told_how_long_and_keeps_what_was_typed(receipt):
    for turn in range(6):
        page = ask(receipt.opinion.number, wrong(turn))
    with translation.override("zh-hans"):
        assert "查错次数太多，请15分钟后再试" in page.content.decode()
    assert receipt.opinion.number in str(page_of(page).elements)
    assert page["Cache-Control"] == "no-store"


def test_the_neighbour_and_every_other_network_look_up_as_ever(receipt):
    other = intake.take(
        intake.Said(body="the road", place="Pine Court 4", station=receipt.opinion.station, reporter={})
    )
    for turn in range(8):
        ask(receipt.opinion.number, wrong(turn))
    assert opens(other)
    assert opens(receipt, ELSEWHERE)


def test_whoever_mistypes_never_waits(receipt):
    digits = receipt.code
    slips = [digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :] for place in range(11)]
    answers = [ask(receipt.opinion.number, code).status_code for code in [*slips, digits[:5], "abc", "²" * 11]]
    assert (answers, Miss.objects.count()) == ([422] * 14, 0)
    assert opens(receipt)


def test_an_unknown_number_is_counted_like_a_known_one(receipt):
    known, unknown = (
        [ask(number, wrong()).status_code for _ in range(7)] for number in (receipt.opinion.number, "YJ-1")
    )
    assert known == unknown == [422] * 5 + [429] * 2


def test_a_hundred_networks_open_nothing_and_are_held_to_ten_each(receipt):
    """Numbers by turns, as fast as they may; the auditor is told once, and the holder of the code comes in at once."""
    besieged(ATTACK[:50])
    answers = [ask(f"YJ-2026-{turn}", wrong(turn), network).status_code for network in ATTACK for turn in range(12)]
    assert 200 not in answers
    assert answers.count(422) == 50 * guessing.TRIES_BESIEGED
    assert Entry.objects.filter(action=guessing.ALARM).count() == 1
    assert opens(receipt)


def test_without_a_siege_only_what_was_missed_is_held_back(receipt):
    answers = [ask(f"YJ-2026-{turn}", wrong(turn)).status_code for turn in range(30)]
    assert answers == [422] * 30
    assert Entry.objects.filter(action=guessing.ALARM).count() == 0


def test_after_an_hour_nothing_is_kept_of_who_missed(receipt):
    besieged()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert not guessing.is_besieged()
        ask("YJ-1", wrong())
        assert Miss.objects.count() == 1


@pytest.mark.parametrize("forged", ["203.0.113.{n}", "203.0.113.{n}, 198.51.100.{n}", "x{n}", "::{n}, , "])
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_header_of_the_client_s_own_makes_no_other_network(forged, proxies, receipt, settings):
    settings.TRUSTED_PROXY_COUNT = proxies
    ending, asker = (f", {HOME}", PROXY) if proxies else ("", HOME)
    for turn in range(6):
        header = forged.format(n=turn) + ending
        page = ask(receipt.opinion.number, wrong(turn), asker, HTTP_X_FORWARDED_FOR=header)
    assert page.status_code == 429
    assert set(Miss.objects.values_list("network", flat=True)) == {HOME}


def test_nobody_shuts_out_another_by_naming_their_network(receipt, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for turn in range(8):
        ask(receipt.opinion.number, wrong(turn), PROXY, HTTP_X_FORWARDED_FOR=f"{HOME}, {ELSEWHERE}")
    assert opens(receipt, PROXY, HTTP_X_FORWARDED_FOR=HOME)


def test_a_number_that_grows_when_read_and_a_request_from_nowhere_are_counted_too(receipt):
    assert ask("\ufdfa" * 40, wrong()).status_code == 422
    assert ask(receipt.opinion.number, wrong(), "").status_code == 422
    assert sorted(map(len, Miss.objects.values_list("number", flat=True)))[-1] <= 40
