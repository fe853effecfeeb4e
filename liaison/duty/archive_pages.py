"""`/archives/`: 人大代表履职档案 for the office. A list of whoever is in reach, and each one's archive to print.

In the order of the register; nobody is put above anybody, and nothing is added up over kinds.
"""

from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.duty import archive, places
from liaison.duty.archive_forms import ListForm
from liaison.duty.asked import span_asked, terms_of, years_of
from liaison.duty.printing import pdf_file, printed, word_file
from liaison.duty.reach import MAY, persons_in_reach
from liaison.duty.record import record_of, records_of
from liaison.tools import documents, downloads
from liaison.tools.sheets import Column
from representatives.admin.persons import seats_of
from representatives.models import DutyKind, Person

PAGE, AT_ONCE = 50, 200
TITLE = _("Duty archives of representatives")


def guarded(view):
    return require_safe(never_cache(permission_required(MAY, raise_exception=True)(view)))


def _persons(request, form):
    rows = persons_in_reach(request.user).prefetch_related("mandates__term__congress").order_by("id")
    return form.chosen(rows)


@guarded
def index(request):
    form = ListForm(request.GET, today=timezone.localdate())
    page = Paginator(_persons(request, form), PAGE).get_page(request.GET.get("page"))
    kinds = list(DutyKind.objects.all())
    records = records_of([person.pk for person in page], form.span.period)
    shown = [kind for kind in kinds if kind.is_active or any(record.counts.get(kind.pk) for record in records.values())]
    context = {
        "title": TITLE,
        "form": form,
        "kinds": shown,
        "rows": [_line(person, records[person.pk], shown, form.span) for person in page],
        "page": page,
        "count": page.paginator.count,
        "sheet": f"{reverse('duty_archives:sheet')}?{urlencode(form.query)}",
    }
    return render(request, "duty/archive/list.html", context)


def _line(person, found, kinds, span) -> dict:
    return {
        "person": person,
        "seats": seats_of(person),
        "counts": [found.counts.get(kind.pk, 0) for kind in kinds],
        "href": f"{reverse('duty_archives:person', args=(person.pk,))}?{urlencode(span.query)}",
    }


@guarded
def sheet(request):
    """The table as Excel: a running number, the name, a column for each kind."""
    form = ListForm(request.GET, today=timezone.localdate())
    rows = list(_lines(list(_persons(request, form)), form.span.period))
    record(
        "export", None, actor=request.user, detail={"sheet": "duty_archives", "filters": form.query, "rows": len(rows)}
    )
    title = f"{TITLE} {form.span.words}"
    return downloads.sheet("xlsx", _columns(), rows, str(TITLE), title)


def _columns() -> list[Column]:
    kinds = [Column(kind.pk, kind.name, _count_of(kind.pk)) for kind in DutyKind.objects.all()]
    name = Column("name", Person._meta.get_field("name").verbose_name)
    return [Column("number", _("No.")), name, Column("seats", _("all mandates")), *kinds]


def _count_of(key):
    return lambda line: line["counts"].get(key, 0)


def _lines(persons, period):
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        records = records_of([person.pk for person in some], period)
        for number, person in enumerate(some, start + 1):
            counts = records[person.pk].counts
            yield {"number": number, "name": person.name, "seats": seats_of(person), "counts": counts}


# One person's


@guarded
def person(request, pk):
    """What is on record, each row with the way to it where the reader may go."""
    found, span = _asked(request, pk)
    kept = record_of(found.pk, span.period)
    ways = places.at_work([row.key for row in kept.rows], request.user)
    context = {
        "title": TITLE,
        "person": found,
        "span": span,
        "years": years_of(found, timezone.localdate()),
        "terms": terms_of(found),
        "record": kept,
        "lines": [{"told": line, "rows": [(row, ways.get(row.key)) for row in line.rows]} for line in kept.lines],
        "files": _files(found, span),
    }
    return render(request, "duty/archive/person.html", context)


def _asked(request, pk):
    """The person and the days; somebody out of reach is not there."""
    found = persons_in_reach(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found, span_asked(request, found, timezone.localdate())


def _files(found, span) -> list[tuple]:
    """(name, address): the page to print, Word, and PDF where it can be made."""
    names = [("paper", _("Print")), ("word", "Word"), *([("pdf", "PDF")] if documents.can_make_pdf() else [])]
    return [(words, _address(name, found, span)) for name, words in names]


def _address(name, found, span) -> str:
    return f"{reverse(f'duty_archives:{name}', args=(found.pk,))}?{urlencode(span.query)}"


def _archive(request, pk):
    """Facts that are not public are for who keeps this person's register."""
    found, span = _asked(request, pk)
    keeps = request.user.has_perm("representatives.change_person", found)
    return archive.of(found, span.period, is_own=keeps), found, span


@guarded
def paper(request, pk):
    made, found, span = _archive(request, pk)
    return printed(request, made, back=_address("person", found, span), files=_files(found, span)[1:])


@guarded
def as_word(request, pk):
    made, found, span = _archive(request, pk)
    _taken_away(request, found, span, "docx")
    return word_file(made)


@guarded
def as_pdf(request, pk):
    """Where none can be made, the page that a browser can print."""
    made, found, span = _archive(request, pk)
    if not documents.can_make_pdf():
        return redirect(_address("paper", found, span))
    _taken_away(request, found, span, "pdf")
    return pdf_file(made)


def _taken_away(request, found, span, kind) -> None:
    record("export", found, actor=request.user, detail={"sheet": "duty_archive", "kind": kind, "filters": span.query})
