"""What the county confirmed: the page, the paper and the workbook, made of the kept words alone, the same for ever."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.audit.trail import record
from liaison.tools import downloads, papers
from liaison.tools.sheets import Column, write_book
from stations.assessment.card_words import finding_words
from stations.assessment.models import Assessment

MAY = "assessment.view_assessment"


def guarded(view):
    return require_safe(never_cache(permission_required(MAY, raise_exception=True)(view)))


def _check(request, pk) -> Assessment:
    """One that is confirmed and in reach; all others are not there."""
    rows = Assessment.objects.visible_to(request.user, MAY).exclude(frozen=None).select_related("frozen")
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def title_of(said) -> str:
    return _("Confirmed scorecard of %(year)s") % {"year": said["year"]}


def with_findings(said) -> list[dict]:
    """Each line with what was found on the spot then."""
    return [line | {"findings": _of(said, line["key"])} for line in said["lines"]]


def beside_the_lines(said) -> list[dict]:
    """What was found of items that the standard of the check does not have."""
    keys = {line["key"] for line in said["lines"]}
    return [row | {"words": _words(row)} for row in said["findings"] if row["have"] not in keys]


def _of(said, have) -> list[dict]:
    return [row | {"words": _words(row)} for row in said["findings"] if row["have"] == have]


def _words(row) -> str:
    return finding_words(row["inspector"], row["on"], row["reason"], row["evidence"])


def _context(check) -> dict:
    said = check.frozen.said
    return {
        "title": title_of(said),
        "said": said,
        "lines": with_findings(said),
        "others": beside_the_lines(said),
        "check": check.pk,
        "back": reverse("admin:assessment_assessment_change", args=(check.pk,)),
    }


@guarded
def page(request, pk):
    return render(request, "stations/assessment/frozen.html", _context(_check(request, pk)))


@guarded
def paper(request, pk):
    return papers.paper(request, "papers/assessment/frozen.html", _context(_check(request, pk)), offered=("a4",))


@guarded
def workbook(request, pk):
    check = _check(request, pk)
    said = check.frozen.said
    record("export", check, actor=request.user, detail={"sheet": "frozen_scorecard", "kind": "xlsx"})
    rows = [{"have": line, "criterion": criterion} for line in said["lines"] for criterion in line["criteria"]]
    book = write_book([(_lines(), rows, title_of(said)), (_findings(), said["findings"], _("findings on the spot"))])
    return downloads.workbook(book, f"{said['card']['name']} {title_of(said)}")


def _lines() -> list[Column]:
    return [
        Column("name", _("which of the eight"), "have.name"),
        Column("standing", _("how it stands"), "have.label"),
        Column("sentence", _("what is lacking"), "have.sentence"),
        Column("criterion", _("criterion"), "criterion.name"),
        Column("value", _("value"), "criterion.value"),
        Column("wanted", _("threshold"), "criterion.wanted"),
        Column("label", _("how the criterion stands"), "criterion.label"),
    ]


def _findings() -> list[Column]:
    return [
        Column("name", _("which of the eight")),
        Column("label", _("finding")),
        *(Column(key, words) for key, words in _words_of_a_finding().items()),
    ]


def _words_of_a_finding() -> dict[str, str]:
    return {
        "inspector": _("inspector"),
        "on": _("day of the inspection"),
        "reason": _("reason"),
        "evidence": _("evidence"),
    }
