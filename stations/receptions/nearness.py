"""The order in which reception days are looked for at work: the next one first, after those to come those past."""

from datetime import date

from django.db.models import Case, F, Value, When


def nearest_first(today: date) -> list:
    """For `order_by`: days to come from today on, then the past from yesterday back."""
    is_past = Case(When(date__lt=today, then=Value(1)), default=Value(0))
    onward = [Case(When(date__gte=today, then=F(name))) for name in ("date", "starts_at")]
    return [is_past, *onward, "-date", "-starts_at", "-id"]
