"""The office whose name and telephone stand on every page."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from liaison.divisions.models import Division
from liaison.rulebook.models import Office

_last_known: list[Office | None] = [None]


def served_office() -> Office | None:
    """The office of the division this installation serves; the only one where none is named."""
    offices = Office.objects.select_related("division").order_by("id")
    if settings.DIVISION_CODE:
        offices = offices.filter(division_id=settings.DIVISION_CODE)
    _last_known[0] = offices.first()
    return _last_known[0]


def last_known_office() -> Office | None:
    """As this process saw it last, without a question: for the page that says that the database failed."""
    return _last_known[0]


def served_division() -> Division:
    """The division opinions without a station belong to. Raises Division.DoesNotExist before set-up."""
    office = served_office()
    return office.division if office else Division.objects.get(pk=settings.DIVISION_CODE)


def office(request):
    """Template context: `office`, asked for only where a page shows it."""
    return {"office": SimpleLazyObject(served_office)}
