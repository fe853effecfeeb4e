"""The records behind a value, as far as the reader may see records of their kind."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from stations.eight_haves.evaluation import Result


def seen_by(user, results: Iterable[Result]) -> list[list]:
    """The rows behind each of the results that the user may see; one question for each kind of record."""
    offered = [_open_to(user, result) for result in results]
    seen = _keys_seen([row for rows in offered for row in rows], user)
    return [[row for row in rows if _key_of(row) in seen] for rows in offered]


def _open_to(user, result):
    """Of some measures the rows are for those alone who have their own permission to it."""
    needed = result.measure.rows_for
    return result.reading.rows if not needed or user.has_perm(needed) else ()


def _record_of(row) -> Model | None:
    """A row behind a value is a record, or something known of one."""
    found = row if isinstance(row, Model) else getattr(row, "row", None)
    return found if found is not None and hasattr(type(found)._default_manager.all(), "visible_to") else None


def _key_of(row):
    found = _record_of(row)
    return found and (type(found), found.pk)


def _keys_seen(rows, user) -> set:
    """(model, key) of those in the user's reach."""
    by_model = defaultdict(set)
    for found in filter(None, map(_record_of, rows)):
        by_model[type(found)].add(found.pk)
    return {
        (model, pk)
        for model, keys in by_model.items()
        for pk in model._default_manager.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }
