"""`/mine/record/`: a representative's own duty record of a year, on paper too, and what they say is wrong with it."""

from functools import wraps

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from liaison.duty import archive, places
from liaison.duty.asked import year_asked, years_of
from liaison.duty.corrections import CorrectionForm, asked_by, withdraw
from liaison.duty.printing import printed, word_file
from liaison.duty.reach import own_of
from liaison.duty.record import record_of
from representatives.models.corrections import OPEN as WAITING

OPEN = "duty.view_own"


def for_representatives(view):
    """Who has the role and is nobody in office has no record."""

    @wraps(view)
    def page(request):
        own = own_of(request.user, timezone.localdate())
        if own is None:
            raise Http404
        return view(request, own)

    return never_cache(permission_required(OPEN, raise_exception=True)(page))


@require_safe
@for_representatives
def record(request, own):
    year = year_asked(request, own.on)
    found = record_of(own.person.pk, year.period)
    corrections = list(asked_by(own))
    waiting = {asked.row for asked in corrections if asked.state == WAITING}
    context = {
        "own": own,
        "year": year,
        "years": [(span, _address(request, "record", **span.query)) for span in years_of(own.person, own.on)],
        "record": found,
        "lines": [_line(request, line, year, waiting) for line in found.lines],
        "unused": [line.kind.name for line in found.lines if not line.rows],
        "corrections": corrections,
        "missing": _address(request, "correct", **year.query),
        "paper": _address(request, "record_paper", **year.query),
        "word": _address(request, "record_word", **year.query),
    }
    return render(request, "duty/record.html", context)


def _line(request, line, year, waiting) -> dict:
    rows = [
        {
            "row": row,
            "href": places.of_ones_own(row),
            "is_waiting": row.key in waiting,
            "correct": _address(request, "correct", row=row.key, **year.query),
        }
        for row in line.rows
    ]
    return {"told": line, "rows": rows}


def _address(request, name, **query) -> str:
    """With what stands in the address because no cookie keeps it."""
    address = f"{reverse(f'duty:{name}')}?{urlencode(query)}"
    return f"{address}&{request.carried[1:]}" if request.carried else address


@require_http_methods(["GET", "HEAD", "POST"])
@for_representatives
def correct(request, own):
    """About one row of one's own record, or about one that is not there; what was asked is withdrawn here too."""
    year, key = year_asked(request, own.on), request.GET.get("row", "")
    row = record_of(own.person.pk, year.period).row(key) if key else None
    if key and row is None:
        raise Http404
    back = _address(request, "record", **year.query)
    if "withdraw" in request.POST:
        withdraw(own, request.POST["withdraw"])
        return redirect(f"{back}#asked")
    typed = request.POST if request.method == "POST" else None
    form = CorrectionForm(typed, own=own, row=row, seats=own.seats_in(year.period))
    if form.is_bound and form.is_valid():
        form.save()
        return redirect(f"{back}#asked")
    return render(request, "duty/correct.html", {"form": form, "row": row, "year": year, "back": back})


@require_safe
@for_representatives
def record_paper(request, own):
    year = year_asked(request, own.on)
    made = archive.of(own.person, year.period, is_own=True)
    files = [("Word", _address(request, "record_word", **year.query))]
    return printed(request, made, back=_address(request, "record", **year.query), files=files)


@require_safe
@for_representatives
def record_word(request, own):
    return word_file(archive.of(own.person, year_asked(request, own.on).period, is_own=True))
