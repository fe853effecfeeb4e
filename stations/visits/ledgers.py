"""Ledgers of what happened: activities (代表活动), going to residents (走访), training (培训), the duty rota (值班)."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from liaison.tools.sheets import Column
from stations.receptions.models import Reception
from stations.register import books
from stations.visits import papers
from stations.visits.models import Attendance, Visit

WHEN = (Column("date", _("date")), Column("hours", _("time"), papers.hours), Column("place", _("place")))
LAST = (Column("results", _("results and commitments"), papers.outcome), Column("recorder", _("recorded by")))


def activities(user) -> list[Column]:
    return [
        *WHEN,
        Column("form", _("form of the visit"), Visit.get_form_display),
        Column("expected", _("representatives expected (number)"), papers.how_many_expected),
        Column("came", _("representatives present (number)"), papers.of_status("present")),
        Column("leave", _("on leave"), papers.of_status("leave")),
        Column("present", _("representatives taking part"), papers.present),
        Column("guests", _("other participants"), papers.guests),
        Column("residents", _("residents received"), "residents_received"),
        Column("content", _("what was said and done")),
        *papers.from_above("raised"),
        *LAST,
    ]


def outreach(user) -> list[Column]:
    return [
        Column("present", _("representatives taking part"), papers.present),
        Column("guests", _("other participants"), papers.guests),
        *WHEN,
        Column("residents", _("residents met"), "residents_received"),
        Column("content", _("what was said and done")),
        *papers.from_above("raised"),
        *LAST,
    ]


def training(user) -> list[Column]:
    return [
        *WHEN,
        Column("content", _("what was learned")),
        Column("expected", _("representatives expected (number)"), papers.how_many_expected),
        Column("came", _("representatives present (number)"), papers.of_status("present")),
        Column("leave", _("on leave"), papers.of_status("leave")),
        Column("present", _("representatives taking part"), papers.present),
        Column("guests", _("other participants"), papers.guests),
        *LAST,
    ]


def rows_of(form):
    """rows(user, period) of the visits of one form."""
    return lambda user, period: papers.rows(user, period).filter(form=form)


def duty_rota(user) -> list[Column]:
    return [
        Column("date", _("date")),
        Column("hours", _("time"), "hours"),
        Column("place", _("place")),
        Column("names", _("representatives receiving"), "names"),
        Column("status", _("status"), Reception.get_status_display),
        Column("came", _("representatives who came"), came),
        Column("residents", _("residents received"), residents),
        Column("reason", _("reason")),
        Column("signature", _("signature"), lambda _reception: ""),
    ]


def held_on(reception) -> list[Visit]:
    """The visits that are what happened on a planned day."""
    return [visit for visit in reception.station.receptions_held if visit.date == reception.date]


def came(reception) -> str:
    return "、".join(filter(None, map(papers.present, held_on(reception))))


def residents(reception) -> int | str:
    held = held_on(reception)
    return sum(visit.residents_received for visit in held) if held else ""


def planned(user, period):
    """Each planned day, with the visits of its station in these days."""
    held = Visit.objects.visible_to(user).held(period).filter(form="reception").order_by("starts_at", "id")
    roll = Prefetch("attendances", Attendance.objects.select_related("mandate__person"))
    visits = Prefetch("station__visits", held.prefetch_related(roll), to_attr="receptions_held")
    days = Reception.objects.visible_to(user).during(period).with_names()
    return days.order_by("date", "starts_at", "id").prefetch_related(visits)


SEE, SEE_DAYS = "visits.view_visit", "receptions.view_reception"
BOOKS = (
    books.Book("activities", _("Ledger of activities"), SEE, "visits_visit_activities", papers.rows, activities),
    books.Book(
        "outreach", _("Ledger of going to residents"), SEE, "visits_visit_outreach", rows_of("outreach"), outreach
    ),
    books.Book("training", _("Ledger of training"), SEE, "visits_visit_training", rows_of("training"), training),
    books.Book("rota", _("Duty rota and who came"), SEE_DAYS, "visits_visit_rota", planned, duty_rota),
)


def urls(model_admin) -> list:
    return [url for book in BOOKS for url in books.urls(book, model_admin)]


for place, book in zip((70, 80, 90, 100), BOOKS, strict=True):
    books.keep(book, place)
