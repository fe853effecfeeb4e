from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "liaison.accounts"
    verbose_name = _("accounts")

    def ready(self):
        from allauth.mfa.signals import authenticator_added, authenticator_removed
        from django.contrib.auth.signals import user_logged_in

        from liaison.accounts import adapters, duties, granting, scope
        from liaison.accounts.grants import HOLDING, reaches_of_grants
        from liaison.divisions import importing

        importing.set_reach(scope.divisions_within)
        scope.add_source(reaches_of_grants)
        granting.add_holding(HOLDING)
        user_logged_in.connect(duties.begin)
        authenticator_added.connect(adapters.note_set_up)
        authenticator_removed.connect(adapters.note_removal)
