"""No form takes a key of somebody else's record, and no form takes more than it asks for."""

import pytest
from django.contrib import admin
from django.forms import ModelChoiceField
from django.test import RequestFactory
from django.urls import reverse

from feedback.opinions.models import AgendaItem, Opinion
from liaison.tools.admin import Choice
from stations.register.models import StaffPost, Station, StationAssignment
from stations.visits.models import Commitment, Guest, Visit
from tests.access import world
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send

WRITERS = ["staff", "head", "township_officer", "officer", "officer2", "sysadmin"]
MAIN = {"body": "the lamp is out", "place": "Pine Court 3"}


def counts():
    return {model: model.objects.count() for model in (Opinion, Visit, StaffPost, StationAssignment, AgendaItem)}


@pytest.fixture
def staff(here):
    return signed_in(here.a.staff)


def choices_of(model_admin, request):
    """(name, field) of every choice among records on the page that adds one, inlines included."""
    forms = [model_admin.get_form(request)]
    forms += [inline.get_formset(request).form for inline in model_admin.get_inline_instances(request)]
    for form in forms:
        yield from ((name, field) for name, field in form.base_fields.items() if isinstance(field, ModelChoiceField))


@pytest.mark.parametrize("role", WRITERS)
def test_every_choice_offers_what_its_reader_may_see(role, here):
    user = here.people[role]
    request = RequestFactory().get("/")
    request.user = user
    offered = 0
    for model_admin in admin.site._registry.values():
        if model_admin.has_add_permission(request):
            for name, field in choices_of(model_admin, request):
                rows = set(field.queryset)
                assert rows <= set(field.queryset.model.objects.visible_to(user)), (model_admin, name)
                assert isinstance(field, Choice), (model_admin, name)
                offered += len(rows)
    assert offered > 0


def test_an_opinion_is_not_entered_for_another_station(here, staff):
    before = counts()
    response = send(staff, reverse("admin:opinions_opinion_add"), **MAIN, station=here.b.station.pk)
    assert errors_on(response) == {"station"}
    assert MAIN["body"] in response.content.decode()
    assert counts() == before


def test_nor_for_no_station_where_its_writer_would_not_find_it_again(here, staff):
    response = send(staff, reverse("admin:opinions_opinion_add"), **MAIN, station="")
    assert errors_on(response) == {"station"}
    officer = signed_in(here.people["officer"])
    assert send(officer, reverse("admin:opinions_opinion_add"), **MAIN, station="").status_code == 302
    assert Opinion.objects.get(body=MAIN["body"]).station is None


def test_one_s_own_station_stands_there_already(here, staff):
    assert form_on(staff, reverse("admin:opinions_opinion_add"))["station"] == str(here.a.station.pk)
    assert send(staff, reverse("admin:opinions_opinion_add"), **MAIN).status_code == 302
    assert Opinion.objects.get(body=MAIN["body"]).station == here.a.station


def test_a_visit_is_not_entered_for_another_station(here, staff):
    own = reverse("admin:visits_visit_add")
    typed = form_on(staff, own) | {"date": "2026-10-01", "form": "reception", "content": "heard residents"}
    before = counts()
    assert staff.post(f"{own}?station={here.b.station.pk}", typed).status_code == 404
    assert staff.post(own, typed | {"present": here.b.mandates[0].pk}).status_code == 200
    assert counts() == before
    assert staff.post(own, typed | {"station": here.b.station.pk, "entered_by": here.b.staff.pk}).status_code == 302
    visit = Visit.objects.latest("id")
    assert (visit.station, visit.entered_by) == (here.a.station, here.a.staff)


def test_another_station_s_opinion_comes_on_no_agenda(here, staff):
    page = reverse("admin:visits_visit_change", args=(here.a.visit.pk,))
    before = counts()
    response = send(staff, page, agenda_items__1__opinion=here.b.waiting.pk)
    assert errors_on(response) == {"agenda_items-1-opinion"}
    assert counts() == before
    assert send(staff, page, agenda_items__1__opinion=here.a.waiting.pk).status_code == 302
    assert AgendaItem.objects.filter(visit=here.a.visit).count() == 2


