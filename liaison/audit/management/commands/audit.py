"""manage.py audit verify"""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from liaison.audit.models import Entry
from liaison.audit.trail import forged

# What Django raises where a column holds what it never wrote there (SQLite takes any text for a time or a key).
UNREADABLE = (ValueError, TypeError, AttributeError)


class Command(BaseCommand):
    help = _("Check the audit trail: verify recomputes the MAC of every entry and names those that do not fit.")

    def add_arguments(self, parser):
        parser.add_argument("check", choices=["verify"], help=_("what to do"))

    def handle(self, *, check, **options):
        count, wrong = Entry.objects.count(), wrong_positions()
        if wrong:
            words = _("{wrong} of {count} entries do not fit their MAC. Positions: {positions}")
            raise CommandError(words.format(wrong=len(wrong), count=count, positions=ranges(wrong)))
        self.stdout.write(_("{count} entries checked, all as they were written.").format(count=count))


def wrong_positions() -> list[int]:
    """The ids of entries that were altered or written behind the product's back, ascending."""
    ends = Entry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    return [] if ends["first"] is None else _wrong_between(ends["first"], ends["last"])


def _wrong_between(first, last) -> list[int]:
    """An entry too spoilt to be read is found by halving, so that it is named and hides no other."""
    try:
        return [entry.pk for entry in forged(Entry.objects.filter(pk__range=(first, last)).order_by("pk"))]
    except UNREADABLE:
        if first == last:
            return [first]
        middle = (first + last) // 2
        return _wrong_between(first, middle) + _wrong_between(middle + 1, last)


def ranges(numbers: list[int]) -> str:
    """Ascending numbers, neighbours drawn together: 3, 7-9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
