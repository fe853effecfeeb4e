"""The paper an inspector takes along (现场核查表): the items as on the screen, with room for what is found."""

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.tools.papers import paper
from liaison.tools.periods import Period
from stations.assessment.card_words import lines_of
from stations.assessment.models import DETERMINED_CHOICES
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW, Dates
from stations.register.models import Station


@require_safe
@never_cache
@permission_required(VIEW, raise_exception=True)
def page(request, code):
    station = visible_station(request, code)
    question = dates_asked(request)
    back = f"{reverse('eight_haves:station', args=(code,))}?{urlencode(question.chosen())}"
    return papers_of(request, [station], question.period.ends_on, question.known_by_day, back)


def dates_asked(request) -> Dates:
    """A paper has no field beside which an error could stand: what cannot be asked is not there."""
    question = Dates(request.GET, timezone.localdate())
    if not question.is_valid():
        raise Http404
    return question


def visible_station(request, code) -> Station:
    rows = Station.objects.visible_to(request.user, VIEW).select_related("division__parent")
    return get_object_or_404(rows, code=code)


def papers_of(request, stations, on: date, known_by: date, back: str):
    """One sheet a station, judged over the year up to the day."""
    cards = evaluate(stations, Period(date(on.year, 1, 1), on), known_by)
    context = {
        "title": _("Field form of the eight haves"),
        "year": on.year,
        "sheets": [{"card": card, "lines": lines_of(card)} for card in cards],
        "findings": [label for _key, label in DETERMINED_CHOICES],
        "back": back,
    }
    return paper(request, "papers/assessment/field_form.html", context, offered=("a4",))
