"""Accounts and grants: a role over a division or an organisation, from a day to a day."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.accounts.roles import ROLE_CHOICES
from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division
from liaison.organisations.models import Organisation


class UserQuerySet(models.QuerySet):
    def visible_to(self, user, permission=None):
        """All or nothing: accounts are kept by the system administrator."""
        return self if user.has_perm(permission or "accounts.view_user") else self.none()


class AccountManager(UserManager.from_queryset(UserQuerySet)):
    """Django's own way to make accounts, over the scoped rows."""


class User(AbstractUser):
    """Somebody with an account. Everybody who has a role may enter the work platform; it shows what the role shows."""

    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    first_name = last_name = None

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
