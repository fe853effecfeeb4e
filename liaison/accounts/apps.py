from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "liaison.accounts"
    verbose_name = _("accounts")

    def ready(self):
        from liaison.accounts import scope
        from liaison.accounts.grants import reaches_of_grants

        scope.add_source(reaches_of_grants)
