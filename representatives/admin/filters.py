"""Filters that many registers share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from representatives.models import LEVEL_CHOICES


def level_filter(path: str) -> type[admin.SimpleListFilter]:
    """By the level of the congress that lies at `path` from the row."""

    class LevelFilter(admin.SimpleListFilter):
        title, parameter_name = _("level"), "level"

        def lookups(self, request, model_admin):
            return LEVEL_CHOICES

        def queryset(self, request, queryset):
            chosen = self.value()
            if chosen not in {str(level) for level, _words in LEVEL_CHOICES}:
                return queryset
            found = queryset.model._base_manager.filter(**{f"{path}__level": chosen})
            return queryset.filter(pk__in=found.values("pk"))  # over many rows: a row would come twice

    return LevelFilter
