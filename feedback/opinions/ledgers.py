"""The ledger of opinions (群众意见建议台账), and that of residents guided elsewhere (来访引导). Never who spoke."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.opinions import books as receptions
from feedback.opinions import workflow
from feedback.opinions.models import Opinion, OpinionStep
from liaison.tools.sheets import Column
from stations.register import books

MORE = []  # (column, prefetches(user)): what apps above know of an opinion


def add_column(column, prefetches):
    """As of a visit's papers: `prefetches(user)` fetches it for all rows at once, in the user's reach."""
    MORE.append((column, prefetches))


def handlers(opinion) -> str:
    return names_of(opinion.assignments.all())


def names_of(assignments) -> str:
    """Each department once, also where a later round gave it the matter again."""
    return "、".join(dict.fromkeys(str(row.organisation) for row in assignments))


def assigned_on(opinion):
    return min((row.assigned_on for row in opinion.assignments.all()), default=None)


def answer(opinion) -> str:
    """What the departments said last, and what came of it."""
    said = [reply.text for reply in opinion.replies.all() if reply.round == opinion.round]
    return answer_of(opinion.get_outcome_display(), said)


def answer_of(outcome, said) -> str:
    return "\n".join(filter(None, [str(outcome), *said]))


def archived_on(opinion):
    return max((timezone.localdate(step.at) for step in opinion.archived), default=None)


def columns(user) -> list[Column]:
    return [
        Column("number", _("number")),
        Column("channel", _("how it came in"), Opinion.get_channel_display),
        Column("received_on", _("received on"), receptions.received_on),
        Column("present", _("receiving representatives"), receptions.present),
        Column("identity", _("reporter"), receptions.identity),
        Column("category", _("category"), "category.name"),
        Column("place", _("place or estate"), receptions.place_of_the_matter),
        Column("matter", _("matter"), receptions.matter),
        Column("urgency", _("urgency"), Opinion.get_urgency_display),
        Column("handlers", _("handling department"), handlers),
        Column("assigned_on", _("assigned on"), assigned_on),
        Column("reply_due_on", _("reply due on")),
        Column("state", _("state"), "state_label"),
        Column("answer", _("result and reply"), answer),
        Column("fed_back_on", _("fed back on")),
        Column("rating", _("evaluation"), receptions.rating),
        *(column for column, _prefetches in MORE),
        Column("archived_on", _("archived on"), archived_on),
    ]


def complete(opinions, user):
    """With all a ledger says of an opinion, in a fixed number of questions."""
    archived = Prefetch("steps", OpinionStep.objects.filter(move=workflow.ARCHIVE.key), to_attr="archived")
    more = [prefetch for _column, prefetches in MORE for prefetch in prefetches(user)]
    whole = opinions.select_related("station", "category", "visit", "reporter", "entered_by", "guidance")
    return whole.prefetch_related(
        "visit__attendances__mandate__person", "assignments__organisation", "replies", "ratings", archived, *more
    )


def rows(user, period):
    """All that came in, those without a station among them for whoever may see them."""
    seen = Opinion.objects.visible_to(user, BOOK.permission).received(period)
    return complete(seen.order_by("received_at", "id"), user)


def guided_to(opinion) -> str:
    return opinion.guidance.get_channel_display()


def guidance_columns(user) -> list[Column]:
    return [
        Column("number", _("number")),
        Column("received_on", _("received on"), receptions.received_on),
        Column("channel", _("how it came in"), Opinion.get_channel_display),
        Column("identity", _("reporter"), receptions.identity),
        Column("matter", _("matter"), receptions.matter),
        Column("guided_to", _("proper channel"), guided_to),
        Column("office", _("office"), "guidance.office"),
        Column("phone", _("telephone"), "guidance.phone"),
        Column("address", _("address"), "guidance.address"),
        Column("recorder", _("recorded by"), receptions.recorder),
    ]


def guided(user, period):
    """Those whose matter no station may take (不予受理), and where they were sent."""
    return rows(user, period).exclude(guidance=None)


SEE = "opinions.view_reception_book"
LIST = "admin:opinions_opinion_changelist"
BOOK = books.Book(
    "book", _("Ledger of residents' opinions"), SEE, "opinions_opinion_ledger", rows, columns, source=LIST
)
GUIDANCE = books.Book(
    "guidance", _("Residents guided elsewhere"), SEE, "opinions_opinion_guidance", guided, guidance_columns
)
books.keep(BOOK, 40)
books.keep(GUIDANCE, 120)


def urls(model_admin) -> list:
    return [*books.urls(BOOK, model_admin), *books.urls(GUIDANCE, model_admin)]
