"""The roll of a visit (应到、实到、请假): for each representative of the station a tick for there and one for leave."""

from django import forms
from django.utils.translation import gettext as _


def counted(expected: int, present: int, leave: int) -> str:
    """应到8 实到6 请假2."""
    facts = {"all": expected, "present": present, "leave": leave}
    return _("Expected %(all)s, present %(present)s, on leave %(leave)s") % facts


class Roll(forms.CheckboxSelectMultiple):
    """Ticks for who was there, and beside each one for leave; `on_leave` holds the keys of those, `reasons` why."""

    template_name = "admin/visits/roll.html"
    on_leave: frozenset[str] = frozenset()
    reasons: dict[str, str] = {}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        there = sum(option["selected"] for option in options)
        rows = [(option, *self._away(str(option["value"]))) for option in options]
        words = counted(len(rows), there, sum(is_away for _option, is_away, _reason in rows))
        return context | {"rows": rows, "words": words, "pattern": counted_pattern()}

    def _away(self, key) -> tuple[bool, str]:
        return key in self.on_leave, self.reasons.get(key, "")


def counted_pattern() -> str:
    """For the script, which counts while ticks are set."""
    return counted("{all}", "{present}", "{leave}")


class Called:
    """What the ticks say of one representative."""

    def __init__(self, present, leave, all_present=False):
        self.present, self.leave, self.all_present = set(present), set(leave), all_present

    def both(self) -> set[str]:
        """Ticked as there and as on leave; whoever ticked "all present" means all but those on leave."""
        return set() if self.all_present else self.present & self.leave

    def status(self, key: str) -> str:
        if key in self.leave:
            return "leave"
        return "present" if self.all_present or key in self.present else "absent"
