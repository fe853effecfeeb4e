from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "feedback.opinions"
    verbose_name = _("opinions")

    def ready(self):
        from feedback.opinions import handover

        handover.join()
