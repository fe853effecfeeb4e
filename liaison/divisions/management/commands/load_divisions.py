"""manage.py load_divisions FILE [--on DATE] [--under CODE]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.divisions import load
from liaison.tools.dates import parse_day
from liaison.tools.sheets import SheetRefused

HEADINGS = {
    "added": gettext_lazy("Added"),
    "renamed": gettext_lazy("Renamed"),
    "changed": gettext_lazy("Otherwise changed"),
    "restored": gettext_lazy("In force again"),
    "retired": gettext_lazy("Retired"),
    "unchanged": gettext_lazy("Unchanged"),
    "twice": gettext_lazy("Listed twice, a city without counties, and taken once"),
}
NAMED = ("renamed", "changed", "restored", "retired", "twice")  # the ones somebody will want to look at
SHOWN = 20


class Command(BaseCommand):
    help = _("Load divisions from a CSV or XLSX file with at least code, name, parent_code.")

    def add_arguments(self, parser):
        parser.add_argument("file", help=_("the file"))
        parser.add_argument("--on", default="", help=_("the day on which what is not listed was retired (today)"))
        parser.add_argument("--under", default="", help=_("the file lists everything of its levels under this code"))

    def handle(self, *, file, on, under, **options):
        try:
            report = load.load(file, on=_day(on), under=under)
        except SheetRefused as refusal:
            raise CommandError(str(refusal.reason)) from refusal
        except OSError as error:
            raise CommandError(_("The file {file} cannot be read.").format(file=file)) from error
        for key, heading in HEADINGS.items():
            self._show(key, str(heading), getattr(report, key))

    def _show(self, key, heading, divisions):
        self.stdout.write(f"{heading}: {len(divisions)}")
        shown = divisions[:SHOWN] if key in NAMED else []
        for words in shown:
            self.stdout.write(f"  {words}")
        if key in NAMED and len(divisions) > SHOWN:
            self.stdout.write("  …")


def _day(text):
    today = timezone.localdate()
    try:
        return parse_day(text, today) if text else today
    except ValueError as error:
        raise CommandError(f"--on: {error}") from error
