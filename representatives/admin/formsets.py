"""Rows typed together on one page, told apart by their days: what one row's own check cannot see."""

from datetime import date
from itertools import combinations

from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _


def share_a_day(one, other) -> bool:
    """Whether two rows that hold from `starts_on` to `ends_on` meet."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


class Together(BaseInlineFormSet):
    """`clash(one, other)` of a subclass gives (field, sentence) where two rows of one time cannot stand together."""

    def clean(self):
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        for earlier, later in combinations(kept, 2):
            one, other = earlier.instance, later.instance
            if share_a_day(one, other) and (wrong := self.clash(one, other)):
                later.add_error(*wrong)

    def clash(self, one, other):
        raise NotImplementedError

    def _is_kept(self, form):
        is_typed = form.is_valid() and (form.instance.pk or form.has_changed())
        return is_typed and form.instance.starts_on and not form.cleaned_data.get("DELETE")


class Seats(Together):
    """Of one person: one seat at a time in a term."""

    def clash(self, one, other):
        if one.term_id == other.term_id:
            return "term", _("This person already holds a mandate of this term.")
        return None


class Members(Together):
    """Of one group: nobody twice, and one leader at a time. Its whole history is on the page."""

    def clash(self, one, other):
        if one.mandate_id == other.mandate_id:
            return "mandate", _("Already in this group at that time.")
        if one.role == other.role == "leader":
            return "role", _("The group has another leader at that time.")
        return None
