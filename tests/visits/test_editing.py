"""Two people at the same visit: the second is told, keeps their own words, and decides."""

import pytest
from django.test import Client

from stations.visits.models import Visit
from tests.support import factories as make
from tests.visits.typing import errors_of, page_fields


@pytest.fixture
def visit(station, mandates):
    return make.visit(station, place="Hall", content="first words", results="none", present=mandates)


@pytest.fixture
def address(visit):
    return f"/admin/visits/visit/{visit.pk}/change/"


@pytest.fixture
def other(station, mandates):
    client = Client()
    client.force_login(make.staff(station, username="other"))
    return client


def test_the_second_is_told_what_the_first_has_changed_and_loses_nothing(clerk, other, address, visit):
    mine = page_fields(clerk.get(address))
    theirs = page_fields(other.get(address)) | {"place": "Library", "guests-lines": "街道办 周某"}
    assert other.post(address, theirs).status_code == 302
    response = clerk.post(address, mine | {"content": "my words"})
    assert "__all__" in errors_of(response)
    conflict = response.context["conflict"]
    assert (str(conflict["by"]), [row["now"] for row in conflict["of"]]) == ("other", ["Library", "街道办 周某"])
    assert Visit.objects.get().content == "first words"
    again = page_fields(response)
    assert (again["content"], again["place"]) == (["my words"], ["Library"])
    assert clerk.post(address, again).status_code == 302
    visit.refresh_from_db()
    assert (visit.content, visit.place, visit.guests.get().name) == ("my words", "Library", "周某")


def test_where_both_changed_the_same_mine_stands_until_i_decide(clerk, other, address, visit):
    mine = page_fields(clerk.get(address)) | {"content": "my words"}
    other.post(address, page_fields(other.get(address)) | {"content": "their words"})
    response = clerk.post(address, mine)
    assert [row["now"] for row in response.context["conflict"]["of"]] == ["their words"]
    assert page_fields(response)["content"] == ["my words"]
    assert Visit.objects.get().content == "their words"
    clerk.post(address, page_fields(response))
    assert Visit.objects.get().content == "my words"


def test_a_roll_i_had_not_touched_is_theirs(clerk, other, address, visit, mandates):
    mine = page_fields(clerk.get(address)) | {"results": "mine"}
    other.post(address, page_fields(other.get(address)) | {"present": [str(mandates[5].pk)]})
    again = page_fields(clerk.post(address, mine))
    assert (again["present"], again["results"]) == ([str(mandates[5].pk)], ["mine"])


def test_one_writer_alone_is_never_asked(clerk, address, visit):
    for words in ("second", "third"):
        assert clerk.post(address, page_fields(clerk.get(address)) | {"content": words}).status_code == 302
    visit.refresh_from_db()
    assert (visit.content, visit.version, str(visit.changed_by)) == ("third", 3, "writer")


@pytest.mark.parametrize("opened", ["", "x", "[]", '{"place": 3}', "{"])
def test_what_a_page_carries_is_not_trusted(clerk, other, address, opened):
    mine = page_fields(clerk.get(address)) | {"opened": opened, "prints": opened, "content": "mine"}
    other.post(address, page_fields(other.get(address)) | {"place": "Library"})
    response = clerk.post(address, mine)
    assert response.status_code == 200
    assert page_fields(response)["content"] == ["mine"]


def test_a_draft_from_before_somebody_else_saved_meets_the_same_question(clerk, other, address):
    mine = page_fields(clerk.get(address)) | {"content": "my draft"}
    draft = clerk.post("/admin/visits/visit/draft/", mine).json()["draft"]
    other.post(address, page_fields(other.get(address)) | {"place": "Library"})
    restored = page_fields(clerk.get(address, {"draft": draft}))
    assert restored["content"] == ["my draft"]
    response = clerk.post(address, restored)
    assert [row["now"] for row in response.context["conflict"]["of"]] == ["Library"]
