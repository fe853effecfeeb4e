from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemarksConfig(AppConfig):
    name = "liaison.remarks"
    verbose_name = _("remarks about this website")
