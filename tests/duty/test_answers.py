"""A representative writes to the station about an opinion put to them; nobody else reads it before it is reviewed."""

import pytest

from feedback.opinions import progress, workflow
from feedback.opinions.models import Opinion
from liaison.accounts.roles import ROLES
from liaison.tools.workflow import Actor, MoveRefused
from tests.duty.conftest import heard, proposed, said, signed_in, taken_up
from tests.support import factories as make

WORDS = "Told them at the gate: lamps come in May"


def page_of(opinion):
    return f"/mine/opinions/{opinion.pk}/"


def write(by, opinion, text=WORDS):
    return by.client.post(page_of(opinion), {"text": text})


@pytest.mark.parametrize("how", [heard, taken_up, proposed])
def test_what_is_written_stands_on_one_s_own_page_and_in_the_house(how, station, mine, other):
    opinion = how(station, mine)
    assert write(mine, opinion).url == f"{page_of(opinion)}#answers"
    assert WORDS in mine.client.get(page_of(opinion)).text
    change = f"/admin/opinions/opinion/{opinion.pk}/change/"
    house = signed_in(make.staff(station)).get(change).text
    assert all(words in house for words in (WORDS, mine.mandate.person.name, "代表的意见和处理"))
    opinion.refresh_from_db()
    assert opinion.state == "submitted"


def test_it_is_told_neither_the_resident_nor_the_department_nor_another_representative(station, mine, other):
    opinion = heard(station, mine)
    opinion.visit.attendances.create(mandate=other.mandate)
    life = make.Life(opinion)
    life.until("handling")
    write(mine, opinion)
    opinion = Opinion.objects.get(pk=opinion.pk)
    assert WORDS not in str(progress.for_resident(opinion))
    assert WORDS not in signed_in(life.clerk).get(f"/admin/opinions/opinion/{opinion.pk}/change/").text
    assert WORDS not in other.client.get(page_of(opinion)).text
    assert "代表的意见和处理" in other.client.get(page_of(opinion)).text  # that there is one, and no word of it


def test_somebody_else_s_opinion_is_not_there_to_write_about(station, mine, other):
    for opinion in (heard(station, other), said(station)):
        assert write(mine, opinion).status_code == 404
        assert not opinion.steps.filter(move="represent").exists()


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "路" * 2001, "half \ufffd"])
def test_what_cannot_be_kept_is_said_beside_the_field(text, station, mine):
    opinion = heard(station, mine)
    page = write(mine, opinion, text)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["text"])
    assert 'aria-invalid="true"' in page.text
    assert not opinion.steps.filter(move="represent").exists()


def test_two_thousand_characters_are_kept_and_the_same_words_once(station, mine):
    opinion = heard(station, mine)
    for _press in range(2):
        assert write(mine, opinion, "路" * 2000).status_code == 302
    write(mine, opinion, "more")
    assert [step.note for step in opinion.steps.filter(move="represent")] == ["路" * 2000, "more"]


def test_of_what_has_ended_nothing_more_is_written(station, mine):
    opinion = heard(station, mine)
    make.Life(opinion).until("archived")
    assert "<textarea" not in mine.client.get(page_of(opinion)).text
    page = write(mine, opinion)
    assert (page.status_code, WORDS in page.text) == (422, False)  # there is no form any more
    assert "不能这样操作" in page.text


def test_the_door_takes_it_from_representatives_alone(station):
    opinion = make.opinion(station)
    with pytest.raises(MoveRefused):
        opinion.move(workflow.REPRESENT, by=make.granted("officer"), note=WORDS)
    opinion.move(workflow.REPRESENT, by=Actor("representative", "Ann", 7), note=WORDS)
    assert opinion.steps.last().actor_name == "Ann"


def test_without_the_permission_opinions_are_read_and_not_answered(station, mine, monkeypatch):
    opinion = heard(station, mine)
    label, held = ROLES["representative"]
    monkeypatch.setitem(ROLES, "representative", (label, held - {"duty.answer_own_opinions"}))
    assert mine.client.get(page_of(opinion)).status_code == 200
    assert write(mine, opinion).status_code == 403
