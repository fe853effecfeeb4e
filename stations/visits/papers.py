"""The station's book of activities (人大代表联络站活动记录簿), and the registration form of one visit (登记表)."""

from functools import partial

from django.db.models import Prefetch
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from liaison.tools.papers import paper
from liaison.tools.sheets import Column
from stations.receptions.words import clock
from stations.register import books
from stations.visits.models import ENTRY_TYPES, Attendance, Visit
from stations.visits.roll import counted, others_counted

MORE = []  # (column, prefetches(user)): what apps above know of a visit


PAGES = []  # urls(model_admin): papers of a visit that apps above print


def add_column(column, prefetches):
    """Apps above add what they know: `prefetches(user)` fetches it for all rows at once, in the user's reach."""
    MORE.append((column, prefetches))


def from_above(*keys) -> list[Column]:
    """What apps above say of a visit; of several things only the named ones."""
    return [column for column, _prefetches in MORE if column.key in keys or not keys]


def entry_types(visit) -> str:
    """The entry types of a visit in words."""
    fields = [visit._meta.get_field(name) for name in ENTRY_TYPES.values()]
    return "、".join(str(field.verbose_name) for field in fields if getattr(visit, field.name))


def hours(visit) -> str:
    """As of a reception day, 9:00—11:00, or as much of it as is known."""
    return "—".join(clock(hour) for hour in (visit.starts_at, visit.ends_at) if hour)


def expected(visit) -> list:
    """The roll, without those who came although others were to receive."""
    return [row for row in visit.attendances.all() if row.was_expected]


def how_many_expected(visit) -> int:
    return len(expected(visit))


def of_status(status):
    """How many of those expected stood so: in a cell of its own, so that Excel can add it up."""
    return lambda visit: sum(row.status == status for row in expected(visit))


def others(visit) -> list:
    return [row for row in visit.attendances.all() if not row.was_expected]


def present(visit) -> str:
    """张三、李四；其他代表：王五: who was there of those expected, and who else was."""
    there, came = (_names(rows) for rows in (expected(visit), others(visit)))
    return "；".join(
        filter(None, [there, gettext("other representatives: %(names)s") % {"names": came} if came else ""])
    )


def _names(rows) -> str:
    return "、".join(row.mandate.person.name for row in rows if row.status == "present")


def attendance(visit) -> str:
    """应到8 实到6 请假2, and who was there."""
    if not visit.attendances.all():
        return ""
    counts = counted(how_many_expected(visit), of_status("present")(visit), of_status("leave")(visit))
    more = others_counted(len(others(visit))) if others(visit) else ""
    return "\n".join(filter(None, [" ".join(filter(None, [counts, more])), present(visit)]))


def guests(visit) -> str:
    return "\n".join(" ".join(filter(None, (row.organisation, row.name, row.post))) for row in visit.guests.all())


def outcome(visit) -> str:
    return "\n".join(filter(None, [visit.results, *(row.in_choices for row in visit.commitments.all())]))


def columns(user) -> list[Column]:
    return [
        Column("date", gettext_lazy("date")),
        Column("hours", gettext_lazy("time"), hours),
        Column("place", gettext_lazy("place")),
        Column("types", gettext_lazy("entry types"), entry_types),
        Column("form", gettext_lazy("form of the visit"), Visit.get_form_display),
        Column("attendance", gettext_lazy("representatives taking part"), attendance),
        Column("guests", gettext_lazy("other participants"), guests),
        Column("residents", gettext_lazy("residents received"), "residents_received"),
        Column("content", gettext_lazy("what was said and done")),
        *from_above(),
        Column("results", gettext_lazy("results and commitments"), outcome),
        Column("recorder", gettext_lazy("recorded by")),
    ]


def complete(visits, user):
    """With all a paper says of a visit, in a fixed number of questions."""
    attendances = Attendance.objects.select_related("mandate__person")
    more = [prefetch for _column, prefetches in MORE for prefetch in prefetches(user)]
    return visits.select_related("station").prefetch_related(
        Prefetch("attendances", attendances), "guests", "commitments", *more
    )


def rows(user, period):
    return complete(Visit.objects.visible_to(user).held(period).order_by("date", "starts_at", "id"), user)


BOOK = books.Book(
    "book",
    gettext_lazy("Book of activities of the representatives' liaison station"),
    "visits.view_visit",
    "visits_visit_book",
    rows,
    columns,
)


def urls(model_admin) -> list:
    view = model_admin.admin_site.admin_view(require_safe(partial(_form, model_admin=model_admin)))
    more = [url for urls_of in PAGES for url in urls_of(model_admin)]
    return [*books.urls(BOOK, model_admin), path("<int:pk>/paper/", view, name="visits_visit_paper"), *more]


def _form(request, pk, model_admin):
    """The registration form of one visit; somebody else's is not there."""
    visit = books.found(complete(model_admin.get_queryset(request), request.user), pk)
    left_out = {"date", "hours", "place"}
    context = {
        "title": gettext_lazy("Registration form of a visit"),
        "visit": visit,
        "hours": hours(visit),
        "facts": [
            {"heading": column.heading, "key": column.key, "value": column.of(visit)}
            for column in columns(request.user)
            if column.key not in left_out
        ],
        "back": reverse("admin:visits_visit_change", args=(pk,)),
    }
    return paper(request, "papers/visits/form.html", context)


books.keep(BOOK, 20)
