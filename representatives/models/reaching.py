"""Whose duty records a reader reaches: of mandates in their congresses, and of those placed at their stations."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone

from liaison.accounts.scope import ScopedQuerySet, scope_of, view_permission
from representatives.models.mandates import Mandate


def _placed_nowhere(scope, on) -> QuerySet:
    """Until the register of stations is ready nobody has a place."""
    return Mandate.objects.none().values("pk")


_placed: Callable = _placed_nowhere


def set_placing(placed: Callable) -> None:
    """Stations stand above: they say which mandates have their place within a scope, `placed(scope, on) -> keys`."""
    global _placed
    _placed = placed


def mandates_in_reach(user, permission: str) -> QuerySet:
    """The mandates on whose records the user holds the permission today."""
    if user.is_active and user.is_superuser:
        return Mandate.objects.all()
    scope = scope_of(user).granting(permission)
    return Mandate.objects.filter(scope.rows(Mandate) | Q(pk__in=_placed(scope, timezone.localdate())))


class OfMandates(ScopedQuerySet):
    """Rows that hang at a mandate. Not public: who was absent is nobody's business but the office's."""

    def visible_to(self, user, permission=None):
        reached = mandates_in_reach(user, permission or view_permission(self.model))
        return self.filter(mandate__in=reached.order_by().values("pk"))
