"""Rows that hold from a day to a day, both included; no last day means until further notice."""

from datetime import date

from django.db.models import Q, QuerySet

FROM_TO = ("valid_from", "valid_to")


def overlapping(rows: QuerySet, first: date, last: date | None, names: tuple[str, str] = FROM_TO) -> QuerySet:
    """Those of the rows that share at least one day with the span; `names` are their columns of first and last day."""
    begins, ends = names
    reaching = rows.filter(Q(**{ends: None}) | Q(**{f"{ends}__gte": first}))
    return reaching.filter(**{f"{begins}__lte": last}) if last else reaching
