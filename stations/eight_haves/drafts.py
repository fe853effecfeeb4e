"""A standard changes only while it is a draft: what is published refuses, by whatever way of the ORM.

Whoever changes something of a standard holds it, so that nobody publishes it meanwhile.
"""

from operator import attrgetter

from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

DRAFT, PUBLISHED = "draft", "published"


class PublishedStands(Exception):
    """Somebody tried to change a published standard."""

    def __init__(self):
        super().__init__(_("A published standard never changes. Please make a new version from it."))


def refuse_published(keys) -> None:
    """Hold the standards of these keys, within a transaction. PublishedStands where one of them is published."""
    standards = apps.get_model("eight_haves", "Standard")._base_manager.filter(pk__in=keys).select_for_update()
    if PUBLISHED in standards.values_list("state", flat=True):
        raise PublishedStands


class DraftRows(models.QuerySet):
    """Of standards, or of their parts."""

    def update(self, **values):
        with transaction.atomic(using=self.db):
            refuse_published(self._standards())
            changed = super().update(**values)
            if self.model.hangs_at in values:
                refuse_published(self._standards_of_all_at(values[self.model.hangs_at]))
            return changed

    def delete(self):
        with transaction.atomic(using=self.db):
            refuse_published(self._standards())
            return super().delete()

    def bulk_create(self, objs, *args, **options):
        objs = list(objs)
        with transaction.atomic(using=self.db):
            refuse_published([key for row in objs for key in row.standards_behind])
            return super().bulk_create(objs, *args, **options)

    update.alters_data = delete.alters_data = True

    def _standards(self):
        return list(self.order_by().values_list(self.model.way, flat=True))

    def _standards_of_all_at(self, whole):
        return self.model._base_manager.filter(**{self.model.hangs_at: whole}).values(self.model.way)


class OfDraft(models.Model):
    """A standard, or a part of one. `way` leads to the key of its standard, `hangs_at` to what it is part of."""

    way, hangs_at = "pk", ""

    class Meta:
        abstract = True

    def save(self, *args, **options):
        with transaction.atomic(using=options.get("using")):
            refuse_published(self.standards_behind)
            super().save(*args, **options)

    def delete(self, *args, **options):
        with transaction.atomic(using=options.get("using")):
            refuse_published(self.standards_behind)
            return super().delete(*args, **options)

    @property
    def standards_behind(self) -> list[int]:
        """That it is a part of now, and that it was before."""
        kept = type(self)._base_manager.filter(pk=self.pk).values_list(self.way, flat=True)
        return [attrgetter(self.way.replace("__", "."))(self), *kept]
