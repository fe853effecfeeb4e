"""On behalf: dated by the paper, marked, counted apart, and never by somebody who has no business there."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from feedback.opinions import workflow
from feedback.opinions.models import Rating
from feedback.opinions.statistics import figures
from liaison.tools.periods import Period
from liaison.tools.workflow import MoveRefused
from tests.access.crawling import signed_in
from tests.access.filling import errors_on, form_on, send
from tests.submissions.saying import jpeg, rows
from tests.support import factories as make

PAPER = date(2026, 6, 28)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def station():
    make.office()
    return make.station()


@pytest.fixture
def staff(station):
    return signed_in(make.staff(station))


def move(opinion, key):
    return reverse("admin:opinions_opinion_move", args=(opinion.pk, key))


def given(station, on=date(2026, 6, 1), due=date(2026, 6, 30)):
    life = make.Life(make.opinion(station, on=on))
    life.accept(on)
    life.assign(on, due_on=due)
    return life


def told(station, on=date(2026, 6, 1)):
    return make.Life(make.opinion(station, on=on)).until("fed_back", on=on)


def counted(today):
    return {figure.key: figure for figure in figures(lambda model: model.objects.all(), YEAR, today)}


# A department's paper


def test_a_paper_of_28_june_entered_5_july_and_due_30_june_is_in_time_and_marked(staff, station, time_machine):
    life = given(station)
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 7, 5, 9)))
    response = send(staff, move(life.opinion, "reply_for"), paper_on="2026-06-28", text="mended", outcome="solved")
    assert response.status_code == 302
    assignment = life.opinion.assignments.get()
    assert (assignment.replied_on, assignment.is_on_time, assignment.on_behalf) == (PAPER, True, True)
    step = life.opinion.steps.get(move="reply_for")
    assert (timezone.localdate(step.at), step.paper_on, step.source) == (PAPER, PAPER, "paper")
    assert (timezone.localdate(step.entered_at), step.for_whom) == (date(2026, 7, 5), str(life.department))
    figure = counted(date(2026, 7, 5))["replied_on_time"]
    assert (figure.numerator.count(), figure.denominator.count()) == (1, 1)
    marker = next(column for column in figure.columns if column.key == "on_behalf")
    assert marker.of(figure.denominator.get()) is True


def test_the_station_s_own_clock_starts_when_the_paper_is_entered(staff, station, time_machine):
    life = given(station)
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 7, 6, 9)))
    send(staff, move(life.opinion, "reply_for"), paper_on="6月28日", text="mended", outcome="solved")
    life.opinion.refresh_from_db()
    assert (life.opinion.state, life.opinion.feed_back_due_on) == ("replied", date(2026, 7, 13))


@pytest.mark.parametrize("state", ["assigned", "handling"])
def test_a_paper_needs_no_signature_on_the_screen(state, staff, station):
    life = make.Life(make.opinion(station))
    life.until(state)
    today = timezone.localdate().isoformat()
    send(staff, move(life.opinion, "reply_for"), paper_on=today, text="mended", outcome="solved")
    life.opinion.refresh_from_db()
    assert life.opinion.state == "replied"
    assert [step.move for step in life.opinion.steps.all()][-1] == "reply_for"


@pytest.mark.parametrize("wrong_day", ["tomorrow", "the day before it was given", "2026-13-45", "", "\x00"])
def test_a_day_no_paper_can_bear_is_told_beside_it_and_nothing_is_lost(wrong_day, staff, station):
    life = given(station)
    tomorrow = timezone.localdate() + timedelta(days=1)
    days = {"tomorrow": tomorrow.isoformat(), "the day before it was given": "2026-05-31"}
    typed = days.get(wrong_day, wrong_day)
    before = rows()
    response = send(staff, move(life.opinion, "reply_for"), paper_on=typed, text="WORDS TYPED", outcome="solved")
    assert (response.status_code, errors_on(response)) == (200, {"paper_on"})
    assert "WORDS TYPED" in response.content.decode()
    assert rows() == before


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2999, 1, 1)])
def test_the_door_itself_refuses_such_a_day(day, station):
    life = given(station)
    facts = {"assignment": life.opinion.assignments.get(), "text": "the reply", "outcome": "solved", "paper_on": day}
    with pytest.raises(MoveRefused):
        life.opinion.move(workflow.REPLY_FOR, by=life.officer, **facts)


def test_an_assignment_of_another_opinion_is_no_choice(staff, station):
    life, other = given(station), given(station)
    typed = {"assignment": str(other.opinion.assignments.get().pk), "paper_on": "2026-06-28"}
    response = send(staff, move(life.opinion, "reply_for"), text="the reply", outcome="solved", **typed)
    assert errors_on(response) == {"assignment"}


# Scans


def scanned(client, opinion, name, data):
    typed = form_on(client, move(opinion, "reply_for")) | {
        "paper_on": "2026-06-28",
        "text": "the reply",
        "outcome": "solved",
    }
    upload = SimpleUploadedFile(name, data, "image/jpeg")
    return client.post(move(opinion, "reply_for"), typed | {"scan": upload})


def test_a_scan_is_kept_for_the_station_s_eyes_only(staff, station):
    life = given(station)
    assert scanned(staff, life.opinion, "paper.jpg", jpeg()).status_code == 302
    scan = life.opinion.scans.get()
    address = reverse("admin:opinions_opinion_scan", args=(life.opinion.pk, scan.pk))
    response = staff.get(address)
    assert (response["Content-Type"], b"".join(response.streaming_content)[:2]) == ("image/jpeg", b"\xff\xd8")
    assert address in staff.get(f"/admin/opinions/opinion/{life.opinion.pk}/change/").content.decode()
    clerk = signed_in(life.clerk)
    assert clerk.get(address).status_code == 403
    assert "scans" not in clerk.get(f"/admin/opinions/opinion/{life.opinion.pk}/change/").content.decode()


def test_what_is_no_picture_is_refused_beside_its_field(staff, station):
    life = given(station)
    response = scanned(staff, life.opinion, "paper.jpg", b"%PDF-1.7 no picture")
    assert errors_on(response) == {"scan"}
    assert life.opinion.scans.count() == 0


# A resident's evaluation by telephone or at the desk


@pytest.mark.parametrize("source", ["phone", "in_person"])
def test_an_evaluation_entered_by_staff_never_mixes_with_residents_own(source, staff, station):
    opinion = told(station)
    typed = {"source": source, "paper_on": "2026-06-02", "score": "satisfied"}
    assert send(staff, move(opinion, "rate_for"), **typed).status_code == 302
    rating = Rating.objects.get()
    assert (rating.source, rating.score, timezone.localdate(rating.rated_at)) == (source, "satisfied", date(2026, 6, 2))
    found = counted(timezone.localdate())
    assert (found["rated_by_resident"].value, found["rated_on_behalf"].value) == (0, 1)
    assert "source" in [column.key for column in found["satisfied"].columns]


def test_why_is_asked_of_whoever_is_not_satisfied(staff, station):
    opinion = told(station)
    typed = {"source": "phone", "paper_on": "2026-06-02", "score": "dissatisfied"}
    assert errors_on(send(staff, move(opinion, "rate_for"), **typed)) == {"reason"}
    assert send(staff, move(opinion, "rate_for"), **typed, reason="still dark").status_code == 302
    assert opinion.ratings.get().reason == "still dark"


def test_nobody_evaluates_before_having_been_told(staff, station):
    opinion = told(station)
    typed = {"source": "phone", "paper_on": "2026-05-31", "score": "satisfied"}
    assert errors_on(send(staff, move(opinion, "rate_for"), **typed)) == {"paper_on"}


# A representative's signature


def test_a_representative_signs_on_paper_that_they_were_told(staff, station):
    opinion, mandate = told(station), make.placed(station)[0]
    typed = {"representative": str(mandate.pk), "paper_on": "2026-06-03"}
    assert send(staff, move(opinion, "sign_for"), **typed).status_code == 302
    step = opinion.steps.get(move="sign_for")
    assert (step.for_whom, step.paper_on, step.to_state) == (mandate.person.name, date(2026, 6, 3), "fed_back")


def test_a_representative_of_another_station_is_no_choice(staff, station):
    opinion, mandate = told(station), make.placed(make.station())[0]
    typed = {"representative": str(mandate.pk), "paper_on": "2026-06-03"}
    assert errors_on(send(staff, move(opinion, "sign_for"), **typed)) == {"representative"}


# Who may


@pytest.mark.parametrize("key", ["reply_for", "rate_for", "sign_for"])
def test_nobody_out_of_scope_and_no_department_enters_for_others(key, station):
    life = make.Life(make.opinion(station))
    opinion = life.until("assigned" if key == "reply_for" else "fed_back")
    elsewhere = make.staff(make.station())
    assert signed_in(elsewhere).post(move(opinion, key)).status_code == 404
    assert signed_in(life.clerk).post(move(opinion, key)).status_code == 403
    for somebody in (elsewhere, life.clerk):
        with pytest.raises(MoveRefused):
            opinion.move(workflow.MOVES[key], by=somebody)


@pytest.mark.parametrize(("typed", "field"), [({"text": "已阅"}, "text"), ({"outcome": ""}, "outcome")])
def test_a_reply_says_what_was_done_and_what_came_of_it(typed, field, staff, station):
    life = given(station)
    facts = {"paper_on": "2026-06-28", "text": "路灯已经修好", "outcome": "solved"} | typed
    assert errors_on(send(staff, move(life.opinion, "reply_for"), **facts)) == {field}
