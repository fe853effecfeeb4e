"""What a public form carries instead of a cookie: ours, of one use, and for a while."""

from datetime import datetime, timedelta

import pytest

from feedback.submissions import tokens

NOON = datetime(2026, 10, 1, 12)


@pytest.fixture
def at(time_machine):
    """Moves the clock to some time after noon."""

    def move(**later):
        time_machine.move_to(NOON + timedelta(**later), tick=False)

    move()
    return move


def test_a_token_is_read_as_it_was_issued():
    token = tokens.issue()
    assert tokens.read(token.text) == token
    assert token.is_second_look is False


def test_no_two_tokens_are_alike():
    assert len({tokens.issue().nonce for _ in range(1_000)}) == 1_000


def test_a_second_look_is_part_of_what_is_signed():
    token = tokens.issue(second_look=True)
    assert tokens.read(token.text).is_second_look is True
    with pytest.raises(tokens.Forged):
        tokens.read(tokens.SECOND_LOOK + tokens.issue().text)


def test_a_token_lives_seven_days(at):
    text = tokens.issue().text
    at(days=7)
    assert tokens.read(text).text == text
    at(days=7, seconds=1)
    with pytest.raises(tokens.Stale):
        tokens.read(text)


def test_a_ticket_lives_a_day_and_names_one_matter(at):
    ticket = tokens.ticket_for(31)
    at(days=1)
    assert tokens.read_ticket(ticket) == 31
    at(days=1, seconds=1)
    with pytest.raises(tokens.Stale):
        tokens.read_ticket(ticket)


def test_a_token_is_no_ticket_and_a_ticket_no_token():
    with pytest.raises(tokens.Forged):
        tokens.read_ticket(tokens.issue().text)
    with pytest.raises(tokens.Forged):
        tokens.read(tokens.ticket_for(31))


@pytest.mark.parametrize("text", ["", ":", "::", "31", "31:1:1", "\x00", "路:灯:坏", "x" * 100_000])
def test_what_we_did_not_sign_is_forged(text):
    for read in (tokens.read, tokens.read_ticket):
        with pytest.raises(tokens.Forged):
            read(text)


def test_every_changed_letter_is_found():
    text = tokens.issue().text
    for place, letter in enumerate(text):
        with pytest.raises(tokens.Forged):
            tokens.read(f"{text[:place]}{'B' if letter != 'B' else 'A'}{text[place + 1 :]}")


def test_another_installation_s_token_is_not_ours(settings):
    text = tokens.issue().text
    settings.SECRET_KEY = "another secret of at least thirty-two characters"
    with pytest.raises(tokens.Forged):
        tokens.read(text)
