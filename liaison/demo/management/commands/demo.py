"""`manage.py demo`: prepare the databases, load the demo district, say how to get in, serve."""

import os
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.demo import entrance
from liaison.demo.district import DemoRefused, ensure

SCALES = ("district", "city", "province")


class Command(BaseCommand):
    requires_system_checks = []  # migrating and serving make their own
    help = "Migrate, load the demo district (once), print the address and the accounts, and serve."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=7, help="which demo; kept at the first load")
        parser.add_argument("--today", type=date.fromisoformat, help="its day, YYYY-MM-DD; kept at the first load")
        parser.add_argument("--scale", choices=SCALES, default="district")
        parser.add_argument("--password", help="of every demo account")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="load only")

    def handle(self, *, seed, today, scale, password, port, no_serve, **options):
        for database in settings.DATABASES:
            call_command("migrate", database=database, verbosity=0, interactive=False)
        if "SITE_URL" not in os.environ:  # receipts and their QR codes name the port that is served
            settings.SITE_URL = f"http://127.0.0.1:{port}"
        password = self.load(seed, today or timezone.localdate(), scale, password)
        for line in entrance.lines(f"http://127.0.0.1:{port}", password):
            self.stdout.write(line)
        self.stdout.flush()
        if not no_serve:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def load(self, seed, today, scale, password) -> str:
        """Load it if it is not here yet; the password to print."""
        first_password = password or entrance.own_password()
        try:
            kept, is_new = ensure(seed=seed, today=today, scale=scale, password=first_password)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        words = {"day": kept.today, "seed": kept.seed}
        if is_new:
            self.stdout.write(_("The demo was loaded (day %(day)s, seed %(seed)s).") % words)
            return first_password
        self.stdout.write(_("The demo is here already and was left as it is (day %(day)s, seed %(seed)s).") % words)
        if password:
            entrance.change_password(password)
        return password or entrance.kept_password()
