"""The page that enters one meeting for many: names pasted as the attendance list has them, none of them guessed."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from liaison.tools.admin import Choice, record
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from representatives.models import Congress, DutyEntry, DutyKind, mandates_in_reach
from representatives.models.duty import ABSENT, LEAVE, PRESENT

MAY = "representatives.add_dutyentry"
BETWEEN_NAMES = re.compile(r"[\s,，、;；]+")
LONGEST = 10_000  # characters
AS_GIVEN = {PRESENT: _("present"), LEAVE: _("on leave"), ABSENT: _("absent")}
OF_MANY = {
    "title": _("Enter one meeting for many"),
    "explanation": _("Only what no visit, proposal or report to voters tells: those count by themselves."),
    "button": _("Save"),
}
ONE_A_LINE = {"attrs": {"rows": 4}}


class ManyEntriesForm(forms.Form):
    """One meeting or activity of one congress's representatives."""

    congress = Choice(label=_("people's congress"), queryset=Congress.objects.none())
    kind = Choice(label=_("kind of duty"), queryset=DutyKind.objects.filter(is_active=True))
    date = DayField(label=_("date"))
    title = CleanText(label=_("meeting or activity"), max_length=100)
    present = CleanText(
        label=_("present"),
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(**ONE_A_LINE),
        help_text=_("Names as the list has them, one a line or with commas; a list may be pasted."),
    )
    leave = CleanText(
        label=_("on leave"), lines=True, required=False, max_length=LONGEST, widget=forms.Textarea(**ONE_A_LINE)
    )
    absent = CleanText(
        label=_("absent"), lines=True, required=False, max_length=LONGEST, widget=forms.Textarea(**ONE_A_LINE)
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.reached = by, mandates_in_reach(by, MAY)
        terms = self.reached.order_by().values("term__congress")
        self.fields["congress"].queryset = Congress.objects.filter(pk__in=terms)

    def clean_date(self):
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet: enter what has happened."))
        return day

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        if not any(facts[status] for status in AS_GIVEN):
            raise ValidationError(_("Please write at least one name."))
        facts["entries"] = self._entries(facts)
        return facts

    def _entries(self, facts) -> list[DutyEntry]:
        held = self._seats(facts["congress"], facts["date"])
        entered = set(self._same(facts).values_list("mandate", flat=True))
        made: dict[int, DutyEntry] = {}
        for status in AS_GIVEN:
            for name in dict.fromkeys(filter(None, BETWEEN_NAMES.split(facts[status]))):
                seats = held.get(name, [])
                problem = _problem(name, seats, made, entered)
                if problem:
                    self.add_error(status, problem)
                else:
                    made[seats[0].pk] = self._entry(seats[0], status, facts)
        return list(made.values())

    def _seats(self, congress, day) -> dict[str, list]:
        """Who held a seat in the congress on the day, by name."""
        lasting = self.reached.filter(term__congress=congress, starts_on__lte=day).exclude(ends_on__lt=day)
        held: dict[str, list] = {}
        for seat in lasting.select_related("person").order_by("id"):
            held.setdefault(BETWEEN_NAMES.sub("", seat.person.name), []).append(seat)
        return held

    def _same(self, facts):
        same = {name: facts[name] for name in ("kind", "date", "title")}
        return DutyEntry.objects.filter(**same, is_mistaken=False)

    def _entry(self, seat, status, facts) -> DutyEntry:
        same = {name: facts[name] for name in ("kind", "date", "title")}
        return DutyEntry(mandate=seat, status=status, entered_by=self.by, **same)


def _problem(name, seats, made, entered) -> str:
    if not seats:
        words = gettext("%(name)s is not among the representatives of this congress within your reach on that day.")
    elif len(seats) > 1:
        words = gettext("There are several representatives called %(name)s: please enter them one by one.")
    elif seats[0].pk in made:
        words = gettext("%(name)s is named twice.")
    elif seats[0].pk in entered:
        words = gettext("%(name)s is already entered for this.")
    else:
        return ""
    return words % {"name": name}


class ManyEntriesPage:
    """For the admin of entries."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.many_view)
        return [path("many/", view, name="representatives_dutyentry_many"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_enter_many": request.user.has_perm(MAY)} | (extra_context or {}))

    def many_view(self, request):
        if not request.user.has_perm(MAY):
            raise PermissionDenied
        form = ManyEntriesForm(request.POST if request.method == "POST" else None, by=request.user)
        if form.is_bound and form.is_valid():
            return self._entered(request, form.cleaned_data["entries"])
        context = self.admin_site.each_context(request) | OF_MANY | {"opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/many.html", context)

    def _entered(self, request, entries):
        with transaction.atomic():
            for entry in entries:
                entry.save()
                record("added", entry, actor=request.user)
        count = len(entries)
        words = ngettext("%(count)d representative is entered.", "%(count)d representatives are entered.", count)
        messages.success(request, words % {"count": count})
        return redirect("admin:representatives_dutyentry_changelist")
