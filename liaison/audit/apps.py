from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "liaison.audit"
    verbose_name = _("audit trail")

    def ready(self):
        from liaison.audit.trail import record
        from liaison.tools import admin, workflow

        workflow.set_recorder(record)
        admin.set_recorder(record)