@pytest.mark.parametrize(
    ("model", "row"),
    [
        (Guest, {"guests__0__id": 0, "guests__0__name": "taken over"}),
        (Commitment, {"commitments__0__id": 0, "commitments__0__what": "taken over"}),
        (Opinion, {"opinions__INITIAL_FORMS": 1, "opinions__0__id": 0, "opinions__0__body": "taken over"}),
        (AgendaItem, {"agenda_items__0__id": 0}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_row_of_another_visit_is_not_taken_over(model, row, here, staff):
    """Its key is posted with one's own visit; every row there is stays what and where it was."""
    page = reverse("admin:visits_visit_change", args=(here.a.visit.pk,))
    theirs = model.objects.filter(visit=here.b.visit).first() or here.b.waiting
    before = list(model.objects.order_by("pk").values())
    send(staff, page, **row | {name: theirs.pk for name in row if name.endswith("__id")})
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", [StaffPost, StationAssignment], ids=lambda model: model._meta.model_name)
def test_nobody_is_placed_at_a_station_out_of_reach(model, here):
    officer = signed_in(here.people["officer"])
    page = reverse(f"admin:stations_{model._meta.model_name}_add")
    common = {"name": "Somebody", "post": "head", "staffing_mode": "rota", "valid_from": "2026-10-01"}
    common |= {"mandate": here.c.mandates[0].pk, "is_primary": ""}
    before = counts()
    assert errors_on(send(officer, page, **common, station=here.c.station.pk)) == {"station"}
    assert counts() == before
    assert send(officer, page, **common, station=here.b.station.pk).status_code == 302


def test_a_station_stays_in_its_district(here):
    officer = signed_in(here.people["officer"])
    page = reverse("admin:stations_station_change", args=(here.a.station.pk,))
    assert errors_on(send(officer, page, division=world.FAR_STREET)) == {"division"}
    assert send(officer, page, division=world.B_STREET).status_code == 302
    new = {"code": "NEW-1", "name": "New", "kind": "station", "status": "operating"}
    assert errors_on(send(officer, reverse("admin:stations_station_add"), **new, division=world.FAR_STREET)) == {
        "division"
    }


def test_a_head_changes_what_is_theirs_and_not_where_the_station_hangs(here):
    head = signed_in(here.a.head)
    page = reverse("admin:stations_station_change", args=(here.a.station.pk,))
    assert send(head, page, phone="0451-00000000", division=world.FAR_STREET, code="OTHER").status_code == 302
    kept = Station.objects.get(pk=here.a.station.pk)
    assert (kept.phone, kept.division_id, kept.code) == ("0451-00000000", world.A_STREET, here.a.station.code)


def test_what_a_form_does_not_ask_for_is_not_taken(here, staff):
    """The words of a resident, the state, the station and the receipt are nobody's to post."""
    page = reverse("admin:opinions_opinion_change", args=(here.a.waiting.pk,))
    before = Opinion.objects.values().get(pk=here.a.waiting.pk)
    smuggled = {"body": "other words", "place": "elsewhere", "station": here.b.station.pk, "state": "archived"}
    smuggled |= {"division": world.FAR_STREET, "taker": here.b.staff.pk, "reporter": here.b.waiting.reporter_id}
    smuggled |= {"code_hash": "0", "token_hash": "0", "received_at": "2020-01-01", "channel": "phone", "year": "1999"}
    assert send(staff, page, **smuggled, summary="our summary").status_code == 302
    assert Opinion.objects.values().get(pk=here.a.waiting.pk) == before | {"summary": "our summary"}


def move(opinion, key):
    return reverse("admin:opinions_opinion_move", args=(opinion.pk, key))


def test_nobody_of_another_station_is_named_as_taker(here, staff):
    page = move(here.a.waiting, "accept")
    assert errors_on(send(staff, page, taker=here.b.staff.pk)) == {"taker"}
    assert send(staff, page, taker=here.a.head.pk).status_code == 302
    here.a.waiting.refresh_from_db()
    assert (here.a.waiting.state, here.a.waiting.taker) == ("accepted", here.a.head)


def test_nothing_is_given_to_a_department_of_another_district(here, staff):
    send(staff, move(here.a.waiting, "accept"), taker=here.a.staff.pk)
    page = move(here.a.waiting, "assign")
    assert errors_on(send(staff, page, organisation=here.y.pk)) == {"organisation"}
    assert send(staff, page, organisation=here.x.pk).status_code == 302


def test_ticked_rows_are_taken_away_from_one_s_own_only(here, staff):
    """Keys that are none are not there, like somebody else's."""
    page = reverse("admin:opinions_opinion_changelist")
    for key in ("abc", "\x00", "9" * 30, "-1e9"):
        response = staff.post(page, {"action": "download", "index": "0", "_selected_action": [key]})
        assert response.status_code == 404, key
