"""The roll of a visit (应到、实到、请假): for each representative of the station a tick for there and one for leave.

At a reception for which some were named, these are expected; the station's others may be ticked as there.
"""

from django import forms
from django.utils.translation import gettext as _


def counted(expected: int, present: int, leave: int) -> str:
    """应到8 实到6 请假2."""
    facts = {"all": expected, "present": present, "leave": leave}
    return _("Expected %(all)s, present %(present)s, on leave %(leave)s") % facts


def others_counted(others) -> str:
    """其他代表到场1."""
    return _("other representatives present %(others)s") % {"others": others}


class Roll(forms.CheckboxSelectMultiple):
    """Ticks for who was there, and beside each one for leave; `on_leave` holds the keys of those, `reasons` why.

    `others` are not expected: they follow, with a tick for there alone.
    """

    template_name = "admin/visits/roll.html"
    on_leave: frozenset[str] = frozenset()
    reasons: dict[str, str] = {}
    others: frozenset[str] = frozenset()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        options = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        rows = [self._row(number, option) for number, option in enumerate(options, 1)]
        expected, others = ([row for row in rows if row["is_other"] == is_other] for is_other in (False, True))
        return context | {"rows": expected, "others": others, "patterns": patterns(), "words": words(expected, others)}

    def _row(self, number, option) -> dict:
        key = str(option["value"])
        facts = {"is_away": key in self.on_leave, "reason": self.reasons.get(key, ""), "is_other": key in self.others}
        return facts | {"number": number, "option": option}


def words(expected, others) -> str:
    there, came = (sum(row["option"]["selected"] for row in rows) for rows in (expected, others))
    said = [counted(len(expected), there, sum(row["is_away"] for row in expected))]
    return " ".join([*said, others_counted(came)] if came else said)


def patterns() -> dict[str, str]:
    """For the script, which counts while ticks are set."""
    return {"expected": counted("{all}", "{present}", "{leave}"), "others": others_counted("{others}")}


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
