"""The front door: where somebody lands after signing in, and pages for what went wrong."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from liaison.accounts.scope import scope_of
from liaison.rulebook.office import last_known_office

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


LANDINGS = {"leader": "dashboard:brief", "representative": "duty:index"}  # of those with one role and no desk


def entrance(request):
    """To the brief for whoever only reads figures, to their own pages for representatives, else to the platform."""
    roles = scope_of(request.user).roles
    return redirect(LANDINGS.get(roles.pop(), "admin:index") if len(roles) == 1 else "admin:index")


def bad_request(request, exception) -> HttpResponse:
    """400, and 413 where there was simply too much of it."""
    return _page(request, 413 if isinstance(exception, TOO_MUCH) else 400)


def forbidden(request, exception) -> HttpResponse:
    return _page(request, 403)


def not_found(request, exception) -> HttpResponse:
    """One answer for what does not exist and for what is somebody else's."""
    return _page(request, 404)


def csrf_failure(request, reason="") -> HttpResponse:
    """Nearly always a page that was open too long, seldom somebody else's form."""
    return _page(request, 403, "403_csrf.html")


def server_error(request) -> HttpResponse:
    """Asks no database: it may be the one that failed. The telephone is the one the last page showed."""
    context = {"office": last_known_office(), "request": request, "refused": True}
    return HttpResponseServerError(render_to_string("500.html", context))


class WithWords:
    """Middleware. A page for whoever opens an address with a form's method, or sends a form to one that takes none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_bare = response.status_code == 405 and not response.content
        if not (is_bare and request.method in ("GET", "POST")):
            return response
        page = _page(request, 405)
        page["Allow"] = response["Allow"]
        return page


def _page(request, status, template="") -> HttpResponse:
    return render(request, template or f"{status}.html", {"refused": True}, status=status)
