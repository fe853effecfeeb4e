"""The forms of the sign-in pages: allauth's, with our names and words, and with axes in front of codes as well."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _

from liaison.accounts.guessing import may_try, note


def ask_in_our_words(form, **words):
    for name, (label, missing) in words.items():
        form.fields[name].label = label
        form.fields[name].error_messages["required"] = missing


class SignInForm(LoginForm):
    """Its field is called `username`, as everywhere else in Django."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_in_our_words(
            self,
            login=(_("Username"), _("Please write your username")),
            password=(_("Password"), _("Please write your password")),
        )

    def add_prefix(self, field_name):
        return super().add_prefix({"login": "username"}.get(field_name, field_name))


class NewPasswordForm(ChangePasswordForm):
    @property
    def offers_factor(self) -> bool:
        return settings.SECOND_FACTOR != "off"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_in_our_words(
            self,
            oldpassword=(_("Present password"), _("Please write the present password")),
            password1=(_("New password"), _("Please write a new password")),
            password2=(_("New password once more"), _("Please write the new password again")),
        )

    def clean(self):
        facts = super().clean()
        if facts.get("oldpassword") and facts["oldpassword"] == facts.get("password1"):
            self.add_error("password1", _("It must differ from the present one"))
        return facts


class AgainForm(ReauthenticateForm):
    """The password once more, before a second factor is touched; guessed here, it counts like at the door."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_in_our_words(self, password=(_("Password"), _("Please write your password")))

    def clean_password(self):
        return counted(self.user, super().clean_password)


class WithCode(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_in_our_words(self, code=(_("Code"), _("Please write the code")))


class CodeForm(WithCode, factors.AuthenticateForm):
    def clean_code(self):
        return counted(self.user, super().clean_code)


class CodeAgainForm(WithCode, factors.ReauthenticateForm):
    def clean_code(self):
        return counted(self.user, super().clean_code)


class FirstCodeForm(WithCode, ActivateTOTPForm):
    pass


def counted(user, clean):
    """A wrong code or password counts as a wrong password of the pair, and after too many none is looked at."""
    request, name = context.request, user.get_username()
    if not may_try(request, name):
        request.axes_locked_out = True
        raise forms.ValidationError(_("Too many attempts, please wait"))
    try:
        return clean()
    except forms.ValidationError:
        user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)
        note(request, name)
        raise
