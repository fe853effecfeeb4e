"""What a password must be, how it is kept, and for how long (reliability.md 1.7: PASSWORD_PROFILE).

`default`: twelve characters, none of the usual ones, no rules of composition, no change by the calendar. `mlps`:
also three of four classes of characters and a new one every 90 days, as graded protection asks.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

MLPS = "mlps"
LIFE = timedelta(days=90)
CLASSES = 3  # of lower case, upper case, digits, everything else
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # without i, l and o, which are misread
DIGITS = "23456789"
OUR_WORDS = (
    *("renda", "rendadaibiao", "lianluozhan", "daibiao", "changweihui", "liaison", "haerbin", "heilongjiang"),
    *(
        "人大",
        "代表",
        "联络站",
        "常委会",
        "哈尔滨",
        "黑龙江",
        "woaini",
        "wodemima",
        "mima",
        "admin",
        "password",
        "qwerty",
    ),
)
REST = 4  # what must be left of a password when such words, years and runs of digits are taken out


class ModestArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, so that fifty sign-ins at once do not exhaust a small server."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


class LongEnough(MinimumLengthValidator):
    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(self.get_error_message(), code="password_too_short")

    def get_error_message(self):
        return _("At least %(count)d characters, please") % {"count": self.min_length}

    def get_help_text(self):
        return self.get_error_message()


class NotOurWords:
    """The words an outsider tries first: this trade, this place, the keyboard, a year or a telephone number."""

    def validate(self, password, user=None):
        rest = password.lower()
        for word in sorted(OUR_WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        letters = {character for character in rest if not character.isdigit() and not character.isspace()}
        if len(letters) < REST:
            raise ValidationError(_("Too easy to guess, please choose another"), code="password_of_our_words")

    def get_help_text(self):
        return _("Not made of digits, of names of places or of words of this work alone.")


class MixedClasses:
    """Asked by the profile `mlps` only."""

    def validate(self, password, user=None):
        if settings.PASSWORD_PROFILE == MLPS and classes_in(password) < CLASSES:
            raise ValidationError(
                _("Mix three of: capitals, small letters, digits, signs"), code="password_of_few_classes"
            )

    def get_help_text(self):
        return _("Mix three of: capitals, small letters, digits, signs") if settings.PASSWORD_PROFILE == MLPS else ""


def classes_in(password: str) -> int:
    kinds = (
        str.islower,
        str.isupper,
        str.isdigit,
        lambda sign: not (sign.islower() or sign.isupper() or sign.isdigit()),
    )
    return sum(any(map(kind, password)) for kind in kinds)


def has_expired(user) -> bool:
    since = user.password_changed_at or user.date_joined
    return settings.PASSWORD_PROFILE == MLPS and timezone.now() - since > LIFE


def one_time() -> str:
    """Easy to read over the telephone, good for one sign-in, about 56 bits."""
    groups = ["".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3)]
    return "-".join([groups[0].capitalize(), *groups[1:]]) + secrets.choice(DIGITS) + secrets.choice(DIGITS)
