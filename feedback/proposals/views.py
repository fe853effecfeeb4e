"""What the public reads of proposals: those an officer has published, and no word of any resident."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.proposals.models import Proposal
from liaison.divisions.codes import code_range
from liaison.rulebook.office import served_office

PAGE = 30


@login_not_required
@require_safe
def proposal_list(request):
    page = Paginator(_published(), PAGE).get_page(request.GET.get("page"))
    context = {"proposals": page.object_list, "page": page, "total": page.paginator.count}
    return render(request, "feedback/proposals/list.html", context)


@login_not_required
@require_safe
def proposal(request, key):
    found = _published().keyed(key).prefetch_related("co_signers__person", "handlers__organisation").first()
    if found is None:
        raise Http404
    return render(request, "feedback/proposals/proposal.html", {"proposal": found})


def _published():
    """Of the division served and those below it."""
    rows = Proposal.objects.published().select_related(
        "term__congress", "lead_by__person", "lead_handler", "reply_type"
    )
    office = served_office()
    if office is None:
        return rows
    low, high = code_range(office.division_id)
    return rows.filter(division_id__gte=low, division_id__lt=high)
