"""What was solved is told only with the resident's consent, once they know, in reviewed words."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.opinions.models import Opinion
from feedback.opinions.publications import Publication, why_not_to_publish
from feedback.opinions.publishing import COPIED, is_copied
from liaison.audit.models import Entry
from tests.support import factories as make

ADD = reverse("admin:opinions_publication_add")
BODY = "我家楼道的灯坏了一个月，老人夜里摔过一跤，问了好几处都没人来修，请帮帮忙"
TODAY = date(2026, 5, 8)


@pytest.fixture
def station():
    return make.station()


@pytest.fixture
def opinion(station):
    """Solved, told, and agreed to."""
    made = make.Life(make.opinion(station, body=BODY)).until("fed_back")
    Opinion.objects.update(publish_consent=True)
    made.refresh_from_db()
    return made


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(station):
    return signed_in(make.staff(station))


@pytest.fixture
def head(station):
    return signed_in(make.staff(station, post="head"))


def facts(opinion, **changed):
    return {"opinion": opinion.pk, "title": "灯亮了", "text": "联络站请承办单位换了五盏灯。"} | changed


def errors(response):
    return set(response.context["adminform"].form.errors)


def page_of(publication):
    return reverse("admin:opinions_publication_change", args=(publication.pk,))


def is_public(client):
    return client.get("/results/").context["total"] == 1


def test_what_staff_write_is_read_by_nobody_before_a_review(staff, opinion, client):
    assert staff.post(ADD, facts(opinion, publish="on")).status_code == 302
    written = Publication.objects.get()
    assert (written.published_on, written.reviewed_by, is_public(client)) == (None, None, False)
    assert client.get(f"/results/{written.pk}/").status_code == 404


def test_staff_cannot_publish_by_posting_the_tick(staff, opinion):
    staff.post(ADD, facts(opinion))
    written = Publication.objects.get()
    staff.post(page_of(written), facts(opinion, publish="on"))
    assert Publication.objects.get().published_on is None


def test_a_head_reviews_publishes_and_takes_down(staff, head, opinion, client):
    staff.post(ADD, facts(opinion))
    written = Publication.objects.get()
    assert head.post(page_of(written), facts(opinion, publish="on")).status_code == 302
    shown = Publication.objects.get()
    assert (shown.published_on, shown.reviewed_by.posts.get().post) == (timezone.localdate(), "head")
    assert is_public(client)
    assert staff.post(page_of(written), facts(opinion, text="Other words.")).status_code == 403
    assert head.post(page_of(written), facts(opinion, take_down="on")).status_code == 302
    assert not is_public(client)
    done = Entry.objects.filter(object_type="opinions.publication", action__in=["publish", "take_down"])
    assert set(done.values_list("action", flat=True)) == {"publish", "take_down"}


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({}, False),
        ({"outcome": "partly"}, False),
        ({"publish_consent": False}, True),
        ({"fed_back_on": None}, True),
        ({"outcome": "unable"}, True),
        ({"outcome": ""}, True),
    ],
)
def test_only_what_was_solved_told_and_agreed_to_is_written_down(change, is_refused, staff, opinion):
    Opinion.objects.update(**change)
    response = staff.post(ADD, facts(opinion))
    assert (response.status_code == 200) is is_refused
    assert Publication.objects.exists() is not is_refused
    opinion.refresh_from_db()
    assert (why_not_to_publish(opinion) is not None) is is_refused
    assert not is_refused or errors(response) == {"opinion"}


@pytest.mark.parametrize(
    "changed",
    [
        {"text": BODY},
        {"text": f"反映人说：{BODY[3:30]}。"},
        {"text": "反映人说： " + " ".join(BODY[3:30])},
        {"text": "电话13812345678"},
        {"text": "电话138 1234 5678"},
        {"title": "230102196001011234"},
        {"title": ""},
        {"text": ""},
        {"title": "路" * 61},
        {"text": "路" * 2_001},
    ],
)
def test_no_raw_words_and_nothing_personal_is_taken(changed, staff, opinion):
    assert errors(staff.post(ADD, facts(opinion, **changed))) == set(changed)
    assert not Publication.objects.exists()


def test_a_run_is_copied_from_its_length_on():
    assert is_copied("x" + BODY[:COPIED], BODY)
    assert not is_copied("x" + BODY[: COPIED - 1] + "y" * COPIED, BODY)


def test_one_text_an_opinion(staff, opinion):
    staff.post(ADD, facts(opinion))
    assert errors(staff.post(ADD, facts(opinion))) == {"opinion"}


def test_another_station_s_opinion_is_no_choice(opinion):
    other = signed_in(make.staff(make.station()))
    assert errors(other.post(ADD, facts(opinion))) == {"opinion"}
    told = make.publication(opinion)
    assert other.get(page_of(told)).status_code == 404


def test_what_a_resident_takes_back_is_gone_at_once(opinion, client):
    make.publication(opinion)
    assert is_public(client)
    Opinion.objects.update(publish_consent=False)
    assert not is_public(client)


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, True), (1, False)])
def test_read_from_its_day_on(days, is_shown, opinion):
    make.publication(opinion, TODAY + timedelta(days=days))
    assert Publication.objects.published(TODAY).exists() is is_shown


def test_read_until_the_day_before_it_was_taken_down(opinion):
    told = make.publication(opinion, TODAY - timedelta(days=3))
    told.take_down(TODAY)
    told.save()
    assert Publication.objects.published(TODAY - timedelta(days=1)).exists()
    assert not Publication.objects.published(TODAY).exists()


def test_the_page_of_an_opinion_leads_to_its_text(staff, opinion):
    address = reverse("admin:opinions_opinion_change", args=(opinion.pk,))
    assert f"{ADD}?opinion={opinion.pk}" in staff.get(address).content.decode()
    told = make.publication(opinion)
    assert page_of(told) in staff.get(address).content.decode()


def test_raw_words_are_on_no_public_page(opinion, station, client):
    told = make.publication(opinion)
    for address in ("/", "/results/", f"/results/{told.pk}/", f"/stations/{station.code}/"):
        page = client.get(address).content.decode()
        assert told.title in page, address
        assert BODY[:8] not in page, address
        assert opinion.place not in page, address


def test_who_reviews_finds_what_waits_for_it_among_today_s_work_and_nobody_else(staff, head, station, opinion):
    elsewhere = make.station()
    for client in (staff, head, signed_in(make.staff(elsewhere, post="head"))):
        assert [row["gist"] for row in client.get("/admin/").context["to_do"]] == []
    staff.post(ADD, facts(opinion))
    address = page_of(Publication.objects.get())
    assert [row["step_href"] for row in head.get("/admin/").context["to_do"]] == [address]
    assert staff.get("/admin/").context["to_do"] == []
    assert signed_in(make.staff(elsewhere, post="head", username="other")).get("/admin/").context["to_do"] == []
    head.post(address, facts(opinion) | {"publish": "on"})
    assert head.get("/admin/").context["to_do"] == []
