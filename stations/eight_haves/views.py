"""How stations stand: a table of all one may see, a page of one station with what would mend it, a file."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.tools.figures import percent
from liaison.tools.sheets import Column, write_csv, write_xlsx
from stations.eight_haves.beside import beside, counts_beside
from stations.eight_haves.evaluation import evaluate, haves_of
from stations.eight_haves.forms import Question
from stations.eight_haves.models import Have
from stations.eight_haves.statistics import ALL, WORDS, inspected
from stations.register.models import Station

VIEW = "eight_haves.view_scorecard"
PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = _("the eight haves")


def guarded(view):
    return require_safe(never_cache(permission_required(VIEW, raise_exception=True)(view)))


def visible(request):
    return Station.objects.visible_to(request.user, VIEW)


@guarded
def index(request):
    question, cards = _answered(request)
    if not request.GET and len(cards) == 1:
        return redirect("eight_haves:station", code=cards[0].station.code)
    haves = haves_of(cards)
    listed = [card for card in cards if question.lists(card)]
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": question,
        "have": next((have for have in haves if have.key == question.get("have")), None),
        "haves": haves,
        "figures": list(_figures(question, cards, counts_beside(cards, request.user))),
        "rows": [_row(card, question, haves) for card in page],
        "page": page,
        "count": len(listed),
        "files": {kind: _address("download", question, kind=kind) for kind in ("xlsx", "csv")},
    }
    return render(request, "stations/eight_haves/index.html", context)


def _answered(request):
    """The question, and the scorecards of the stations it is about."""
    today = timezone.localdate()
    stations = list(inspected(visible(request), today).select_related("division__parent"))
    question = Question(request.GET, today, stations, Have.objects.of_published())
    return question, evaluate(filter(question.wants, stations), question.period, today)


def _figures(question, cards, counts):
    """All eight, then each: a rate, its parts, what is counted beside it and the address of its stations."""
    met = {ALL: [card.is_met for card in cards]} | {
        have.key: [card.has_met(have.key) for card in cards] for have in haves_of(cards)
    }
    names = {have.key: have.name for have in haves_of(cards)}
    for key, marks in met.items():
        name = ALL if key == ALL else f"have_met_{key}"
        yield {
            "key": name,
            "beside": counts.get(key, ""),
            "name": names.get(key) or WORDS[ALL][0],
            "value": percent(sum(marks), len(marks)),
            "numerator": sum(marks),
            "denominator": len(marks),
            "href": _address("index", question, have="" if key == ALL else key, standing=""),
        }


def _address(name, question, kind=None, **chosen):
    query = question.chosen("year", "division", "kind", "have", "standing") | chosen
    args = [kind] if kind else []
    return f"{reverse(f'eight_haves:{name}', args=args)}?{urlencode(query)}"


def _row(card, question, haves):
    have = question.get("have")
    return {"card": card, "lines": [card.line(have)] if have else [card.line(each.key) for each in haves]}


@guarded
def station(request, code):
    found = get_object_or_404(visible(request).select_related("division__parent"), code=code)
    question = Question(request.GET, timezone.localdate(), [found])
    (card,) = evaluate([found], question.period, question.today)
    said = beside(card, request.user)
    lines = [_shown(line, said) | {"mends": _mends(line, request.user, found)} for line in card.lines]
    context = {
        "station": found,
        "card": card,
        "lines": lines,
        "ways": said.ways,
        "period_words": question.period.words,
        "is_inspected": card.standard is not None,
    }
    return render(request, "stations/eight_haves/station.html", context)


def _shown(line, said):
    return {"line": line, "remarks": said.remarks.get(line.have.key), "step": said.steps.get(line.have.key)}


def _mends(line, user, station):
    """Where what is lacking is mended, by whoever may do so at this station; each page once."""
    offered = [(result, result.mend) for result in line.lacking if result.mend]
    allowed = {mend.address: (result, mend) for result, mend in offered if user.has_perm(mend.permission, station)}
    return [{"words": result.words, "mend": mend} for result, mend in allowed.values()]


@guarded
def download(request, kind):
    question, cards = _answered(request)
    listed = [card for card in cards if question.lists(card)]
    filters = question.chosen("year", "division", "kind", "have", "standing")
    detail = {"sheet": "eight_haves", "kind": kind, "filters": filters, "count": len(listed)}
    record("export", actor=request.user, detail=detail)
    name = f"eight_haves_{question.period.ends_on}.{kind}"
    if kind == "xlsx":
        book = write_xlsx(columns(cards), listed, str(TITLE))
        return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = write_csv(columns(cards), listed)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)


def _columns_of(have):
    key = have.key
    yield Column(key, have.name, lambda card: str(card.line(key).label))
    yield Column(f"{key}_words", _("what is lacking"), lambda card: card.line(key).sentence)


def columns(cards) -> list[Column]:
    return [
        Column("station", _("station"), "station.name"),
        Column("division", _("division"), "station.division.name"),
        Column("kind", _("kind"), "station.get_kind_display"),
        *(column for have in haves_of(cards) for column in _columns_of(have)),
    ]
