"""A grant as its giver fills it in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.accounts import granting
from liaison.accounts.models import Grant
from liaison.accounts.roles import ROLE_CHOICES
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation
from liaison.tools.admin import record

FIXED = ("role", "division", "organisation", "valid_from")  # what was given stays what it was; only its end is set


class GrantForm(forms.ModelForm):
    keeper = None

    class Meta:
        model = Grant
        fields = ("role", "division", "organisation", "valid_from", "valid_to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self._fix()
        else:
            given = granting.roles_given_by(self.keeper)
            self.fields["role"].choices = [("", "---------"), *(row for row in ROLE_CHOICES if row[0] in given)]

    def _fix(self):
        self.fields["division"].queryset = Division.objects.all()
        self.fields["organisation"].queryset = Organisation.objects.all()
        for name in FIXED:
            self.fields[name].disabled = True

    def clean(self):
        facts = super().clean()
        role, place = facts.get("role"), self._division(facts)
        if self.has_changed() and role and place and not self._may(role, place):
            self.add_error("role", _("You may not give this role there"))
            account = self.instance.user if self.instance.user_id else None
            detail = {"role": role, "division": place}
            record("grant", account, actor=self.keeper, result="refused", detail=detail)
        if role and not (place or {"division", "organisation"} & set(self.errors)):
            self.add_error("division", _("Please choose a division or an organisation."))
        return facts

    def _may(self, role, division) -> bool:
        is_own = self.instance.user_id == self.keeper.pk
        return not is_own and granting.may_give(self.keeper, role, division=division)

    def _division(self, facts) -> str | None:
        if facts.get("division"):
            return facts["division"].pk
        return facts["organisation"].division_id if facts.get("organisation") else None
