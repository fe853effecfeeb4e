"""The front door: where somebody lands after signing in, and pages for what went wrong."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from liaison.accounts.scope import scope_of

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def entrance(request):
    """To the dashboard for whoever only reads figures, to the work platform for everybody else."""
    is_leader = scope_of(request.user).roles == {"leader"}
    return redirect("dashboard:index" if is_leader else "admin:index")


def bad_request(request, exception) -> HttpResponse:
    """400, and 413 where there was simply too much of it."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return HttpResponse(render_to_string(f"{status}.html", {"office": None}), status=status)


def forbidden(request, exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request, exception) -> HttpResponse:
    """One answer for what does not exist and for what is somebody else's."""
    return render(request, "404.html", status=404)


def server_error(request) -> HttpResponse:
    """Asks no database: it may be the one that failed."""
    return HttpResponseServerError(render_to_string("500.html", {"office": None}))


def csrf_failure(request, reason="") -> HttpResponse:
    return render(request, "403.html", status=403)
