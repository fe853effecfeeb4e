"""The columns of the opinion ledger (群众意见建议台账). No name and no telephone of anybody."""

from django.utils.translation import gettext_lazy as _

from feedback.opinions import progress
from feedback.opinions.models import Opinion
from liaison.tools.sheets import Column

COLUMNS = (
    Column("number", _("number")),
    Column("received_on", _("received on"), lambda opinion: progress.day_of(opinion.received_at)),
    Column("station", _("station"), lambda opinion: opinion.station.name if opinion.station else ""),
    Column("channel", _("how it came in"), Opinion.get_channel_display),
    Column("category", _("category"), lambda opinion: opinion.category.name if opinion.category else ""),
    Column("place", _("place or estate")),
    Column("gist", _("matter")),
    Column("urgency", _("urgency"), Opinion.get_urgency_display),
    Column("taker_name", _("taken on by")),
    Column("state", _("state"), lambda opinion: opinion.state_label),
    Column("reply_due_on", _("reply due on")),
    Column("replied_on", _("replied on")),
    Column("outcome", _("result"), Opinion.get_outcome_display),
    Column("fed_back_on", _("fed back on")),
)
ASSIGNMENTS = (
    Column("number", _("number"), "opinion.number"),
    Column("station", _("station"), "station.name"),
    Column("organisation", _("handling department"), "organisation.name"),
    Column("gist", _("matter"), "opinion.gist"),
    Column("state", _("state"), "get_state_display"),
    Column("assigned_on", _("assigned on")),
    Column("due_on", _("due on")),
    Column("acknowledged_on", _("signed for on")),
    Column("replied_on", _("replied on")),
)
