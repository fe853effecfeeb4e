"""What the commands that import a file have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liaison.tools.importing.plan import ANOTHER, CHANGED, NEW, UNCHANGED, Plan, Subject, take_in
from liaison.tools.sheets import SheetRefused

HEADINGS = {NEW: gettext_lazy("New"), CHANGED: gettext_lazy("Changed"), UNCHANGED: gettext_lazy("Unchanged")}


class ImportCommand(BaseCommand):
    """manage.py import_… FILE [--dry-run]: the whole file or nothing, and running it again changes nothing."""

    subject: type[Subject]

    def add_arguments(self, parser):
        parser.add_argument("file", help=_("the file"))
        parser.add_argument("--dry-run", action="store_true", help=_("only say what the file would bring"))
        parser.add_argument(
            "--near",
            choices=["same", ANOTHER],
            default="",
            help=_("what to take a line for that may be about somebody known: the same, or another"),
        )

    def handle(self, *, file, dry_run, near, **options):
        try:
            plan = self._run(self.subject(default_answer=near), file, dry_run)
        except SheetRefused as refusal:
            raise CommandError(str(refusal.reason)) from refusal
        except OSError as error:
            raise CommandError(_("The file {file} cannot be read.").format(file=file)) from error
        self._tell(plan, dry_run)

    def _run(self, subject, file, dry_run) -> Plan:
        with transaction.atomic():
            plan = take_in(subject, file)
            transaction.set_rollback(dry_run)
        return plan

    def _tell(self, plan, dry_run):
        if dry_run:
            self.stdout.write(_("A trial: nothing was saved."))
        self.stdout.write(f"{_('Rows read')}: {plan.rows}")
        for status, heading in HEADINGS.items():
            self.stdout.write(f"{heading}: {plan.counts[status]}")
        if plan.counts[NEW] == plan.counts[CHANGED] == 0:
            self.stdout.write(_("Nothing to change: all of it is known already."))
