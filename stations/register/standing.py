"""The page on which a station's status changes, and what its own page shows at a glance."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from liaison.tools.admin import record
from liaison.tools.dates import DayField
from stations.register.models import (
    STATUS_CHOICES,
    ActivityFunds,
    AnnualPlan,
    Pairing,
    RuleDocument,
    StaffPost,
    Station,
    StationAssignment,
)
from stations.register.spending import with_spending

CHANGE = "stations.add_stationstatus"
SHOWN = 12  # lines a card


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("status"))
    since = DayField(label=_("from"))
    reason = forms.CharField(label=_("note"), max_length=200, required=False)

    def __init__(self, *args, station, **kwargs):
        super().__init__(*args, **kwargs)
        self.station = station
        self.fields["status"].choices = [row for row in STATUS_CHOICES if row[0] not in (station.status, "planned")]

    def change(self, user) -> bool:
        """Whether the door let it through; else the reasons stand beside their fields."""
        facts = self.cleaned_data
        try:
            self.station.change_status(facts["status"], facts["since"], by=user, note=facts["reason"])
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


def status_page(request, station, context):
    if not request.user.has_perm(CHANGE, station):
        raise PermissionDenied
    form = StatusForm(request.POST or None, station=station)
    before = station.get_status_display()
    if request.method == "POST" and form.is_valid() and form.change(request.user):
        record("status", station, actor=request.user, detail={"status": station.status})
        messages.success(request, _("The status is changed."))
        return redirect("admin:stations_station_change", station.pk)
    words = {"title": _("Change the status"), "form": form, "matter_words": f"{station.name}\n{before}"}
    return TemplateResponse(request, "admin/move.html", context | words)


@dataclass
class Card:
    """Some lines of what a station has: (words, address or nothing); where all of them are, and where one is added."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    more: str = ""
    add: str = ""


def at_a_glance(station, user, today) -> list[Card]:
    """What the reader may see of the station's records, a card a subject, each asked for once."""
    cards = [_history(station), _around(station, user)]
    cards += [_records(station, user, *subject) for subject in _subjects(station, today) if _sees(user, subject[0])]
    return [card for card in cards if card.lines or card.add]


def _sees(user, model):
    return user.has_perm(f"stations.view_{model._meta.model_name}")


def _history(station):
    rows = station.statuses.all()[:SHOWN]
    return Card(
        _("history of the status"), [(_joined(row.since, row.get_status_display(), row.note), "") for row in rows]
    )


def _around(station, user):
    """The station above, and those that hang under it."""
    rows = Station.objects.visible_to(user).filter(parent=station)
    above = [station.parent] if station.parent_id else []
    lines = [(_joined(_("upper station"), row.name), _page(row)) for row in above]
    lines += [(_joined(row.name, row.get_kind_display(), row.get_status_display()), _page(row)) for row in rows[:SHOWN]]
    return Card(_("upper station and those under it"), lines)


def _subjects(station, today):
    """Model, rows, and the words of one row."""
    yield StaffPost, StaffPost.objects.in_force(today).filter(station=station), _post
    yield StationAssignment, _places(station, today), None
    rules = RuleDocument.objects.in_force(today).filter(station=station).select_related("kind")
    yield RuleDocument, rules, lambda row: _joined(row.title, row.version, row.valid_from)
    yield ActivityFunds, with_spending(ActivityFunds.objects.filter(station=station).order_by("-year")), _funds
    pairings = Pairing.objects.in_force(today).filter(station=station).select_related("organisation")
    yield Pairing, pairings, lambda row: _joined(row.organisation, row.valid_from)
    plans = AnnualPlan.objects.filter(station=station).prefetch_related("items")
    yield AnnualPlan, plans, lambda row: _joined(row.year, _items(len(row.items.all())))


def _records(station, user, model, rows, words):
    """The rows in words; without words, how many there are."""
    name = f"stations_{model._meta.model_name}"
    card = Card(model._meta.verbose_name_plural)
    card.more = f"{reverse(f'admin:{name}_changelist')}?station__id__exact={station.pk}"
    if user.has_perm(f"stations.add_{model._meta.model_name}", station):
        card.add = f"{reverse(f'admin:{name}_add')}?station={station.pk}"
    if words is None:
        card.lines = [(_people(rows.count()), "")]
    else:
        card.lines = [(words(row), _page(row)) for row in rows[:SHOWN]]
    return card


def _places(station, today):
    return StationAssignment.objects.in_force(today).filter(station=station)


def _post(row):
    time = _("full time") if row.is_full_time else _("part time")
    return _joined(row.name, row.get_post_display(), row.get_staffing_mode_display(), time, row.valid_from)


def _funds(row):
    rate = "" if row.rate is None else _("spent %(rate)s%%") % {"rate": row.rate}
    return _joined(row.year, _("%(yuan)s yuan") % {"yuan": f"{row.amount:,}"}, rate)


def _items(count):
    return ngettext("%(count)s item", "%(count)s items", count) % {"count": count}


def _people(count):
    return ngettext("%(count)s representative", "%(count)s representatives", count) % {"count": count}


def _joined(*pieces) -> str:
    return " · ".join(str(piece) for piece in pieces if piece not in ("", None))


def _page(row) -> str:
    return reverse(f"admin:stations_{row._meta.model_name}_change", args=(row.pk,))
