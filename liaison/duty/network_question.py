"""What is asked of the contact network, read from the address: whose, which member's branch, which days."""

from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from liaison.duty.network import MEMBER, Network, network_of
from liaison.tools.period_form import PeriodForm
from representatives.models import CommitteePost

BROKEN = "broken"
NOT_HERE = {"invalid_choice": _("There is no such choice, please choose one from the list.")}


class Question(PeriodForm):
    """`congresses` as `congresses_of` gives them, at least one. What cannot be read is told, and the usual stands."""

    congress = forms.ChoiceField(label=_("people's congress"), error_messages=NOT_HERE)
    member = forms.ChoiceField(label=_("committee member"), required=False, error_messages=NOT_HERE)
    only = forms.ChoiceField(label=_("show"), required=False, error_messages=NOT_HERE)

    def __init__(self, parameters, *, today, user, congresses):
        chosen = str(parameters.get("congress", "")).strip()
        self.user, self.today = user, today
        self.congress = next((row for row in congresses if str(row.pk) == chosen), congresses[0])
        usual = {"congress": str(self.congress.pk)}
        super().__init__(usual | dict(parameters.items()), today=today)
        self.fields["congress"].choices = [(str(row.pk), row.name) for row in congresses]
        self.fields["member"].choices = [("", _("all members")), *self._members()]
        self.fields["only"].choices = [("", _("all branches")), (BROKEN, _("broken branches only"))]

    def _members(self):
        posts = CommitteePost.objects.in_force(self.today).filter(congress=self.congress).select_related("person")
        return [(str(post.pk), post.in_choices) for post in posts]

    @property
    def member_key(self) -> int | None:
        key = self._read("member")
        return int(key) if key else None

    @property
    def is_of_broken_ones(self) -> bool:
        return self._read("only") == BROKEN

    def _read(self, name):
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def on(self):
        """The links of the period's last day, or of today if that comes first."""
        return min(self.period.ends_on, self.today)

    @cached_property
    def network(self) -> Network:
        whole = network_of(self.user, self.congress, self.period, self.on)
        if self.member_key is None:
            return whole
        branch = whole.find(MEMBER, self.member_key)
        return Network(self.congress, [branch] if branch else [], [])

    def lines(self) -> list[tuple]:
        """Every branch with those above it; or, if so asked, the broken ones."""
        return [line for line in self.network.lines() if line[-1].breaks or not self.is_of_broken_ones]

    @property
    def parameters(self) -> dict[str, str]:
        days = {"from": self.period.starts_on.isoformat(), "to": self.period.ends_on.isoformat()}
        chosen = {"member": self.member_key, "only": BROKEN if self.is_of_broken_ones else ""}
        return {"congress": self.congress.pk} | days | {name: value for name, value in chosen.items() if value}

    def address(self, **more) -> str:
        """The question as the query of an address; what is None is left out."""
        return urlencode({name: value for name, value in (self.parameters | more).items() if value is not None})
