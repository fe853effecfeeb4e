"""manage.py import_representatives FILE [--dry-run] [--near same|another]"""

from django.utils.translation import gettext as _

from liaison.tools.importing.command import ImportCommand
from stations.register.importing_people import PlacedRepresentativeFile


class Command(ImportCommand):
    help = _("Import representatives from a CSV, CSV.gz or XLSX file.")
    subject = PlacedRepresentativeFile
