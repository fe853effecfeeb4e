"""`/mine/`: a representative's own pages. Everything on them is reached from the account's own mandates (reach.py)."""

from functools import wraps

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from liaison.duty import dates, words
from liaison.duty.my_network import ties_of
from liaison.duty.reach import own_of
from liaison.tools.periods import this_year
from stations.visits.models import FORM_CHOICES

OPEN = "duty.view_own"
A_FEW, A_PAGE = 5, 20


def for_representatives(view, posts=""):
    """Others are refused; who has the role and is nobody in office has nothing of their own.

    `posts`: the permission of whoever may send the page's forms; without it nothing is sent there.
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        own = own_of(request.user, timezone.localdate())
        if own is None and view is not _index:
            raise Http404
        if request.method == "POST" and not request.user.has_perm(posts):
            raise PermissionDenied
        return view(request, own, *args, **kwargs)

    methods = require_http_methods(["GET", "HEAD", "POST"]) if posts else require_safe
    return methods(never_cache(permission_required(OPEN, raise_exception=True)(page)))


def _index(request, own):
    """A few lines of everything; nobody in office reads whom to ask."""
    if own is None:
        return render(request, "duty/nobody.html")
    year = this_year(own.on)
    context = {
        "own": own,
        "receptions": _standing(_few(own.receptions().with_names()), own),
        "asked": dates.asked_in_words(own),
        "stations": _few(own.stations()),
        "opinions": _told(_few(own_opinions(own))),
        "proposals": _put(_few(_proposals(own)), own),
        "visits": _few(_visits(own, year)),
        "forms": _by_form(own.visits(year)),
        "year": year.words,
        "ties": ties_of(own),
    }
    return render(request, "duty/index.html", context)


def _stations(request, own):
    return render(request, "duty/stations.html", {"stations": _asked(request, own.stations())})


def _receptions(request, own):
    page = _standing(_asked(request, own.receptions().with_names()), own)
    context = {"receptions": page, "asked": dates.asked_in_words(own), "given": dates.given_away(own)}
    return render(request, "duty/receptions.html", context)


def _visits_of_the_year(request, own):
    year = this_year(own.on)
    context = {"visits": _asked(request, _visits(own, year)), "forms": _by_form(own.visits(year)), "year": year.words}
    return render(request, "duty/visits.html", context)


def _all_opinions(request, own):
    return render(request, "duty/opinions.html", {"opinions": _told(_asked(request, own_opinions(own)))})


def _all_proposals(request, own):
    return render(request, "duty/proposals.html", {"proposals": _put(_asked(request, _proposals(own)), own)})


def _proposal(request, own, pk):
    """Read only. One they neither lead nor signed is not there."""
    found = _proposals(own).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return render(request, "duty/proposal.html", {"proposal": words.proposal_in_full(found, own.person)})


def own_opinions(own):
    return own.opinions().select_related("merged_into").order_by("-received_at", "-id")


def _proposals(own):
    rows = own.proposals().select_related("term__congress", "lead_by__person", "lead_handler", "reply_type")
    return rows.order_by("-submitted_on", "-id")


def _visits(own, period):
    return own.visits(period).select_related("station").order_by("-date", "-id")


def _by_form(visits) -> list[tuple[str, int]]:
    """(form in words, how often), in the order of the forms."""
    counted = dict(visits.order_by().values_list("form").annotate(size=Count("pk")))
    return [(label, counted[form]) for form, label in FORM_CHOICES if form in counted]


def _few(rows):
    return Paginator(rows, A_FEW).get_page(1)


def _asked(request, rows):
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def _standing(page, own):
    """The page's days, each with how it stands."""
    page.object_list = dates.turns_of(own, list(page.object_list))
    return page


def _told(page):
    """The page's opinions in the words a representative reads."""
    page.object_list = [words.in_a_list(opinion) for opinion in page.object_list]
    return page


def _put(page, own):
    """The page's proposals in words."""
    page.object_list = [words.proposal_in_a_list(proposal, own.person) for proposal in page.object_list]
    return page


index = for_representatives(_index)
stations = for_representatives(_stations)
receptions = for_representatives(_receptions)
visits = for_representatives(_visits_of_the_year)
opinions = for_representatives(_all_opinions)
proposals = for_representatives(_all_proposals)
proposal = for_representatives(_proposal)
