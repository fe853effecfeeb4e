"""The page of a station in plain words: where and when, who receives next, who belongs there, what came of it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from feedback.opinions.models import Opinion
from feedback.opinions.publications import Publication
from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE
from liaison.tools.periods import Period
from representatives.models import Mandate
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.standard import KEYS
from stations.receptions.feeds import Subscription
from stations.register.models import Station
from stations.register.nearest import instead_of
from stations.register.placements import assignments_on

A_FEW = 5
BY_LEVEL = ("mandate__term__congress__level", "id")
WITH_PLACE = ("parent", "division__successor__successor__successor")
DONE = {MET: _("kept"), BASICALLY_MET: _("largely kept")}
NOT_YET = _("being worked on")  # what is not met and what nobody has confirmed yet


@login_not_required
@require_safe
def station(request, code):
    """A station that has been opened once; one that is shut says so, and which other to turn to."""
    known = Station.objects.exclude(status="planned").select_related(*WITH_PLACE)
    found = get_object_or_404(known.designated(timezone.localdate()), code=code)
    is_open = found.status == "operating"
    context = {"station": found, "is_open": is_open, "area": found.division.heir}
    context |= _of_open(found) if is_open else {"instead": instead_of(found)}
    return render(request, "public/station.html", context | _what_came_of_it(found))


def _of_open(station) -> dict:
    today = timezone.localdate()
    receptions = list(station.receptions.announced(today).with_names()[:A_FEW])
    haves = eight_haves(station, today)
    in_office = assignments_on(station, today).filter(mandate__in=Mandate.objects.active(today))
    return {
        "receptions": receptions,
        "few": A_FEW,
        "feed": Subscription.of(station),
        "next_reception": next((row for row in receptions if not row.is_cancelled), None),
        "placements": in_office.order_by(*BY_LEVEL),
        "haves": haves,
        "haves_words": _so_many_things(len(haves)),
        "under": station.children.operating().order_by("kind", "code"),
    }


def eight_haves(station, today) -> list[dict]:
    """What each of the eight promises and whether it is kept, of this year so far; nothing where none are asked."""
    (card,) = evaluate([station], Period(today.replace(month=1, day=1), today), today)
    asked = [line for line in card.lines if line.standing != NOT_APPLICABLE]
    return [
        {"have": line.have, "is_done": line.standing in DONE, "words": DONE.get(line.standing, NOT_YET)}
        for line in asked
    ]


def _so_many_things(number):
    """A county's own standard may have six things or nine."""
    if number == len(KEYS):
        return _("Eight things a station should have")
    words = ngettext("%(number)s thing a station should have", "%(number)s things a station should have", number)
    return words % {"number": number}


def _what_came_of_it(station) -> dict:
    opinions = Opinion.objects.filter(station=station)
    published = Publication.objects.filter(opinion__station=station).published(timezone.localdate())
    return {
        "results": published.with_facts()[:A_FEW],
        "received": opinions.count(),
        "told": opinions.filter(fed_back_on__isnull=False).count(),
    }
