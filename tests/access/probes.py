"""One short question per lock: passes where the lock holds, raises AssertionError where it does not."""

from datetime import date, timedelta

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Opinion, OpinionAssignment
from feedback.opinions.publications import Publication
from feedback.proposals.models import Proposal
from liaison.accounts import granting
from liaison.accounts.models import Grant, User
from liaison.notices.models import Announcement
from liaison.tools.workflow import Actor, MoveRefused
from stations.receptions import turn_moves
from stations.receptions.models import Reception, ReceptionRule, TurnRequest
from stations.register.models import StaffPost, Station
from stations.visits.models import Visit
from tests.access import world
from tests.access.crawling import owners, signed_in, text_of
from tests.access.filling import form_on
from tests.support import factories as make


def page(model, name, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def anew(user) -> User:
    """As the next request loads the user: what was known of their reach is forgotten."""
    return User.objects.get(pk=user.pk)


def status(user, address, method="get", **data) -> int:
    response = getattr(signed_in(user), method)(address, data)
    response.getvalue()  # a file is closed when it has been read
    return response.status_code


def sees(model, role, *corners):
    """A probe: the role sees rows of all these corners and of no other."""

    def probe(here):
        rows = model.objects.visible_to(anew(here.people[role]))
        marks = {"C": here.c, "A": here.a, "B": here.b}
        found = {mark for mark, corner in marks.items() if rows.filter(pk=row_of(model, corner).pk).exists()}
        assert found == set(corners), found

    return probe


def row_of(model, corner):
    names = {Opinion: "given", OpinionAssignment: "assignment", Visit: "visit", Proposal: "proposal"}
    names |= {Reception: "reception", Publication: "publication", Station: "station", StaffPost: "post"}
    return getattr(corner, (names | {Announcement: "announcement", ReceptionRule: "reception_rule"})[model])


def lists_only_one_s_own(here):
    for model in (Visit, Reception, ReceptionRule):
        assert owners(text_of(signed_in(here.a.staff).get(page(model, "changelist")))) == {"A"}, model


def opens_only_one_s_own(here):
    assert status(here.a.staff, page(Visit, "change", here.b.visit.pk)) == 404


def takes_away_only_one_s_own(here):
    keys = list(Visit.objects.values_list("pk", flat=True))
    data = {"action": "download", "index": "0", ACTION_CHECKBOX_NAME: keys}
    assert owners(text_of(signed_in(here.a.staff).post(page(Visit, "changelist"), data))) == {"A"}


def autocompletes_only_one_s_own(here):
    asked = {"app_label": "opinions", "model_name": "agendaitem", "field_name": "opinion", "term": "CANARY"}
    assert owners(text_of(signed_in(here.a.staff).get(reverse("admin:autocomplete"), asked))) == {"A"}


def offers_only_one_s_own_in_filters(here):
    assert "CANARY-B" not in text_of(signed_in(here.people["township_officer"]).get(page(Visit, "changelist")))


def offers_only_one_s_own_in_forms(here):
    assert "CANARY-B" not in text_of(signed_in(here.a.staff).get(page(Opinion, "add")))


def takes_no_key_of_another_station(here):
    client, before = signed_in(here.a.staff), Opinion.objects.count()
    typed = form_on(client, page(Opinion, "add")) | {"body": "x y", "place": "z", "station": here.b.station.pk}
    assert client.post(page(Opinion, "add"), typed).status_code == 200
    assert Opinion.objects.count() == before


def takes_no_look_up(here):
    for name in ("body__startswith", "reporter__name_sealed__isnull", "taker__password__contains"):
        assert status(here.a.staff, page(Opinion, "changelist"), **{name: "x"}) == 400, name


def adds_two_roles_up_only_where_each_holds(here):
    """A leader of the district with a post at A reads the opinions of A, although the district's figures are theirs."""
    both = make.granted("leader")
    StaffPost.objects.create(
        station=here.a.station,
        user=both,
        name="Both",
        post="liaison_officer",
        staffing_mode="rota",
        valid_from=date(2020, 1, 1),
    )
    rows = Opinion.objects.visible_to(anew(both))
    assert {row.pk for row in rows} == {row.pk for row in here.a.opinions}


def dismissed_accounts_see_nothing(here):
    assert not Opinion.objects.visible_to(anew(here.people["deactivated"])).exists()


def grants_end(here):
    officer = make.granted("officer")
    Grant.objects.filter(user=officer).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert not Opinion.objects.visible_to(anew(officer)).exists()


def posts_end(here):
    staff = make.staff(here.a.station)
    StaffPost.objects.filter(user=staff).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert not Opinion.objects.visible_to(anew(staff)).exists()


def changes_nobody_of_another_district(here):
    """Everybody with registers reads representatives; each office keeps its own."""
    person = here.a.mandates[0].person
    assert status(here.people["officer2"], page(type(person), "change", person.pk), "post", name="Taken") == 403


def dispatcher_makes_no_move(here):
    dispatcher = here.people["dispatcher"]
    try:
        Opinion.objects.get(pk=here.a.waiting.pk).move(workflow.ACCEPT, by=anew(dispatcher), taker=dispatcher)
    except MoveRefused:
        return
    raise AssertionError("a dispatcher accepted an opinion")


def another_station_makes_no_move(here):
    try:
        Opinion.objects.get(pk=here.a.waiting.pk).move(workflow.ACCEPT, by=anew(here.b.staff), taker=here.b.staff)
    except MoveRefused:
        return
    raise AssertionError("staff of B accepted an opinion of A")


def refused_to(role, opinion, address):
    """A probe: the page below an opinion of A is not the role's."""

    def probe(here):
        pk = getattr(here.a, opinion).pk
        assert status(here.people[role], f"/admin/opinions/opinion/{pk}/{address}/") in (403, 404), (role, address)

    return probe


def scan_is_the_station_s(here):
    assert (
        status(here.people["dispatcher"], f"/admin/opinions/opinion/{here.a.waiting.pk}/scans/{here.a.scan.pk}/") == 403
    )


def department_reads_nothing_told_to_residents(here):
    shown = text_of(signed_in(here.people["clerk"]).get(page(Opinion, "change", here.a.told.pk)))
    assert "CANARY-A-reply" in shown
    assert "CANARY-A-told-note" not in shown


def refused(role, address):
    """A probe: the role gets neither the page nor a hint of it."""

    def probe(here):
        assert status(here.people[role], address) in (403, 404), (role, address)

    return probe


def dashboard_counts_one_s_own(here):
    page = signed_in(here.people["officer2"]).get("/dashboard/opinions_received/")
    assert 'data-count="4"' in page.content.decode()


def eight_haves_of_one_s_own(here):
    assert owners(text_of(signed_in(here.a.staff).get(f"/eight-haves/{here.b.station.code}/"))) == set()


def books_of_one_s_own(here):
    shown = text_of(signed_in(here.people["township_officer"]).get("/admin/visits/visit/book/"))
    assert "CANARY-B" not in shown


def urges_only_one_s_own(here):
    address = f"/admin/opinions/opinionassignment/urge/?ids={here.b.assignment.pk}"
    assert "CANARY-B" not in text_of(signed_in(here.a.staff).get(address))


def nothing_is_published_without_consent(here):
    silent = make.Life(make.opinion(here.a.station), here.x).until("fed_back")
    client, before = signed_in(here.a.head), Publication.objects.count()
    client.post(
        f"{page(Publication, 'add')}?opinion={silent.pk}", {"opinion": silent.pk, "title": "t", "text": "words"}
    )
    assert Publication.objects.count() == before


def writers_do_not_publish(here):
    head = anew(here.a.head)
    assert head.has_perm("opinions.publish_opinion", here.a.told)
    assert not anew(here.a.staff).has_perm("opinions.publish_opinion", here.a.told)


def nobody_gives_what_stands_above(here):
    """A township officer opens an account and tries to make an officer of it."""
    keeper = here.people["township_officer"]
    account = make.user(made_by=keeper)
    client, address = signed_in(keeper), page(User, "change", account.pk)
    typed = form_on(client, address)
    prefix = "grants" if "grants-TOTAL_FORMS" in typed else "grant_set"
    typed |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-role": "officer", f"{prefix}-0-division": f"{make.DAOLI}001"}
    client.post(address, typed | {f"{prefix}-0-valid_from": "2026-01-01"})
    assert not Grant.objects.filter(user=account).exists()


def nobody_gives_beyond_their_reach(here):
    keeper = anew(here.people["township_officer"])
    assert granting.may_give(keeper, "staff", division=world.A_STREET)
    assert not granting.may_give(keeper, "staff", division=world.B_STREET)


def nobody_keeps_accounts_above(here):
    """The officer's account hangs at the district; whoever keeps a station's accounts does not touch it."""
    above = make.granted("officer", code=f"{make.DAOLI}001")
    assert not User.objects.visible_to(anew(here.people["township_officer"]), "accounts.change_user").filter(
        pk=above.pk
    )


def staff_hand_over_nothing(here):
    assert status(here.a.staff, f"/admin/stations/staffpost/{here.a.post.pk}/handover/") == 403


def nobody_hands_over_a_head_s_post_from_below(here):
    """A head gives staff posts, and does not end another head's."""
    other = make.staff(here.a.station, post="head")
    post = StaffPost.objects.get(user=other)
    assert status(here.a.head, f"/admin/stations/staffpost/{post.pk}/handover/") == 403


def strangers_get_no_figures(here):
    assert Client().get("/api/v1/figures/").status_code == 403
    assert status(here.a.staff, "/api/v1/figures/") == 403


def drafts_are_not_public(here):
    Publication.objects.filter(pk=here.a.publication.pk).update(published_on=None)
    assert Client().get(f"/results/{here.a.publication.pk}/").status_code == 404


def proposals_are_public_when_an_officer_says_so(here):
    assert Client().get(f"/proposals/{here.a.proposal.key}/").status_code == 404


def representatives_reach_only_their_own_days(here):
    mine, theirs = (f"/mine/receptions/{corner.reception.pk}/" for corner in (here.a, here.b))
    assert [status(here.people["representative"], address) for address in (mine, theirs)] == [200, 404]


def representatives_write_only_about_their_own_opinions(here):
    address = f"/mine/opinions/{here.b.given.pk}/"
    assert status(here.people["representative"], address, "post", text="a word") == 404
    assert not here.b.given.steps.filter(move="represent").exists()


def nobody_answers_for_a_colleague(here):
    """A swap asked of somebody else of the station."""
    ann, bo = here.a.mandates
    tomorrow = make.reception(here.a.station, timezone.localdate() + timedelta(days=1), receiving=[bo])
    facts = {"kind": "swap", "state": "asked", "asked_at": timezone.now()}
    asked = TurnRequest.objects.create(reception=tomorrow, mandate=bo, to=ann, **facts)
    try:
        asked.move(turn_moves.AGREE, by=Actor("representative", "Bo", here.b.staff.pk))
    except MoveRefused:
        return
    raise AssertionError("a swap was agreed to by somebody who was not asked")


def requests_are_one_s_own_to_answer(here):
    rows = TurnRequest.objects.visible_to(anew(here.a.staff), turn_moves.DECIDES)
    assert set(rows) == {here.a.turn_request}


def leave_is_the_station_s_to_give(here):
    address = f"{page(Reception, 'changelist')}{here.a.reception.pk}/requests/{here.a.turn_request.pk}/"
    assert status(here.people["representative"], address) == 404
    assert not anew(here.people["representative"]).has_perm(turn_moves.DECIDES)
