"""Sign-in and what belongs to it. Of allauth's addresses only these exist: nobody signs up, nothing goes by mail."""

from allauth.account import views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.http import require_POST

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", require_POST(views.logout), name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("factor/", factors.index, name="mfa_index"),
    path("factor/code/", factors.authenticate, name="mfa_authenticate"),
    path("factor/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("factor/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("factor/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
