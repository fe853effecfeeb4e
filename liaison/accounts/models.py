"""Accounts and grants: a role over a division or an organisation, from a day to a day."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts import granting
from liaison.accounts.roles import ROLE_CHOICES
from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation


class UserQuerySet(models.QuerySet):
    def visible_to(self, user, permission=None):
        """Accounts that hold something within the user's scope; to change them, nothing outside or above it."""
        return granting.accounts(self, user, permission or "accounts.view_user")


class AccountManager(UserManager.from_queryset(UserQuerySet)):
    """Django's own way to make accounts, over the scoped rows."""


class User(AbstractUser):
    """Somebody with an account. Everybody who has a role may enter the work platform; it shows what the role shows."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    first_name = last_name = None
    made_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("opened by")
    )
    must_change_password = models.BooleanField(_("must choose a new password"), default=False, editable=False)
    password_changed_at = models.DateTimeField(_("password chosen at"), null=True, editable=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # sessions of earlier rounds are over

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts and permissions")
        ordering = ["username"]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    def end_sessions(self):
        """All of them, at their next request; they do not come back when the account does."""
        self.session_round += 1

    def _get_session_auth_hash(self, secret=None):
        """Django's own, and the round."""
        said = f"{self.password}{self.session_round}"
        return salted_hmac("liaison.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()


class GrantQuerySet(ScopedQuerySet):
    def in_force(self, on):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class Grant(models.Model):
    """A role over a division and all below it, or over one organisation, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=30, choices=ROLE_CHOICES)
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, verbose_name=_("division"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()
    scope_paths = {"division": ("division_id", "organisation__division_id")}

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["user", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(division=None, organisation__isnull=False) | Q(division__isnull=False, organisation=None),
                name="a_grant_holds_over_one_place",
                violation_error_message=_("Choose either a division or an organisation."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="a_grant_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}"

    @property
    def in_the_trail(self) -> dict:
        """What the trail keeps of it: keys and days."""
        days = {name: day.isoformat() for name in ("valid_from", "valid_to") if (day := getattr(self, name))}
        place = {"division": self.division_id} if self.division_id else {"organisation": self.organisation_id}
        return {"account": self.user_id, "role": self.role} | place | days
