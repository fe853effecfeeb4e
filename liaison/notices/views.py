"""What an office tells residents, as they read it."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from liaison.notices.models import Announcement
from liaison.rulebook.office import served_office

A_PAGE = 20
HIGHEST_KEY = 2**63 - 1


def shown_notices(office):
    """What residents of the office's division see today; everything where no office is set up."""
    current = Announcement.objects.current(timezone.localdate())
    return current.within(office.division_id) if office else current


@login_not_required
@require_safe
def notice_list(request):
    page = Paginator(shown_notices(served_office()), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "total": page.paginator.count})


@login_not_required
@require_safe
def notice(request, pk):
    """One that is not shown today answers like one that never was."""
    found = shown_notices(served_office()).filter(pk=pk).first() if pk <= HIGHEST_KEY else None
    if found is None:
        raise Http404
    return render(request, "notices/notice.html", {"notice": found})
