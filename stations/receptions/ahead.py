"""Making reception days ahead of time (生成接待日): of one station or of all in reach, until a day."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import Choice, record
from liaison.tools.dates import DayField
from stations.receptions.models import ReceptionRule
from stations.receptions.scheduling import FURTHEST, generate, horizon, outcome_in_words
from stations.register.models import Station

KEEP = "receptions.change_receptionrule"


class AheadForm(forms.Form):
    station = Choice(
        Station.objects.none(), label=_("station"), required=False, empty_label=_("all stations with rules")
    )
    until = DayField(label=_("make reception days until"), ahead=True)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.rules = ReceptionRule.objects.visible_to(user, KEEP).in_force(self.today)
        with_rules = Station.objects.filter(pk__in=self.rules.values("station"))
        self.fields["station"].queryset = with_rules.order_by("division_id", "code")
        self.fields["until"].initial = horizon(self.today)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not self.today <= until <= self.today + FURTHEST:
            raise forms.ValidationError(_("The day must lie within two years from today."))
        return until

    def chosen_rules(self):
        station = self.cleaned_data["station"]
        return self.rules.filter(station=station) if station else self.rules


def ahead_view(request, context):
    if not request.user.has_perm(KEEP):
        raise PermissionDenied
    form = AheadForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        _make(request, form)
        return redirect("admin:receptions_reception_changelist")
    context |= {"title": _("Make reception days"), "form": form, "rules": form.rules.count()}
    return TemplateResponse(request, "admin/receptions/receptionrule/ahead.html", context)


def _make(request, form):
    """Each rule within its own transaction: what was made before a mishap stays, and the next press goes on."""
    until, station = form.cleaned_data["until"], form.cleaned_data["station"]
    made = generate(until, form.today, form.chosen_rules())
    detail = {"until": until.isoformat(), "new": made.new, "moved": made.moved, "dropped": made.dropped}
    record("generated", station, actor=request.user, detail=detail)
    said = {"day": date_format(until), "made": outcome_in_words(made)}
    messages.success(request, _("Until %(day)s: %(made)s") % said)
