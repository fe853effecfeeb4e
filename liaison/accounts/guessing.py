"""Guessing is slowed by account *and* network, so that nobody can shut an owner out from outside.

axes counts in the database. A pair (name typed, network) has five tries in a quarter of an hour. When one account is
tried from many networks, those it never signed in from have one try each; its owner's own network keeps its five.
"""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.shortcuts import render
from django.utils import timezone

from liaison.accounts.models import User
from liaison.accounts.network import network_of
from liaison.audit.trail import record
from liaison.tools.workflow import Actor

STRANGER = Actor("stranger", "stranger")
TRIES = 5
BESIEGED = 20  # wrong passwords for one account in the time of a lock, from wherever


def tries(request, credentials) -> int:
    """How many wrong passwords in a row the pair may have."""
    name = get_client_username(request, credentials)
    if failures_of(name) < BESIEGED or is_known(name, request.axes_ip_address):
        return TRIES
    return 1


def failures_of(name) -> int:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
    return attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0


def is_known(name, network) -> bool:
    """Whether the account has signed in from there before."""
    return AccessLog.objects.filter(username=name, ip_address=network).exists()


def may_try(request, name) -> bool:
    return AxesProxyHandler.is_allowed(request, {"username": name})


def refused(request, response=None, credentials=None):
    """The page of somebody who has to wait."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    page = render(request, "accounts/locked.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(minutes * 60)
    return page


def note(request, name) -> None:
    """A failure that axes has counted, as lines of the trail; who is locked out already adds none.

    Never what was typed as a name: it may be a password.
    """
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    known = User.objects.filter(username=name).first()
    actions = ["sign_in"]
    actions += ["locked"] * bool(request.axes_locked_out)
    actions += ["guessed"] * (failures_of(name) == BESIEGED)
    for action in actions:
        record(action, known, actor=STRANGER, result="refused", detail={"network": network_of(request)})
