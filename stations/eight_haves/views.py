"""How stations stand: a table of all one may see, a page of one with what would mend it, the rows behind a value."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.accounts.roles import ROLES, roles_with
from liaison.audit.trail import record
from liaison.tools import downloads
from liaison.tools.sheets import headings
from stations.eight_haves import counting
from stations.eight_haves.beside import beside, counts_beside
from stations.eight_haves.evaluation import evaluate, haves_of
from stations.eight_haves.forms import VIEW, WITH_PLACES, Dates, Question
from stations.eight_haves.models import Have
from stations.eight_haves.rows import cells_of, seen_by
from stations.eight_haves.sheets import CRITERIA, asked_of, columns, criteria_of, value_of
from stations.register.models import Station

PAGE = 100
TITLE = _("the eight haves")
FILES = ("xlsx", "csv")


def guarded(view):
    return require_safe(never_cache(permission_required(VIEW, raise_exception=True)(view)))


def visible(request):
    return Station.objects.visible_to(request.user, VIEW)


# The table


@guarded
def index(request):
    question, cards = _answered(request)
    if not request.GET and len(cards) == 1:
        return redirect("eight_haves:station", code=cards[0].station.code)
    chosen = _chosen(question, cards)
    haves = [chosen] if chosen else haves_of(cards)
    listed = [card for card in cards if question.lists(card)]
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": question,
        "have": chosen,
        "standard": _standard_of(cards),
        "haves": haves,
        "figures": list(counting.rates(cards, _asking(question), counts_beside(cards, request.user))),
        "parts": [part(cards, _asking(question)) for part in (counting.by_division, counting.by_kind)],
        "rows": [_row(card, haves) for card in page],
        "page": page,
        "count": len(listed),
        "dates": _dates(question),
        "files": {kind: _address("download", [kind], question.chosen()) for kind in FILES},
    }
    return render(request, "stations/eight_haves/index.html", context)


def _answered(request):
    """The question, and the scorecards of the stations it is about, in the order of their codes."""
    question = Question(request.GET, timezone.localdate(), visible(request), Have.objects.of_published())
    return question, evaluate(question.stations(), question.period, question.known_by_day)


def _asking(question):
    """The address of the same table, asked otherwise."""
    return lambda **chosen: _address("index", [], question.chosen() | chosen)


def _address(name, args, query):
    return f"{reverse(f'eight_haves:{name}', args=args)}?{urlencode(query)}"


def _dates(question):
    return urlencode(question.chosen("year", "known_by"))


def _standard_of(cards):
    """The one by which they are judged; None where there are several, or none."""
    found = {card.standard for card in cards}
    return found.pop() if len(found) == 1 else None


def _chosen(question, cards):
    """The item chosen, called as it is in the standards shown; it may be of another standard alone."""
    key = question.get("have")
    return next((have for have in (*haves_of(cards), *question.haves) if have.key == key), None)


def _row(card, haves):
    return {"card": card, "lines": [{"name": have.name, "line": card.line(have.key)} for have in haves]}


@guarded
def download(request, kind):
    question, cards = _answered(request)
    listed = [card for card in cards if question.lists(card)]
    detail = {"sheet": "eight_haves", "kind": kind, "filters": question.chosen(), "count": len(listed)}
    record("export", actor=request.user, detail=detail)
    above = (str(TITLE), "　".join(_said_of(question, _standard_of(cards))))
    return downloads.sheet(kind, columns(cards), listed, str(TITLE), f"eight_haves_{question.period.ends_on}", above)


def _said_of(question, standard):
    """Of which days, known by when, by which standard, as the page says it beside its form."""
    yield f"{gettext('Period:')}{question.period.words}"
    yield f"{gettext('Known by:')}{date_format(question.known_by_day)}"
    if standard:
        yield f"{gettext('Judged by:')}{standard}"


# One station


@guarded
def station(request, code):
    question, card = _card(request, code)
    said = beside(card, request.user)
    context = {
        "form": question,
        "station": card.station,
        "card": card,
        "standard": card.standard,
        "items": _items(card, request.user, said, question),
        "ways": said.ways,
        "dates": _dates(question),
        "files": {kind: _address("scorecard", [code, kind], question.chosen()) for kind in FILES},
    }
    return render(request, "stations/eight_haves/station.html", context)


def _card(request, code):
    """The dates asked for, and the scorecard of the station; one out of reach is not there."""
    found = get_object_or_404(visible(request).select_related(WITH_PLACES), code=code)
    question = Dates(request.GET, timezone.localdate())
    (card,) = evaluate([found], question.period, question.known_by_day)
    return question, card


def _items(card, user, said, question):
    here = _address("station", [card.station.code], question.chosen())
    allowed = _allowed([result for line in card.lines for result in line.results], user, card.station, question)
    return [_shown(line, said) | {"criteria": list(_criteria(line, allowed, here))} for line in card.lines]


def _allowed(results, user, at, question) -> set | None:
    """What the user may do to mend them; None at a past cut-off, by which nothing done now is known."""
    if question.looks_back:
        return None
    offered = {result.mend.permission for result in results if result.mend}
    return {permission for permission in offered if user.has_perm(permission, at)}


def _shown(line, said):
    return {"line": line, "remarks": said.remarks.get(line.have.key), "step": said.steps.get(line.have.key)}


def _criteria(line, allowed, here):
    """Each criterion in words, with where to mend it."""
    for place, result in enumerate(line.results, 1):
        back = f"{here}#have-{line.have.key}"
        yield _in_words(result) | {"place": place} | _mended(result, allowed, back)


def _mended(result, allowed, here) -> dict:
    """The page for whoever may mend it at this station, which leads back here; for all others, who may."""
    mend = result.mend
    if mend is None or allowed is None:
        return {}
    if mend.permission in allowed:
        return {"step": (mend.action, mend.back_to(here))}
    return {"others": gettext("、").join(_menders(mend))}


def _menders(mend):
    """The roles that may mend it, without those who read no scorecards."""
    may = roles_with(mend.permission) & roles_with(VIEW)
    return [str(label) for role, (label, _permissions) in ROLES.items() if role in may]


def _in_words(result):
    return {"result": result, "value": value_of(result), "asked": asked_of(result)}


@guarded
def scorecard(request, code, kind):
    question, card = _card(request, code)
    record("export", card.station, actor=request.user, detail={"sheet": "scorecard", "kind": kind})
    name = f"{code}_{question.period.ends_on}"
    return downloads.sheet(kind, CRITERIA, criteria_of(card), card.station.name, name)


# The rows behind a value


@guarded
def criterion(request, code, have, place):
    question, card, line, result = _criterion(request, code, have, place)
    (rows,) = seen_by(request.user, [result])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    asked = [code, have, place]
    here = _address("criterion", asked, question.chosen())
    context = {
        "form": question,
        "card": card,
        "standard": card.standard,
        "line": line,
        "figure": {"name": result.measure.rows_title},
        "columns": headings(result.measure.columns),
        "rows": list(cells_of(request.user, result.measure.columns, page)),
        "page": page,
        "count": len(rows),
        "hidden": len(result.reading.rows) - len(rows),
        "dates": _dates(question),
        "files": {kind: _address("rows", [*asked, kind], question.chosen()) for kind in FILES},
    }
    mended = _mended(result, _allowed([result], request.user, card.station, question), here)
    return render(request, "stations/eight_haves/criterion.html", context | _in_words(result) | mended)


def _criterion(request, code, have, place):
    question, card = _card(request, code)
    line = card.line(have)
    if not 1 <= place <= len(line.results):
        raise Http404
    return question, card, line, line.results[place - 1]


@guarded
def rows(request, code, have, place, kind):
    question, card, _line, result = _criterion(request, code, have, int(place))
    (seen,) = seen_by(request.user, [result])
    detail = {"sheet": result.measure.key, "kind": kind, "count": len(seen)}
    record("export", card.station, actor=request.user, detail=detail)
    name = f"{code}_{result.measure.key}_{question.period.ends_on}"
    return downloads.sheet(kind, list(result.measure.columns), seen, str(result.measure.rows_title), name)
