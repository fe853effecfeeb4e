"""`/preferences/`: keeps how somebody wants the pages shown, and goes back to where they were."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.tools import preferences

AGAIN = "again"  # asked a second time: by then a browser that keeps cookies has ours
LONGEST = 2000


@login_not_required
@never_cache
@require_safe
def choose(request):
    """Sets the cookie and asks once more; a browser that did not keep it gets the choice into the address instead."""
    kept = preferences.kept_in(request.COOKIES.get(preferences.COOKIE, ""))
    back = _way_back(request)
    chosen = kept | preferences.named_in(back) | preferences.read(request.GET)
    if chosen == kept:
        return HttpResponseRedirect(preferences.without_choices(back))
    if AGAIN in request.GET:
        return HttpResponseRedirect(preferences.with_choices(back, chosen))
    again = request.GET.copy()
    again[AGAIN] = "1"
    response = HttpResponseRedirect(f"{request.path}?{again.urlencode()}")
    preferences.keep(response, chosen)
    return response


def _way_back(request) -> str:
    """A page of this site; the first one where none or a foreign one is named."""
    wanted = request.GET.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and len(wanted) <= LONGEST else reverse("home")
