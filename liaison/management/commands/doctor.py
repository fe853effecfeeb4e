"""manage.py doctor: everything a start-up would refuse, in words, and what the administrator should see to."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.rulebook.models import CalendarYear, Office
from liaison.tools import startup


class Command(BaseCommand):
    requires_system_checks = []  # it looks for itself
    help = _("Say everything a start-up would refuse, and what should be seen to.")

    def handle(self, **options):
        problems = list(startup.problems())
        for sentence in problems:
            self.stdout.write(f"✗ {sentence}")
        if problems:
            raise CommandError(_("Problems to mend: %(number)d") % {"number": len(problems)})
        for sentence in hints(timezone.localdate()):
            self.stdout.write(f"! {sentence}")
        well = _("Nothing stands in the way of starting.")
        self.stdout.write(f"✓ {well}")


def hints(today):
    """What does not stop a start but will be missed."""
    if not Office.objects.exists():
        yield _("No office is set up: residents would see no name and no telephone.")
    for year in (today.year, today.year + 1):
        if not CalendarYear.objects.filter(year=year, is_official=True).exists():
            yield _("The official calendar of %(year)d is missing; its due days are provisional.") % {"year": year}
