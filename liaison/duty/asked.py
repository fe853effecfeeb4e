"""Of which days a record is asked: a year (`?year=2026`), or a term (`?term=3`) from its first day on."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from liaison.tools.periods import Period, this_year
from representatives.models import Mandate

EARLIEST = 2000


@dataclass(frozen=True)
class Span:
    """`query` is what asks for it again."""

    query: dict
    period: Period
    words: str


def year_asked(request, today: date) -> Span:
    """What is no year that may be asked for is this one."""
    asked = request.GET.get("year", "")
    is_year = asked.isascii() and asked.isdecimal() and len(asked) == 4 and EARLIEST <= int(asked) <= today.year
    return of_year(int(asked) if is_year else today.year)


def of_year(number: int) -> Span:
    period = this_year(date(number, 1, 1))
    return Span({"year": number}, period, period.words)


def years_of(person, today: date) -> list[Span]:
    """From the first day in office on, the newest first."""
    first = Mandate.objects.filter(person=person).order_by("starts_on").values_list("starts_on", flat=True).first()
    begin = max(first.year, EARLIEST) if first else today.year
    return [of_year(number) for number in range(today.year, min(begin, today.year) - 1, -1)]


def terms_of(person) -> list[Span]:
    """The terms in which the person holds or held a seat, up to today where they last."""
    seats = Mandate.objects.filter(person=person).select_related("term__congress").order_by("-term__starts_on", "term")
    terms = {seat.term_id: seat.term for seat in seats}
    return [_of_term(term) for term in terms.values() if term.starts_on <= timezone.localdate()]


def _of_term(term) -> Span:
    today = timezone.localdate()
    last = min(term.ends_on or today, today)
    return Span({"term": term.pk}, Period(term.starts_on, max(last, term.starts_on)), str(term))


def span_asked(request, person, today: date) -> Span:
    """A term of this person's, or else a year."""
    asked = request.GET.get("term", "")
    found = [span for span in terms_of(person) if str(span.query["term"]) == asked] if asked else []
    return found[0] if found else year_asked(request, today)
