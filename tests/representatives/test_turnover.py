"""换届: previewed, confirmed as previewed, all or nothing, and once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liaison.audit.models import Entry
from representatives import turnover
from representatives.models import Mandate, MandateStatus, Term
from representatives.turnover import Changed, Plan, carry_out
from stations.register.models import StationAssignment
from tests.access.crawling import signed_in
from tests.access.filling import errors_on
from tests.support import factories as make

PAGE = "/admin/representatives/term/turnover/"


@pytest.fixture
def officer():
    return make.granted("officer")


@pytest.fixture
def station():
    return make.station()


@pytest.fixture
def two(station):
    """One who will be elected again, one who will not."""
    return make.placed(station, 2)


def first_day():
    return timezone.localdate() - timedelta(days=3)


def plan(mandate, elected_again=()):
    return Plan(mandate.term.congress, 19, first_day(), frozenset(row.pk for row in elected_again))


def done(mandate, elected_again=()):
    made = plan(mandate, elected_again)
    return carry_out(made, made.digest, make.user())


def everything():
    models = (Term, Mandate, MandateStatus, StationAssignment)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_who_is_elected_again_goes_on_and_the_others_end(two):
    again, over = two
    Mandate.objects.filter(pk=again.pk).update(electoral_district="River 7")
    done(again, [again])
    last_day = first_day() - timedelta(days=1)
    term = Term.objects.get(ordinal=19)
    assert (term.starts_on, Term.objects.get(ordinal=18).ends_on) == (first_day(), last_day)
    ended = Mandate.objects.filter(pk__in=[again.pk, over.pk]).values_list("status", "ends_on")
    assert list(ended) == [("ended", last_day)] * 2
    new = Mandate.objects.get(term=term)
    assert (new.person, new.electoral_district, new.starts_on, new.status) == (
        *(again.person, "River 7"),
        *(first_day(), "active"),
    )
    lines = MandateStatus.objects.filter(mandate=over).values_list("status", "since", "reason")
    assert list(lines) == [("active", over.starts_on, None), ("ended", last_day, "term_over")]


def test_places_end_with_the_mandates_and_go_on_with_who_goes_on(two, station):
    again, over = two
    done(again, [again])
    rows = StationAssignment.objects.order_by("pk").values_list(
        "mandate__person", "valid_from", "valid_to", "is_primary"
    )
    last_day = first_day() - timedelta(days=1)
    assert list(rows) == [
        (again.person_id, date(2022, 1, 1), last_day, True),
        (over.person_id, date(2022, 1, 1), last_day, True),
        (again.person_id, first_day(), None, True),
    ]


def test_who_is_registered_in_the_new_term_already_goes_on_with_that_seat(two):
    again, _over = two
    term = Term.objects.create(congress=again.term.congress, ordinal=19, starts_on=first_day())
    Mandate.objects.create(person=again.person, term=term, electoral_district="new", starts_on=first_day())
    result = done(again)
    assert [row.pk for row in result.going_on] == [again.pk]
    assert Mandate.objects.get(term=term).electoral_district == "new"
    assert StationAssignment.objects.get(mandate__term=term).valid_from == first_day()


def test_a_second_time_changes_nothing(two):
    done(two[0], [two[0]])
    before, entries = everything(), Entry.objects.count()
    done(two[0], [two[0]])
    done(two[0])
    assert (everything(), Entry.objects.count()) == (before, entries)


def test_one_act_leaves_one_line_in_the_trail(two):
    done(two[0], [two[0]])
    entry = Entry.objects.get(action="turnover")
    assert {"term": 19, "ended": 1, "went_on": 1}.items() <= entry.detail.items()


@pytest.mark.parametrize("change", ["a mandate", "a place"])
def test_what_changed_after_the_preview_is_not_carried_out(change, two, station):
    made = plan(two[0])
    digest = made.digest
    if change == "a mandate":
        make.mandate()
    else:
        StationAssignment.objects.filter(mandate=two[0]).update(is_primary=False)
    before = everything()
    with pytest.raises(Changed):
        carry_out(made, digest, make.user())
    assert everything() == before


def test_it_is_done_whole_or_not_at_all(two, monkeypatch):
    made, before = plan(two[0], [two[0]]), everything()
    digest = made.digest

    def breaks(*_args):
        raise RuntimeError

    monkeypatch.setattr(turnover, "end_what_hangs_there", breaks)
    with pytest.raises(RuntimeError):
        carry_out(made, digest, make.user())
    assert everything() == before


def test_another_congress_is_left_alone(two):
    town = make.mandate(f"{make.DAOLI}102")
    done(two[0])
    town.refresh_from_db()
    assert town.status == "active"


def test_an_earlier_end_stays_what_it_was(two):
    early = first_day() - timedelta(days=30)
    Mandate.objects.filter(pk=two[0].pk).update(ends_on=early)
    done(two[0])
    assert Mandate.objects.get(pk=two[0].pk).ends_on == early


def address(mandate):
    return f"{PAGE}?congress={mandate.term.congress_id}"


def posted(client, mandate, again=(), **facts):
    data = {"ordinal": "19", "starts_on": first_day().isoformat(), "elected_again": [row.pk for row in again]}
    return client.post(address(mandate), data | facts)


def test_the_page_previews_and_does_nothing_until_it_is_confirmed(two, officer):
    client, before = signed_in(officer), everything()
    assert two[0].term.congress.name in client.get(PAGE).content.decode()
    assert two[0].person.name in client.get(address(two[0])).content.decode()
    answer = posted(client, two[0], [two[0]])
    shown = answer.context["plan"]
    assert ([row.pk for row in shown.going_on], [row.pk for row in shown.ending]) == ([two[0].pk], [two[1].pk])
    assert everything() == before
    confirmed = client.post(address(two[0]), {"plan": answer.context["token"]})
    assert confirmed.status_code == 302
    assert Mandate.objects.filter(status="ended").count() == 2
    again, after = client.post(address(two[0]), {"plan": answer.context["token"]}), everything()
    assert again.status_code == 200
    assert everything() == after


def test_the_page_previews_anew_what_has_changed(two, officer):
    client = signed_in(officer)
    token = posted(client, two[0]).context["token"]
    newcomer = make.mandate()
    answer = client.post(address(two[0]), {"plan": token})
    assert newcomer.pk in [row.pk for row in answer.context["plan"].ending]
    assert not Mandate.objects.filter(status="ended").exists()
    assert client.post(address(two[0]), {"plan": answer.context["token"]}).status_code == 302


def test_a_forged_or_borrowed_preview_confirms_nothing(two, officer):
    client, other = signed_in(officer), signed_in(make.granted("officer"))
    token = posted(client, two[0]).context["token"]
    for someone, plan in ((other, token), (client, f"{token}x"), (client, "\x00")):
        assert someone.post(address(two[0]), {"plan": plan}).status_code == 302
    assert not Mandate.objects.filter(status="ended").exists()


def test_another_district_s_congress_is_not_there(two, officer):
    theirs = make.mandate(make.NANGANG)
    client = signed_in(officer)
    answer = posted(client, theirs)
    assert "plan" not in answer.context
    assert theirs.term.congress.name not in answer.content.decode()
    for odd in ("x", "9" * 40, "-1"):
        assert client.get(PAGE, {"congress": odd}).status_code == 200


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ordinal": "17"}, "ordinal"),
        ({"ordinal": "x"}, "ordinal"),
        ({"starts_on": "2021-12-01"}, "starts_on"),
        ({"starts_on": "2199-01-01"}, "starts_on"),
        ({"ordinal": "18"}, "starts_on"),
        ({"elected_again": ["999999"]}, "elected_again"),
        ({"elected_again": ["x"]}, "elected_again"),
    ],
)
def test_wrong_words_stand_beside_their_field(facts, field, two, officer):
    assert errors_on(posted(signed_in(officer), two[0], **facts)) == {field}


def test_the_page_asks_the_same_for_one_and_for_three(two, officer, django_assert_num_queries):
    client = signed_in(officer)
    client.get(address(two[0]))
    with django_assert_num_queries(7):
        client.get(address(two[0]))
    make.mandate()
    with django_assert_num_queries(7):
        client.get(address(two[0]))
