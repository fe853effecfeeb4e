from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "stations.assessment"
    verbose_name = _("yearly checks of stations")

    def ready(self):
        from stations.assessment import beside

        beside.join()
