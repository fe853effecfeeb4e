from django.contrib.admin.apps import AdminConfig


class OneAdmin(AdminConfig):
    """Django's admin, with the site that groups entries by the work and signs in at one door."""

    default_site = "liaison.tools.admin_site.WorkSite"
