"""manage.py import_visits FILE [--dry-run] [--near same|another]"""

from django.utils.translation import gettext as _

from liaison.tools.importing.command import ImportCommand
from stations.visits.importing import VisitFile


class Command(ImportCommand):
    help = _("Import visits from a CSV, CSV.gz or XLSX file.")
    subject = VisitFile
