from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "liaison.duty"
    verbose_name = _("a representative's own pages")

    def ready(self):
        from django.contrib import admin

        admin.site.add_page("work", 10, _("My duty"), "duty:index", "duty.view_own")
        admin.site.add_page("registers", 67, _("Contact network"), "network:index", "duty.view_network")
