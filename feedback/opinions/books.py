"""The book of residents received (人大代表接待人民群众登记簿), and what the book of activities says of opinions."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.opinions import papers
from feedback.opinions.models import AgendaItem, Opinion
from liaison.tools.sheets import Column
from stations.register import books
from stations.visits import papers as visit_papers

IN_PERSON = ("reception", "outreach", "meeting")


def received_on(opinion):
    return timezone.localdate(opinion.received_at)


def place(opinion) -> str:
    return opinion.visit.place if opinion.visit else ""


def place_of_the_matter(opinion) -> str:
    return papers.without_numbers(opinion.place)


def present(opinion) -> str:
    rows = opinion.visit.attendances.all() if opinion.visit else []
    return "、".join(row.mandate.person.name for row in rows if row.status == "present")


def identity(opinion) -> str:
    """How the resident came: under their name, in confidence, anonymously. Never who it was."""
    modes = {"real": _("real name"), "confidential": _("confidential"), "anonymous": _("anonymous")}
    return modes[opinion.reporter.identity_mode] if opinion.reporter else ""


def matter(opinion) -> str:
    return papers.told(opinion)


def handlers(opinion) -> str:
    return "\n".join(f"{row.organisation} {row.assigned_on}" for row in opinion.assignments.all())


def result(opinion) -> str:
    return " ".join(map(str, filter(None, (opinion.replied_on, opinion.get_outcome_display()))))


def told_how(opinion) -> str:
    return " ".join(map(str, filter(None, (opinion.get_feedback_way_display(), opinion.fed_back_on))))


def rating(opinion) -> str:
    return "、".join(row.get_score_display() for row in opinion.ratings.all())


def recorder(opinion) -> str:
    return str(opinion.entered_by or "")


def columns(user) -> list[Column]:
    return [
        Column("number", gettext_lazy("number")),
        Column("received_on", gettext_lazy("received on"), received_on),
        Column("place", gettext_lazy("place"), place),
        Column("present", gettext_lazy("receiving representatives"), present),
        Column("identity", gettext_lazy("visitor"), identity),
        Column("matter", gettext_lazy("matter"), matter),
        Column("state", gettext_lazy("how it is dealt with"), "state_label"),
        Column("handlers", gettext_lazy("given to, on"), handlers),
        Column("result", gettext_lazy("answered on, result"), result),
        Column("told", gettext_lazy("told how, on"), told_how),
        Column("rating", gettext_lazy("evaluation"), rating),
        Column("recorder", gettext_lazy("recorded by"), recorder),
        Column("signature", gettext_lazy("visitor's signature"), lambda _opinion: ""),
    ]


def rows(user, period):
    """What residents said to somebody's face: at receptions, when they were gone to, at meetings."""
    seen = Opinion.objects.visible_to(user, BOOK.permission).received(period).filter(channel__in=IN_PERSON)
    return (
        seen.exclude(station=None)
        .order_by("received_at", "id")
        .select_related("station", "visit", "reporter", "entered_by")
        .prefetch_related("visit__attendances__mandate__person", "assignments__organisation", "ratings")
    )


BOOK = books.Book(
    "receptions",
    gettext_lazy("Book of residents received by representatives"),
    "opinions.view_reception_book",
    "opinions_opinion_book",
    rows,
    columns,
)


def urls(model_admin) -> list:
    return books.urls(BOOK, model_admin)


def raised_at(visit) -> str:
    return "\n".join(f"{opinion.number} {papers.told(opinion)}" for opinion in visit.raised_seen)


def raised_in_reach(user) -> list[Prefetch]:
    return [Prefetch("opinions", Opinion.objects.visible_to(user).order_by("id"), to_attr="raised_seen")]


def discussed_at(visit) -> str:
    return "\n".join(f"{item.opinion.number} {papers.told(item.opinion)}" for item in visit.discussed_seen)


def discussed_in_reach(user) -> list[Prefetch]:
    items = AgendaItem.objects.filter(opinion__in=Opinion.objects.visible_to(user)).select_related("opinion")
    return [Prefetch("agenda_items", items, to_attr="discussed_seen")]


AGENDA = AgendaItem._meta.verbose_name_plural
visit_papers.add_column(Column("raised", gettext_lazy("opinions raised"), raised_at), raised_in_reach)
visit_papers.add_column(Column("discussed", AGENDA, discussed_at), discussed_in_reach)
books.keep(BOOK, 10)
