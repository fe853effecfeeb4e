"""What a record said before it was changed or taken away, kept so that a past cut-off can be asked again.

A model that inherits `Kept`, and whose querysets inherit `KeptRows`, leaves an `Earlier` whenever one of its rows is
changed or deleted, by whatever way of the ORM. `Past` reads them: the rows as they were known at a moment.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.audit.models import Earlier


class KeptRows:
    """For a queryset class, before Django's own."""

    def update(self, **values):
        with transaction.atomic(using=self.db):
            before = rows_now(self) if touches(self.model, values) else []
            changed = super().update(**values)
            remember(before, after=rows_of(self.model, before) if moves(self.model, values) else before)
            return changed

    def delete(self):
        with transaction.atomic(using=self.db):
            keep_with_what_hangs_on(self)
            return super().delete()

    update.alters_data = delete.alters_data = True


class Kept(models.Model):
    """`entered_at` says from when on a row is known; `kept_fields` what is remembered beside it, all where empty."""

    kept_fields: tuple[str, ...] = ()
    kept_with: tuple[str, ...] = ()  # what `station_of_record` is read from, asked in one with the rows

    class Meta:
        abstract = True

    def save(self, *args, **options):
        """Saving what has not changed leaves nothing."""
        if self._state.adding or self.pk is None:
            super().save(*args, **options)
            return
        with transaction.atomic(using=options.get("using")):
            before = type(self)._base_manager.filter(pk=self.pk).first()
            super().save(*args, **options)
            if before is not None and said_by(before) != said_by(self):
                remember([before], after=[self])

    def delete(self, *args, **options):
        with transaction.atomic(using=options.get("using")):
            keep_with_what_hangs_on(type(self)._base_manager.filter(pk=self.pk))
            return super().delete(*args, **options)

    @property
    def station_of_record(self) -> int | None:
        """The station to whose standing it belongs; None for what may belong to anybody's."""
        return self.station_id


class KeptOfAll(Kept):
    """What any station may be judged by. What was always there has no `entered_at`."""

    entered_at = models.DateTimeField(_("entered at"), null=True, default=timezone.now, editable=False)
    station_of_record = None

    class Meta:
        abstract = True


def touches(model, names: Iterable[str]) -> bool:
    """Whether one of the fields is remembered."""
    return any(name in (field.name, field.attname) for field in fields_of(model) for name in names)


def moves(model, names: Iterable[str]) -> bool:
    """Whether one of the fields may say to which station a row belongs."""
    return any(model._meta.get_field(name).is_relation for name in names)


def rows_now(rows) -> list:
    """As they are in the database, with what tells their station."""
    return list(_whole(rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))))


def rows_of(model, before: list) -> list:
    """The same rows, in the same order, read again."""
    found = {row.pk: row for row in _whole(model._base_manager.filter(pk__in=[row.pk for row in before]))}
    return [found[row.pk] for row in before]


def _whole(rows):
    return rows.select_related(*rows.model.kept_with) if rows.model.kept_with else rows


def remember(before: list, *, after: list) -> None:
    """What rows said, for the station they belonged to and, where they moved, for that which did not have them."""
    versions = [
        version_of(then, station)
        for then, now in zip(before, after, strict=True)
        for station in {then.station_of_record, now.station_of_record}
    ]
    Earlier.objects.bulk_create(versions, batch_size=500)


def keep(rows) -> None:
    """Remember the rows as they are now."""
    found = rows_now(rows)
    remember(found, after=found)


def keep_with_what_hangs_on(rows) -> None:
    """Remember the rows and whatever is deleted with them: that goes past `delete` of its own."""
    collector = Collector(using=rows.db)
    collector.collect(rows.order_by())
    gone = [*collector.data.items(), *((found.model, found) for found in collector.fast_deletes)]
    for model, found in gone:
        if issubclass(model, Kept):
            keep(model._base_manager.filter(pk__in=[row.pk for row in found]))


def version_of(row, station) -> Earlier:
    return Earlier(
        kind=row._meta.label_lower,
        record=str(row.pk),
        station=station,
        until=timezone.now(),
        said=said_by(row),
    )


def said_by(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in fields_of(type(row))}


def fields_of(model) -> list[models.Field]:
    kept = {model._meta.pk.name, "entered_at", *model.kept_fields}
    return [field for field in model._meta.concrete_fields if not model.kept_fields or field.name in kept]


class Past:
    """What was known of some stations at a moment; asked once, whatever kinds of rows are read.

    `movable` is the model of the stations: one that changed since may have been another's point, and is read as well.
    """

    def __init__(self, moment: datetime, stations: Iterable[int] = (), movable: type[Kept] | None = None):
        self.moment, self.stations, self.movable = moment, list(stations), movable

    def of(self, rows, asked: Q | None = None) -> list:
        """The rows of a queryset as they were at the moment, those since deleted among them, later ones not.

        What the queryset, and `asked`, ask of its rows holds for their present words only: ask it again of what is
        returned. Rows changed since are read whatever `asked` says, and keep what the queryset joined to them.
        """
        known = (asked or Q()) & Q(entered_at__lt=self.moment)
        return self.known(rows.model, rows.filter(known | Q(pk__in=self.changed(rows.model))))

    def known(self, model, present: Iterable) -> list:
        """The same of rows read already."""
        return [row for row in self.as_then(model, present) if row.entered_at is None or row.entered_at < self.moment]

    def as_then(self, model, present: Iterable) -> list:
        """The same, those entered later among them, for a model whose rows tell otherwise since when they are known."""
        found = {row.pk: row for row in present}
        for pk, said in self.changed(model).items():
            found[pk] = _said_again(found.get(pk) or model(), said)
        return list(found.values())

    def changed(self, model) -> dict[Any, dict]:
        """What those rows said that were changed or deleted since the moment, by key."""
        found = self._earlier.get(model._meta.label_lower, {})
        return {model._meta.pk.to_python(key): said for key, said in found.items()}

    @cached_property
    def _earlier(self) -> dict[str, dict[str, dict]]:
        """By kind and key: the first version that ended after the moment was the one in force at it."""
        found: dict[str, dict[str, dict]] = {}
        since = Earlier.objects.filter(until__gte=self.moment)
        theirs = Q(station__in=self.stations) | Q(station=None)
        if self.movable:
            moved = since.filter(kind=self.movable._meta.label_lower)
            theirs |= Q(station__in=moved.order_by().values("station"))
        versions = since.filter(theirs).order_by("-until", "-id")
        for kind, record, said in versions.values_list("kind", "record", "said"):
            found.setdefault(kind, {})[record] = said
        return found


def _said_again(row, said):
    """The same row with the words it had; columns they did not remember stay as they are."""
    row = copy(row)
    fields = {field.attname: field for field in fields_of(type(row))}
    for name, value in said.items():
        if name in fields:
            setattr(row, name, fields[name].to_python(value))
    return row
