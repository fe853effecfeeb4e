"""manage.py generate_receptions --until DATE"""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from stations.receptions.scheduling import FURTHEST, generate, horizon, outcome_in_words


class Command(BaseCommand):
    help = _("Make the reception days that their rules mean, up to a day. Running it again changes nothing.")

    def add_arguments(self, parser):
        parser.add_argument("--until", type=date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *, until, **options):
        today = timezone.localdate()
        until = until or horizon(today)
        if not today <= until <= today + FURTHEST:
            raise CommandError(_("The day must lie within two years from today."))
        self.stdout.write(outcome_in_words(generate(until, today)))
