"""The rows behind a figure, as the page shows them."""

from django.urls import reverse
from django.utils.html import format_html

from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from liaison.tools.sheets import page_rows
from stations.visits.models import Attendance, Visit

OPENS = {  # what a row leads to: the record, and where in the row its key stands
    Opinion: (Opinion, "pk"),
    OpinionAssignment: (Opinion, "opinion_id"),
    Rating: (Opinion, "opinion_id"),
    Visit: (Visit, "pk"),
    Attendance: (Visit, "visit_id"),
}


def cells_of(figure, rows, user) -> list[list[str]]:
    """The cells of some rows; the first one opens the record where the user may open it."""
    model, path = OPENS[figure.rows.model]
    keys = [getattr(row, path) for row in rows]
    mine = set(model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    cells = page_rows(figure.columns, rows)
    return [_linked(line, model, key) if key in mine else line for key, line in zip(keys, cells, strict=True)]


def _linked(line, model, key):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[key])
    return [format_html('<a href="{}">{}</a>', address, line[0]), *line[1:]]
