"""Every address x everybody x every method. The addresses come from the URLconf, the answers from matrix.py."""

from collections import Counter
from collections.abc import Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.template.backends.django import Template
from django.urls import include, path

from feedback.proposals.models import ReplyType
from liaison import urls
from liaison.audit.models import Entry
from liaison.remarks.models import Remark
from liaison.rulebook.models import CalendarYear, Category, Clock, Office
from representatives.models import (
    ChecklistItem,
    CommitteePost,
    Congress,
    CorrectionRequest,
    DutyEntry,
    DutyStatement,
    Group,
    VoterReport,
)
from tests.access import matrix, world
from tests.access.knocking import Door, answer_of, routes
from tests.access.test_headers import CSP, LOCKED_UP, expected_at, is_kept_nowhere, wrong

REFUSED = (matrix.FORBIDDEN, matrix.METHOD)
# Looking at a reporter and at figures is written down, and so is the signing in of those who look.
NOT_COUNTED = {"audit.entry", "sessions.session", "axes.accesslog"}


def rules():
    labels = "|".join(dict.fromkeys(model._meta.app_label for model in admin.site._registry))
    return {row.route.replace("{apps}", labels) for row in matrix.ROWS}


def differences(addresses):
    """(addresses without a rule, rules without an address)."""
    found = set(addresses)
    return sorted(found - rules()), sorted(rules() - found)


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert differences(routes()) == ([], [])


def test_an_address_without_a_rule_is_found():
    extra = path("quiet/", include([path("corner/", lambda request: None)]))
    grown = SimpleNamespace(url_patterns=[*urls.urlpatterns, extra])
    assert differences(routes(grown)) == (["quiet/corner/"], [])


def test_a_rule_without_an_address_is_found():
    assert differences(set(routes()) - {"dashboard/"}) == ([], ["dashboard/"])


def test_each_row_lets_somebody_in_and_refuses_somebody():
    for row in matrix.ROWS:
        given = Counter([*row.get.values(), *row.post.values()])
        assert row.is_public or given[matrix.IN], row.route
        assert row.is_public or given.total() > given[matrix.IN], row.route


def places(here):
    """What stands in the paths of the matrix: keys of station A's records, and of those that hang nowhere."""
    a = here.a
    own = {name: getattr(a, name).pk for name in ("station", "post", "placement", "visit", "waiting", "given")}
    common = {
        "division": world.A_STREET,
        "organisation": here.x.pk,
        "entry": Entry.objects.first().pk,
        "user": a.staff.pk,
        "year": CalendarYear.objects.first().pk,
        "clock": Clock.objects.first().pk,
        "category": Category.objects.first().pk,
        "office": Office.objects.first().pk,
        "remark": Remark.objects.first().pk,
        "person": a.mandates[0].person_id,
        "mandate": a.mandates[0].pk,
        "term": a.mandates[0].term_id,
        "congress": Congress.objects.first().pk,
        "status_reason": "resigned",
        "group": Group.objects.get(members__mandate=a.mandates[0]).pk,
        "committee_post": CommitteePost.objects.get(person=a.mandates[0].person).pk,
        "duty_kind": "congress",
        "checklist_item": ChecklistItem.objects.first().pk,
        "duty_entry": DutyEntry.objects.get(mandate=a.mandates[0]).pk,
        "voter_report": VoterReport.objects.get(mandate=a.mandates[0]).pk,
        "correction": CorrectionRequest.objects.get(mandate=a.mandates[0]).pk,
        "statement": DutyStatement.objects.get(mandate=a.mandates[0]).pk,
    }
    own["proposal"], own["turn_request"] = a.proposal.pk, a.turn_request.pk
    own["contact"], own["resident_group"] = a.contact.pk, a.resident_group.pk
    own["commitment"] = a.visit.commitments.first().pk
    common["reply_type"] = ReplyType.objects.first().pk
    a.proposal.is_published = True
    a.proposal.save()
    standing = {name: getattr(a, name).pk for name in ("rule", "funds", "check", "pairing")}
    standing |= {name: getattr(a, name).pk for name in ("budget_paper", "expense", "plan", "floor", "layout")}
    standing |= {"standard": a.standard.pk, "have": a.standard.haves.get().pk}
    checks = ("yearly_check", "confirmed_check", "determination", "rectification")
    standing |= {name: getattr(a, name).pk for name in checks}
    more = standing | {
        "station_code": a.station.code,
        "proposal_key": a.proposal.key,
        "assignment": a.assignment.pk,
        "photo": a.photo.pk,
        "scan": a.scan.pk,
    }
    own |= {name: getattr(a, name).pk for name in ("reception", "reception_rule", "publication", "announcement")}
    return own | common | more


