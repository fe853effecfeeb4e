"""What somebody signed in must do before anything else, and how long a session lasts."""

from time import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from liaison.accounts.passwords import has_expired
from liaison.accounts.scope import scope_of

BEGUN, SEEN = "signed_in_at", "seen_at"
MINUTE = 60
ALWAYS_OPEN = {"account_logout", "account_change_password", "account_reauthenticate", "admin:jsi18n"}


def begin(sender, request, **facts):
    """A session's marks, set at sign-in."""
    request.session[BEGUN] = request.session[SEEN] = int(time())


class Duties:
    """Middleware: ends what has lasted too long, then leads to a new password and to the second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name
        if settings.SECOND_FACTOR == "off" and name in FACTOR_PAGES:
            raise Http404
        if not request.user.is_authenticated:
            return None
        if has_ended(request.session):
            return self._end(request, view)
        see(request.session)
        return redirect(duty) if (duty := duty_of(request)) and name not in open_while(duty) else None

    def _end(self, request, view):
        logout(request)
        if not getattr(view, "login_required", True):
            return None
        return redirect_to_login(request.get_full_path(), f"{reverse(settings.LOGIN_URL)}?ended=1", REDIRECT_FIELD_NAME)


FACTOR_PAGES = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}


def has_ended(session) -> bool:
    now = time()
    is_idle = now - session.get(SEEN, now) > settings.SESSION_IDLE_MINUTES * MINUTE
    return is_idle or now - session.get(BEGUN, now) > settings.SESSION_COOKIE_AGE


def see(session) -> None:
    """Written at most once a minute."""
    now = int(time())
    if now - session.get(SEEN, 0) >= MINUTE:
        session[SEEN] = now
        session.setdefault(BEGUN, now)


def duty_of(request) -> str | None:
    """The name of the page that must be done first."""
    user = request.user
    if user.must_change_password or has_expired(user):
        return "account_change_password"
    if settings.SECOND_FACTOR == "required" and works(user) and not is_mfa_enabled(user):
        return "mfa_activate_totp"
    return None


def works(user) -> bool:
    return user.is_superuser or bool(scope_of(user).reaches)


def open_while(duty) -> set[str]:
    return ALWAYS_OPEN if duty == "account_change_password" else ALWAYS_OPEN | {duty, "mfa_reauthenticate"}
