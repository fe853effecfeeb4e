"""Who may give which role where, and whose account may be kept by whom.

A *holding* is a kind of row that gives an account a role at a place: grants here, staff posts in stations, which adds
its own when it is ready. An account is seen by whoever keeps accounts where it holds something (or held, or will), and
by whoever opened it as long as it holds nothing. It is *kept* (changed, reset, given more) only by somebody who could
have given every role it holds today or later; and nobody keeps their own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Min, Q
from django.utils import timezone

from liaison.accounts.roles import GIVES, ROLES
from liaison.accounts.scope import Reach, Scope, scope_of
from liaison.divisions.codes import code_range

SEE, KEEP = "accounts.view_user", "accounts.change_user"


@dataclass(frozen=True)
class Holding:
    """Rows of a model with `user`, `valid_to` and `scope_paths`; `of_roles(roles)` are those that give the roles."""

    model: type[models.Model]
    of_roles: Callable[[set[str]], Q]

    @property
    def rows(self):
        return self.model._base_manager.exclude(user=None)

    def within(self, scope: Scope) -> Q:
        """What hangs within the scope, whoever gave it."""
        return scope.rows(self.model)

    def givable(self, scope: Scope) -> Q:
        """What somebody with this scope could have given."""
        condition = Q(pk__in=[])
        for reach in scope.reaches:
            condition |= self.of_roles(GIVES.get(reach.role, set())) & Scope((reach,)).rows(self.model)
        return condition


_holdings: list[Holding] = []


def add_holding(holding: Holding) -> None:
    if holding not in _holdings:
        _holdings.append(holding)


def accounts(rows, user, permission: str):
    """Of `rows`, those the user may see, or with another permission keep."""
    if user.is_active and user.is_superuser:
        return rows
    scope = scope_of(user).granting(permission)
    if not scope.reaches:
        return rows.none()
    seen = rows.filter(_own(user, scope, permission))
    return seen if permission == SEE else seen.exclude(pk=user.pk).exclude(is_superuser=True).exclude(_beyond(scope))


def _own(user, scope, permission) -> Q:
    condition = Q(made_by=user.pk) if permission == KEEP else Q(made_by=user.pk) | Q(pk=user.pk)
    held = Q()
    for holding in _holdings:
        held |= Q(pk__in=holding.rows.values("user"))
        condition |= Q(pk__in=holding.rows.filter(holding.within(scope)).values("user"))
    free = ~held if "sysadmin" in scope.roles else Q(pk__in=[])
    return condition | free


def _beyond(scope) -> Q:
    """Accounts that hold, today or later, what somebody with this scope could not give."""
    condition = Q(pk__in=[])
    for holding in _holdings:
        standing = holding.rows.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))
        givable = holding.model._base_manager.filter(holding.givable(scope)).values("pk")
        condition |= Q(pk__in=standing.exclude(pk__in=givable).values("user"))
    return condition


def begins_on(user):
    """The first day to come on which the account will hold something; None for no such day."""
    later = {"user": user.pk, "valid_from__gt": timezone.localdate()}
    days = [holding.rows.filter(**later).aggregate(first=Min("valid_from"))["first"] for holding in _holdings]
    return min((day for day in days if day), default=None)


def roles_given_by(user) -> list[str]:
    """The roles the user may give somewhere, in the order of roles.py."""
    if user.is_superuser:
        return list(ROLES)
    given = set().union(*(GIVES.get(role, set()) for role in scope_of(user).granting(KEEP).roles))
    return [role for role in ROLES if role in given]


def may_give(user, role: str, *, division: str, station: int | None = None) -> bool:
    """Whether the user may give the role over the division, or at the station that stands in it."""
    if user.is_active and user.is_superuser:
        return True
    reaches = scope_of(user).granting(KEEP).reaches
    return any(role in GIVES.get(reach.role, set()) and _covers(reach, division, station) for reach in reaches)


def _covers(reach: Reach, division: str, station: int | None) -> bool:
    if reach.division is not None:
        low, high = code_range(reach.division)
        return low <= division < high
    return station is not None and reach.station == station
