"""Writing a year's duty statement, and letting somebody else review it before anybody reads it (先审后发)."""

import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.tools.admin import ScopedAdmin, record
from liaison.tools.fields import CleanText
from liaison.tools.sheets import Column
from representatives.admin.columns import column, columns
from representatives.admin.filters import level_filter
from representatives.models import DutyStatement

REVIEW = "representatives.review_dutystatement"
LONGEST = 3_000  # characters
SPACES = re.compile(r"[\s-]+")
PERSONAL = re.compile(r"1[3-9]\d{9}|0\d{9,11}|\d{17}[\dXx]|\d{15,19}", re.ASCII)  # mobile, line, cards


class StatementForm(forms.ModelForm):
    """The page takes away `publish` and `take_down` where they are not this user's to tick."""

    text = CleanText(
        label=_("text for everybody"),
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What was done in the year, with numbers. No telephones, no addresses, no names of residents."),
    )
    publish = forms.BooleanField(label=_("reviewed, publish it"), required=False)
    take_down = forms.BooleanField(label=_("take it down from today"), required=False)

    class Meta:
        model = DutyStatement
        fields = ("mandate", "year", "text")

    def clean_text(self):
        text = self.cleaned_data["text"]
        if PERSONAL.search(SPACES.sub("", text)):
            raise ValidationError(_("Please leave out telephone and card numbers."))
        return text

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise ValidationError(_("This year has not come yet."))
        return year

    def clean(self):
        facts = super().clean()
        if facts.get("publish") and "text" in self.changed_data:
            self.add_error("publish", _("The text was changed: save it, and let another review it."))
        return facts


@admin.register(DutyStatement)
class DutyStatementAdmin(ScopedAdmin):
    """One writes it, another reviews it; whoever changes the text has written it, and it waits for review anew."""

    group, place = "registers", 68
    form = StatementForm
    list_display = ("mandate", "year", "state_words", "written_by", "reviewed_by", "published_on")
    list_filter = ("year", level_filter("mandate__term__congress"))
    list_select_related = ("mandate__person", "mandate__term__congress", "written_by", "reviewed_by")
    search_fields = ("mandate__person__name",)
    autocomplete_fields = ("mandate",)
    field_permissions = {"mandate": "representatives.add_dutystatement"}
    readonly_fields = ("state_words", "written_by", "reviewed_by", "reviewed_on", "published_on")
    ledger = (
        column(DutyStatement, "mandate", "mandate.person.name"),
        *columns(DutyStatement, "year", "text"),
        Column("state", _("status"), lambda statement: words_of(statement)),
        *columns(DutyStatement, "written_by", "reviewed_by", "reviewed_on", "published_on"),
    )

    @admin.display(description=_("status"))
    def state_words(self, statement):
        return words_of(statement)

    def get_fieldsets(self, request, obj=None):
        written = (None, {"fields": ("mandate", "year", "text")})
        if obj is None:
            return [written]
        return [written, (_("review"), {"fields": (*self.readonly_fields, *self._ticks(request, obj))})]

    def _ticks(self, request, obj) -> tuple[str, ...]:
        """What this user may do with it next."""
        if obj is None or not request.user.has_perm(REVIEW, obj):
            return ()
        if obj.published_on:
            return ("take_down",)
        return () if obj.written_by_id == request.user.pk else ("publish",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A tick that is not on the page is none, whatever was posted."""
        closed = {"publish", "take_down"} - set(self._ticks(request, obj))
        kwargs["form"] = type("StatementFormHere", (StatementForm,), dict.fromkeys(closed))
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "mandate", "year") if obj else self.readonly_fields

    def save_model(self, request, obj, form, change):
        today, facts = timezone.localdate(), form.cleaned_data
        action = next((name for name in ("publish", "take_down") if facts.get(name)), None)
        if not change or "text" in form.changed_data:
            obj.rewrite(request.user)
        elif action == "publish":
            obj.publish(request.user, today)
        elif action == "take_down":
            obj.take_down()
        super().save_model(request, obj, form, change)
        if action:
            record(action, obj, actor=request.user)


def words_of(statement):
    if statement.published_on:
        return _("published")
    return pgettext_lazy("statement", "taken down") if statement.reviewed_on else _("to be reviewed")
