"""manage.py import_opinions FILE [--station CODE] [--dry-run]"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.opinions.importing import import_file
from liaison.divisions.models import Division
from liaison.rulebook.office import served_division
from liaison.tools.sheets import SheetRefused
from stations.register.models import Station

HEADINGS = {
    "rows": gettext_lazy("Rows read"),
    "added": gettext_lazy("Opinions added"),
    "completed": gettext_lazy("Opinions completed"),
    "replies": gettext_lazy("Replies"),
    "unchanged": gettext_lazy("Unchanged"),
}


class Command(BaseCommand):
    help = _("Import opinions from a CSV, CSV.gz or XLSX file with at least body or title.")

    def add_arguments(self, parser):
        parser.add_argument("file", help=_("the file"))
        parser.add_argument("--station", default="", help=_("the code of the station they belong to"))
        parser.add_argument("--dry-run", action="store_true", help=_("only say what the file would bring"))

    def handle(self, *, file, station, dry_run, **options):
        station = _station(station)
        try:
            tally = import_file(file, station=station, is_rehearsal=dry_run)
        except SheetRefused as refusal:
            raise CommandError(str(refusal.reason)) from refusal
        except OSError as error:
            raise CommandError(_("The file {file} cannot be read.").format(file=file)) from error
        self._tell(tally, dry_run)

    def _tell(self, tally, dry_run):
        if dry_run:
            self.stdout.write(_("A trial: nothing was saved."))
        for key, heading in HEADINGS.items():
            self.stdout.write(f"{heading}: {getattr(tally, key)}")
        if tally.nameless:
            words = _("{count} rows have neither message_id nor time: the same file would add them once more.")
            self.stdout.write(words.format(count=len(tally.nameless)))


def _station(code) -> Station | None:
    """The station named, or None where the division served takes them."""
    try:
        return Station.objects.get(code=code) if code else served_division() and None
    except Station.DoesNotExist as error:
        raise CommandError(_("There is no station {code}.").format(code=code)) from error
    except Division.DoesNotExist as error:
        raise CommandError(
            _(
                "It is not known which division this installation serves. Run load_divisions, then set DIVISION_CODE "
                "or enter the office in the work platform; or name a --station."
            )
        ) from error
