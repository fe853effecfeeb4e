"""What allauth asks of us: how somebody is let in and out, and how second factors are kept."""

import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from liaison.accounts.guessing import note
from liaison.accounts.network import network_of
from liaison.audit.trail import record
from liaison.tools.sealed import master, seal, unseal

SEALED_AS = "mfa_authenticator:secret"


class Door(DefaultAccountAdapter):
    """Nobody signs up, nothing is mailed; who came in, went out or was refused stands in the trail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Username or password is wrong, please try again"),
        "enter_current_password": _("The present password is wrong"),
        "incorrect_password": _("The present password is wrong"),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Onward only to addresses of ours, without a host."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def add_message(self, *args, **kwargs):
        """The pages say what happened."""

    def send_notification_mail(self, *args, **kwargs):
        """Accounts have no mail."""

    def pre_authenticate(self, request, **credentials):
        """axes counts, in the database and per network."""

    def authentication_failed(self, request, **credentials):
        note(request, credentials.get("username"))

    def login(self, request, user):
        super().login(request, user)
        record("sign_in", user, actor=user, detail={"network": network_of(request)})

    def logout(self, request):
        if request.user.is_authenticated:
            record("sign_out", request.user, actor=request.user)
        super().logout(request)

    def set_password(self, user, password):
        """By its owner, who need not change it again."""
        user.set_password(password)
        user.password_changed_at, user.must_change_password = timezone.now(), False
        user.save(update_fields=["password", "password_changed_at", "must_change_password"])
        record("change_password", user, actor=user)

    def get_password_change_redirect_url(self, request):
        """On to the work: an empty form again would look as if nothing had happened."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)


class Factors(DefaultMFAAdapter):
    """Secrets are kept sealed; the picture to scan is drawn without inline style."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong, please look again"),
        "cannot_delete_authenticator": _("The second factor is required and cannot be switched off"),
        "cannot_generate_recovery_codes": _("Set up the second factor first, please"),
    }

    def get_totp_issuer(self):
        return str(_("Deputy liaison stations"))

    def build_totp_svg(self, url):
        out = io.BytesIO()
        facts = {"svgclass": "qr", "lineclass": None, "omitsize": True, "light": "#fff", "border": 3}
        segno.make(url, error="m").save(out, kind="svg", xmldecl=False, **facts)
        return mark_safe(out.getvalue().decode())  # noqa: S308 - segno's own drawing

    def encrypt(self, text):
        return seal(master(settings.FIELD_KEY), text, SEALED_AS).hex()

    def decrypt(self, encrypted_text):
        return unseal(master(settings.FIELD_KEY), bytes.fromhex(encrypted_text), SEALED_AS)

    def can_delete_authenticator(self, authenticator):
        return settings.SECOND_FACTOR != "required"


def note_set_up(sender, user, authenticator, **facts):
    record("second_factor", user, actor=user, detail={"set_up": authenticator.type})


def note_removal(sender, user, authenticator, **facts):
    record("second_factor", user, actor=user, detail={"removed": authenticator.type})
