"""manage.py import_organisations FILE [--dry-run] [--near same|another]"""

from django.utils.translation import gettext as _

from liaison.organisations.importing import OrganisationFile
from liaison.tools.importing.command import ImportCommand


class Command(ImportCommand):
    help = _("Import organisations from a CSV, CSV.gz or XLSX file.")
    subject = OrganisationFile
