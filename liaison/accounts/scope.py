"""Which rows: the one rule every list, form, filter, search, export, figure and count asks.

A *reach* is a role and where it holds: a division and all below it, one station, or one organisation. `scope_of`
gathers a user's reaches from the sources that apps above add when they are ready (grants here, staff posts in
stations). A model says by `scope_paths` where its rows hang; `visible_to(user)` puts the two together.
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from time import time

from django.db import models
from django.db.models import Q
from django.utils import timezone

from liaison.accounts.roles import permissions_of
from liaison.divisions.codes import code_range
from liaison.divisions.models import Division


@dataclass(frozen=True)
class Reach:
    """One role and where it holds; exactly one of the three places is given."""

    role: str
    division: str | None = None
    station: int | None = None
    organisation: int | None = None


@dataclass(frozen=True)
class Scope:
    reaches: tuple[Reach, ...]

    def granting(self, permission: str) -> "Scope":
        """The part of this scope whose roles hold the permission."""
        return Scope(tuple(reach for reach in self.reaches if permission in permissions_of(reach.role)))

    @property
    def roles(self) -> set[str]:
        return {reach.role for reach in self.reaches}

    @cached_property
    def modules(self) -> frozenset[str]:
        """The apps of which they allow anything."""
        return frozenset(permission.partition(".")[0] for permission in self.permissions)

    @cached_property
    def permissions(self) -> frozenset[str]:
        """All that its roles allow, each of them somewhere."""
        return frozenset().union(*map(permissions_of, self.roles))

    def places(self, kind: str) -> list:
        return sorted({getattr(reach, kind) for reach in self.reaches if getattr(reach, kind) is not None})

    def rows(self, model) -> Q:
        """The condition that holds for the model's rows within this scope; nothing where no path fits."""
        condition = Q(pk__in=[])
        for kind, paths in model.scope_paths.items():
            places = self.places(kind)
            for path in (paths,) if isinstance(paths, str) else paths:
                condition |= _hangs(model, path, kind, places) if places else Q()
        return condition


def _hangs(model, path: str, kind: str, places: list) -> Q:
    if kind == "division":
        condition = Q()
        for low, high in map(code_range, places):
            condition |= Q(**{f"{path}__gte": low, f"{path}__lt": high})
    else:
        condition = Q(**{f"{path}__in": places})
    if path.split("__")[0] in _plural(model):  # over many rows: ask aside, or a row would come twice
        return Q(pk__in=model._base_manager.filter(condition).values("pk"))
    return condition


def _plural(model) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.one_to_many or field.many_to_many}


Source = Callable[..., Iterable[Reach]]
_sources: list[Source] = []


def add_source(source: Source) -> None:
    """Apps above add what they know of a user's reach: `source(user, on) -> reaches`."""
    if source not in _sources:
        _sources.append(source)


Follower = Callable[[list[Reach], date], Iterable[Reach]]
_followers: list[Follower] = []


def add_follower(follower: Follower) -> None:
    """What known reaches lead to further: `follower(reaches, on) -> reaches`. Asked only of those who have any."""
    if follower not in _followers:
        _followers.append(follower)


def scope_of(user, on: date | None = None) -> Scope:
    """The user's reaches on a day (default today); empty for nobody and for dismissed accounts."""
    if not (user.is_authenticated and user.is_active):
        return Scope(())
    kept = getattr(user, "_scopes", None)
    if kept is None:
        kept = user._scopes = {}  # for this request: the next one loads the user anew
    if on is None:
        return _scope_now(user, kept)
    if on not in kept:
        own = [reach for source in _sources for reach in source(user, on)]
        kept[on] = Scope((*own, *(reach for follower in _followers for reach in follower(own, on))))
    return kept[on]


def _scope_now(user, kept) -> Scope:
    """Asked two hundred times for one page of the admin: which day it is is asked once a minute, with it the scope."""
    minute = int(time()) // 60
    if minute not in kept:
        kept[minute] = scope_of(user, timezone.localdate())
    return kept[minute]


def view_permission(model) -> str:
    return f"{model._meta.app_label}.view_{model._meta.model_name}"


def divisions_within(user, permission: str):
    """The divisions over which the user holds the permission, all below them included."""
    if user.is_active and user.is_superuser:
        return Division.objects.all()
    below = [Q(code__gte=low, code__lt=high) for low, high in map(code_range, _held(user, permission))]
    return Division.objects.filter(reduce(operator.or_, below, Q(pk__in=[])))


def _held(user, permission):
    return scope_of(user).granting(permission).places("division")


class ScopedQuerySet(models.QuerySet):
    """Rows that hang at a division, a station or an organisation (`scope_paths` of the model)."""

    def visible_to(self, user, permission: str | None = None):
        """The rows on which the user holds the permission (default: to view)."""
        if user.is_active and user.is_superuser:
            return self
        scope = scope_of(user).granting(permission or view_permission(self.model))
        return self.filter(scope.rows(self.model))
