"""The page of a new term (换届): choose, preview, confirm. What is confirmed is exactly what was previewed."""

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import is_key, seen_by
from liaison.tools.dates import DayField
from representatives.models import Congress
from representatives.turnover import Changed, Plan, carry_out, sitting

MAY = "representatives.add_term"
SALT = "turnover"
A_DAY = 24 * 60 * 60  # seconds for which a preview may be confirmed


class TurnoverForm(forms.Form):
    """The new term of a congress, and a tick for each whose mandate goes on in it."""

    ordinal = forms.IntegerField(label=_("which term"), min_value=1, max_value=99)
    starts_on = DayField(label=_("first day of the new term"), help_text=_("The day of its first meeting"))
    elected_again = forms.TypedMultipleChoiceField(
        label=_("elected again"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is not ticked ends; whoever is new is entered or imported afterwards."),
    )

    def __init__(self, *args, congress, **kwargs):
        super().__init__(*args, **kwargs)
        self.congress = congress
        self.terms = list(congress.terms.order_by("ordinal"))
        self.fields["ordinal"].initial = self.terms[-1].ordinal + 1 if self.terms else 1
        rows = sitting(congress, self.fields["ordinal"].initial)
        self.fields["elected_again"].choices = [(row.pk, _line_of(row)) for row in rows]

    def clean_ordinal(self):
        ordinal = self.cleaned_data["ordinal"]
        if any(term.ordinal > ordinal for term in self.terms):
            raise ValidationError(_("A later term is registered already."))
        return ordinal

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        facts = super().clean()
        ordinal, day = facts.get("ordinal"), facts.get("starts_on")
        for term in self.terms if ordinal and day else ():
            if term.ordinal == ordinal and term.starts_on != day:
                self.add_error("starts_on", _("This term is registered with another first day."))
            if term.ordinal < ordinal and term.starts_on >= day:
                self.add_error("starts_on", _("The term before had not begun by then."))
        return facts

    def plan(self) -> Plan:
        facts = self.cleaned_data
        return Plan(self.congress, facts["ordinal"], facts["starts_on"], frozenset(facts["elected_again"]))


def _line_of(mandate) -> str:
    return f"{mandate.person.name}　{mandate.electoral_district or mandate.electing_unit}"


def signed(plan: Plan, user) -> str:
    """What was previewed, by whom; only they can confirm it."""
    facts = [plan.congress.pk, plan.ordinal, plan.starts_on.isoformat(), sorted(plan.elected_again)]
    return signing.dumps([*facts, plan.digest, user.pk], salt=SALT, compress=True)


def previewed(token: str, congress: Congress, user) -> tuple[Plan, str]:
    """The plan and the digest it had. Raises signing.BadSignature, also for somebody else's or another congress's."""
    pk, ordinal, day, elected_again, digest, by = signing.loads(token, salt=SALT, max_age=A_DAY)
    if (pk, by) != (congress.pk, user.pk):
        raise signing.BadSignature
    return Plan(congress, ordinal, parse_date(day), frozenset(elected_again)), digest


def done_words(plan: Plan) -> str:
    ended, going_on = len(plan.ending), len(plan.going_on)
    return gettext("The new term is registered: %(ended)d ended, %(going_on)d go on.") % {
        "ended": ended,
        "going_on": going_on,
    }


class TurnoverPage:
    """For the admin of terms."""

    def get_urls(self):
        page = path("turnover/", self.admin_site.admin_view(self.turnover_view), name="representatives_term_turnover")
        return [page, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_turn_over": request.user.has_perm(MAY)} | (extra_context or {}))

    def turnover_view(self, request):
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        congresses = seen_by(request.user, Congress.objects.all(), MAY)
        asked = request.GET.get("congress", "")
        congress = congresses.filter(pk=asked).first() if asked and is_key(Congress, asked) else None
        if congress is None:
            return self._shown(request, congresses=congresses)
        if request.method == "POST" and "plan" in request.POST:
            return self._confirmed(request, congress)
        form = TurnoverForm(request.POST if request.method == "POST" else None, congress=congress)
        if form.is_bound and form.is_valid():
            return self._preview(request, form.plan())
        return self._shown(request, congress=congress, form=form)

    def _confirmed(self, request, congress):
        try:
            plan, digest = previewed(request.POST["plan"], congress, request.user)
        except signing.BadSignature:
            messages.error(request, _("This preview is no longer good, please begin anew."))
            return redirect(f"{request.path}?congress={congress.pk}")
        try:
            done = carry_out(plan, digest, request.user)
        except Changed:
            messages.error(request, _("Something has changed since the preview; nothing was done. Please look again."))
            return self._preview(request, plan)
        messages.success(request, done_words(done))
        return redirect("admin:representatives_term_changelist")

    def _preview(self, request, plan):
        return self._shown(request, congress=plan.congress, plan=plan, token=signed(plan, request.user))

    def _shown(self, request, **facts):
        context = self.admin_site.each_context(request) | {"title": _("New term"), "opts": self.opts} | facts
        return TemplateResponse(request, "admin/representatives/term/turnover.html", context)


admin.site.add_page("registers", 57, _("New term"), "admin:representatives_term_turnover", MAY)
