from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EightHavesConfig(AppConfig):
    name = "stations.eight_haves"
    verbose_name = _("the eight haves")