def in_turn(place):
    """Three of the roles, others at the next place: for methods that are answered as GET is, or not at all."""
    roles = sorted(matrix.ROLES)
    return [roles[(3 * place + step) % len(roles)] for step in range(3)]


def everybody(_place):
    return sorted(matrix.ROLES)


def doors_of(here):
    return {role: Door(user) for role, user in here.people.items()}


def wrong_cells(here, methods, roles_at=everybody) -> list[str]:
    """The cells whose answer is not the expected one, in words."""
    with nothing_drawn():
        return list(_wrong_cells(here, methods, roles_at))


def _wrong_cells(here, methods, roles_at):
    doors, where = doors_of(here), places(here)
    for place, (row, method) in enumerate(product(matrix.ROWS, methods)):
        address = row.path.format(**where)
        for role in roles_at(place):
            expected, found = row.expected(method, role), knock(doors[role], method, address)
            if found != expected:
                yield f"{method} {address} as {role}: {found}, expected {expected}"


@contextmanager
def nothing_drawn():
    """Drawing takes two fifths of the time, and comes when it is decided who is let in; the test of GET draws all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_facts, **_more: "")
        yield


def knock(door, method, address):
    """The answer; what a POST did is undone, so that the next cell finds the same world."""
    if method != "POST":
        return door.knock(method, address)
    with undone():
        return door.knock(method, address)


@contextmanager
def undone():
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")


def rows_of_every_table():
    models = [model for model in apps.get_models() if model._meta.label_lower not in NOT_COUNTED]
    return {model._meta.label_lower: model._base_manager.count() for model in models}


def test_the_roles_of_the_matrix_are_the_people_of_the_world(here):
    assert set(here.people) == matrix.ROLES


@dataclass(frozen=True)
class Answer:
    """What somebody was told at an address."""

    row: matrix.Row
    role: str
    address: str
    answer: str
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    answers: list[Answer]
    rows_before: dict[str, int]
    rows_after: dict[str, int]


@pytest.fixture(scope="module")
def reading(built, django_db_blocker):
    """Every address read by everybody, once for all that is asked of the answers."""
    with django_db_blocker.unblock(), undone():
        here = deepcopy(built)
        doors, where, before = doors_of(here), places(here), rows_of_every_table()
        answers = [read(doors[role], row, role, where) for row, role in product(matrix.ROWS, sorted(doors))]
        return Reading(answers, before, rows_of_every_table())


def read(door, row, role, where):
    address = row.path.format(**where)
    response = door.ask("GET", address)
    return Answer(row, role, address, answer_of(response), response.status_code, response.headers)


def test_reading_is_answered_as_the_matrix_says_and_writes_nothing(reading):
    otherwise = [each for each in reading.answers if each.answer != each.row.expected("GET", each.role)]
    assert [f"{each.address} as {each.role}: {each.answer}" for each in otherwise] == []
    assert reading.rows_after == reading.rows_before


def test_every_address_answers_with_the_headers_of_the_table(reading):
    """Let in, sent to sign in, refused, not found or not asked so: to everybody."""
    for each in reading.answers:
        policy = LOCKED_UP if each.address.endswith("/file/") and each.status == 200 else CSP
        assert wrong(each.headers, policy, **expected_at(each.address)) == {}, (each.address, each.role)
        assert each.role in matrix.STRANGERS or is_kept_nowhere(each.headers), (each.address, each.role)


@pytest.mark.parametrize("role", ["anonymous", "officer", "staff_b"])
def test_each_kind_of_answer_was_among_those_with_headers(role, reading):
    assert {each.status for each in reading.answers if each.role == role} == STATUSES[role]


STATUSES = {
    "anonymous": {200, 302, 403, 405},
    "officer": {200, 302, 403, 404, 405},
    "staff_b": {200, 302, 403, 404, 405},
}


def test_heads_are_answered_like_pages_and_write_nothing(here):
    before = rows_of_every_table()
    assert wrong_cells(here, ["HEAD"], in_turn) == []
    assert rows_of_every_table() == before


def test_posting_is_answered_as_the_matrix_says(here):
    assert wrong_cells(here, ["POST"]) == []


def test_other_methods_are_refused_everybody(here):
    assert wrong_cells(here, ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE"], in_turn) == []


def test_posting_needs_the_page_s_own_token(here):
    """Without it every door of those signed in is shut; residents' forms carry a token of another kind."""
    door = Door(here.people["officer"], checks_csrf=True)
    where = places(here)
    guarded = [row.path.format(**where) for row in matrix.ROWS if not row.is_public]
    open_doors = [address for address in guarded if door.knock("POST", address) not in REFUSED]
    assert (open_doors, len(guarded) > 50) == ([], True)
