"""The form about the site itself: one question, and where."""

import secrets

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from liaison.tools.fields import CleanText

LONGEST = 2000
TOKEN_SALT = "liaison.remark"  # noqa: S105 - a name, no secret
TOKEN_SECONDS = 7 * 24 * 60 * 60


def issue_token() -> str:
    """What the form carries instead of a cookie: however often it is sent, it is one remark."""
    return signing.TimestampSigner(salt=TOKEN_SALT).sign(secrets.token_urlsafe(18))


class RemarkForm(forms.Form):
    body = CleanText(
        lines=True,
        label=_("what is wrong or missing"),
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": _("Please write what is wrong or missing"),
            "max_length": _("Too long, please keep within two thousand characters"),
        },
    )
    page = CleanText(
        label=_("where on the website"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Too long, at most two hundred characters")},
    )
    token = forms.CharField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "null_characters_not_allowed"),
            _("The page was open too long, please press Submit once more"),
        ),
    )

    def clean_token(self) -> str:
        """The nonce of a token of ours that is not too old."""
        try:
            return signing.TimestampSigner(salt=TOKEN_SALT).unsign(self.cleaned_data["token"], max_age=TOKEN_SECONDS)
        except signing.BadSignature as bad:
            raise forms.ValidationError(self.fields["token"].error_messages["required"]) from bad
