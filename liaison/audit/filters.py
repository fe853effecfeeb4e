"""How the trail is narrowed: by day, by whom, by what was done, by the kind of record. No choice costs a question."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison.audit.words import ACTIONS, NOBODYS
from liaison.tools.periods import Period, custom

MOVES, NO_RECORD = "moves", "none"


class DayFilter(admin.SimpleListFilter):
    title, parameter_name = pgettext_lazy("trail", "day"), "day"
    days = {"1": _("today"), "7": _("the last 7 days"), "30": _("the last 30 days"), "365": _("the last year")}

    def lookups(self, request, model_admin):
        return list(self.days.items())

    def queryset(self, request, queryset):
        return queryset.filter(**self._period().moments("at")) if self.value() in self.days else queryset

    def _period(self) -> Period:
        today = timezone.localdate()
        return custom(today - timedelta(days=int(self.value()) - 1), today)


class ActorFilter(admin.SimpleListFilter):
    """People with an account are looked for by name; the others are kinds of their own."""

    title, parameter_name = _("by whom"), "actor"

    def lookups(self, request, model_admin):
        return [("account", _("somebody with an account")), *NOBODYS.items()]

    def queryset(self, request, queryset):
        if self.value() == "account":
            return queryset.filter(actor_id__isnull=False)
        is_known = self.value() in NOBODYS
        return queryset.filter(actor_id=None, actor_name=self.value()) if is_known else queryset


class ActionFilter(admin.SimpleListFilter):
    """What is no action of its own here is a move of some matter."""

    title, parameter_name = _("action"), "done"

    def lookups(self, request, model_admin):
        return [*ACTIONS.items(), (MOVES, _("a step in the handling"))]

    def queryset(self, request, queryset):
        if self.value() == MOVES:
            return queryset.exclude(action__in=ACTIONS)
        return queryset.filter(action=self.value()) if self.value() in ACTIONS else queryset


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = _("kind of record"), "kind"

    def lookups(self, request, model_admin):
        models = sorted(model_admin.admin_site._registry, key=lambda model: model._meta.label_lower)
        kinds = [(model._meta.label_lower, model._meta.verbose_name) for model in models]
        return [*kinds, (NO_RECORD, _("about no record"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(object_type="" if self.value() == NO_RECORD else self.value())
