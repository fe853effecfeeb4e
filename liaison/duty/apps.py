from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "liaison.duty"
    verbose_name = _("a representative's own pages")
