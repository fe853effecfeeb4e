"""The office whose name and telephone stand on every page."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from liaison.divisions.models import Division
from liaison.rulebook.models import Office


def served_office() -> Office | None:
    """The office of the division this installation serves; the only one where none is named."""
    offices = Office.objects.select_related("division")
    if settings.DIVISION_CODE:
        return offices.filter(division_id=settings.DIVISION_CODE).first()
    return offices.order_by("id").first()


def served_division() -> Division:
    """The division opinions without a station belong to. Raises Division.DoesNotExist before set-up."""
    office = served_office()
    return office.division if office else Division.objects.get(pk=settings.DIVISION_CODE)


def office(request):
    """Template context: `office`, asked for only where a page shows it."""
    return {"office": SimpleLazyObject(served_office)}
