"""manage.py import_stations FILE [--dry-run] [--near same|another]"""

from django.utils.translation import gettext as _

from liaison.tools.importing.command import ImportCommand
from stations.register.importing import StationFile


class Command(ImportCommand):
    help = _("Import stations from a CSV, CSV.gz or XLSX file.")
    subject = StationFile
