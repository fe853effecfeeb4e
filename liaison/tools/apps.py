import gc

from django.contrib.admin.apps import AdminConfig
from django.core import checks


class OneAdmin(AdminConfig):
    """Django's admin, with the site that groups entries by the work and signs in at one door."""

    default_site = "liaison.tools.admin_site.WorkSite"

    def ready(self):
        from liaison.tools.startup import check_environment

        super().ready()
        checks.register(check_environment, checks.Tags.security)
        # What a page makes lives to its end: looking through thousands of records for garbage took a third of the time.
        gc.set_threshold(50_000, 20, 50)
