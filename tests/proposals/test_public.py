"""What the public reads: published proposals only, reviewed words only."""

from urllib.parse import quote

import pytest

from tests.support import factories as make


def published(here, **facts):
    facts = {"is_published": True, "public_text": "REVIEWED text"} | facts
    return make.Road(here.proposal(text="DRAFT words", **facts), here.department).until("replied")


def test_a_published_one_is_listed_and_read(here, client):
    opinion = make.opinion(here.station, body="CANARY of the resident")
    proposal = published(here, opinions=[opinion], public_reply="HIDDEN reply")
    page = client.get("/proposals/").content.decode()
    assert proposal.title in page
    assert 'data-count="1"' in page
    page = client.get(f"/proposals/{proposal.key}/").content.decode()
    assert "REVIEWED text" in page
    assert here.mandate.person.name in page
    for hidden in ("DRAFT", "HIDDEN", "CANARY", "mended", opinion.number):
        assert hidden not in page, hidden


def test_a_reply_is_read_only_when_published(here, client):
    proposal = published(here, reply_is_published=True, public_reply="REVIEWED reply")
    page = client.get(f"/proposals/{proposal.key}/").content.decode()
    assert "REVIEWED reply" in page
    assert "mended" not in page


def test_what_is_not_published_is_not_there(here, client):
    hidden = here.proposal(public_text="REVIEWED text")
    unreviewed = here.proposal(is_published=True, public_text="REVIEWED text")
    far = make.proposal(make.mandate(make.NANGANG), is_published=True, public_text="REVIEWED text")
    make.Road(far).until("reviewed")
    assert 'data-count="0"' in client.get("/proposals/").content.decode()
    for proposal in (hidden, unreviewed, far):
        assert client.get(f"/proposals/{proposal.key}/").status_code == 404


KEYS = [
    *("JY-230102-18-0-999", "JY-230102-18-0-7x", "JY-230102-18-0", "jy-230102-18-0-1", "JY-１-1-1-1", "\x00", "路"),
    *("JY-230102-18-0-" + "9" * 30, "9" * 5_000, "..%2f", "JY-230102-18--1-1", "JY-230102-999-999-99999"),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_any_shape_is_not_there(key, here, client):
    published(here)
    assert client.get(f"/proposals/{quote(key)}/").status_code in (400, 404)


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30, ""])
def test_a_page_that_is_none_is_the_nearest(page, here, client):
    published(here)
    assert client.get("/proposals/", {"page": page}).status_code == 200
