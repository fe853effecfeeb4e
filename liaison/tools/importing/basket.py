"""What a file brings, gathered while its lines are read and saved in a few statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models

from liaison.tools.cells import words_of
from liaison.tools.row_errors import RowRefused

PORTION = 500


@dataclass(frozen=True)
class Difference:
    """One fact of a known record that the file says otherwise."""

    name: str
    before: str
    after: str


class Basket:
    """New and changed records by model; `order` names the models so that each stands behind those it points to."""

    def __init__(self, order: Iterable[type[models.Model]]):
        self.new: dict[type, list] = {model: [] for model in order}
        self.changed: dict[type, dict] = {model: {} for model in order}
        self.later: list[tuple[models.Model, str, object]] = []

    def put(self, record):
        """A new record; it may point to others that are new."""
        _check(record)
        self.new[type(record)].append(record)
        return record

    def change(self, record, **facts) -> list[Difference]:
        """Make the record say this; what it says already is no difference, and a fact that is None says nothing."""
        said = {name: value for name, value in facts.items() if value is not None and getattr(record, name) != value}
        found = [_difference(record, name, value) for name, value in said.items()]
        for name, value in said.items():
            setattr(record, name, value)
        if said and record.pk:
            _check(record)
            self._note(record, said)
        return found

    def change_last(self, record, name: str, value) -> list[Difference]:
        """Make a known record say this once all else is saved: it takes what another one leaves."""
        if getattr(record, name) == value:
            return []
        self.later.append((record, name, value))
        return [_difference(record, name, value)]

    def complete(self, record, **facts) -> list[Difference]:
        """Give the record what it lacks; what it has stays."""
        return self.change(
            record, **{name: value for name, value in facts.items() if getattr(record, name) in ("", None)}
        )

    def point(self, record, name: str, other) -> None:
        """Let a record point to one of its own kind, once both are saved."""
        self.later.append((record, name, other))

    def save(self) -> None:
        """What changed first: a place is left before somebody else takes it."""
        self._save_changed()
        for model, records in self.new.items():
            model._base_manager.bulk_create(records, batch_size=PORTION)
        self.changed = {model: {} for model in self.changed}
        for record, name, other in self.later:
            setattr(record, name, other)
            self._note(record, {name})
        self._save_changed()

    def _note(self, record, names):
        self.changed[type(record)].setdefault(record.pk, (record, set()))[1].update(names)

    def _save_changed(self):
        for model, changed in self.changed.items():
            names = sorted({name for _record, names in changed.values() for name in names})
            if names:
                records = [record for record, _names in changed.values()]
                model._default_manager.bulk_update(records, names, batch_size=PORTION)


def _difference(record, name, value) -> Difference:
    field = record._meta.get_field(name)
    labels = dict(field.flatchoices)
    shown = [words_of(labels.get(said, said)) for said in (getattr(record, name), value)]
    return Difference(str(field.verbose_name), *shown)


def _check(record) -> None:
    """By the rules of its own fields; what it points to has been looked up already."""
    relations = {field.name for field in record._meta.fields if field.is_relation}
    try:
        record.clean_fields(exclude=relations)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        said = f"{record._meta.get_field(name).verbose_name}：{messages[0]}"
        raise RowRefused(said) from None
