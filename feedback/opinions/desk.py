"""What the station does by telephone and at the desk: call-backs, new codes for lost ones, scans of papers.

Pages of the admin are kept by no cache (Django's `never_cache`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.opinions import papers, progress, workflow
from feedback.opinions.proxy_forms import CallForm, ReissueForm
from feedback.submissions import receipts, tokens
from liaison.tools.admin import record
from liaison.tools.workflow import MoveRefused

SEE_REPORTER = "submissions.view_reporter"
ASKED = "number"  # in the address: whoever reissues wants to see the telephone


def require(move, opinion, user):
    if not user.has_perm(move.permission, opinion):
        raise PermissionDenied


def has_phone(opinion) -> bool:
    return opinion.reporter is not None and opinion.reporter.phone_sealed is not None


# Calling back (回访)


def call_page(request, opinion, context):
    """One click opens the number; that it was opened is a line of the trail. Then what came of the call is entered."""
    require(workflow.CALL, opinion, request.user)
    if not has_phone(opinion):
        raise Http404
    form = CallForm(request.POST or None, opinion=opinion)
    if request.method == "POST" and form.is_valid() and _called(opinion, form, request):
        return redirect("admin:opinions_opinion_change", opinion.pk)
    record("reveal", opinion, actor=request.user, detail={"fields": "name, phone", "for": "call"})
    calls = opinion.steps.filter(move=workflow.CALL.key)
    words = {"title": _("Call back about %(number)s") % {"number": opinion.number}, "form": form, "calls": calls}
    shown = context | words | {"reporter": opinion.reporter.reveal(), "replies": progress.replies_of(opinion)}
    return TemplateResponse(request, "admin/opinions/opinion/call.html", shown)


def _called(opinion, form, request) -> bool:
    """The attempt itself, that the resident was told, what they think of it: each a step of its own."""
    try:
        for move, facts in _moves_of(opinion, form):
            opinion.move(move, by=request.user, **facts)
            said = {"number": opinion.number, "move": move.label}
            messages.success(request, _("%(number)s: %(move)s, done.") % said)
    except MoveRefused as refusal:
        form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
        return False
    return True


def _moves_of(opinion, form):
    """What was said on the telephone stands in the call alone: it is mostly what the resident said."""
    facts = form.cleaned_data
    outcome = _("reached") if form.is_reached else _("not reached")
    yield workflow.CALL, {"note": facts["told"], "detail": outcome, "is_reached": form.is_reached}
    if form.is_reached and opinion.state == "replied":
        yield workflow.FEED_BACK, {"note": _("Told in the call-back by telephone"), "way": "phone"}
    if facts.get("score"):
        said = {"score": facts["score"], "reason": facts["reason"], "source": "phone"}
        yield workflow.RATE_FOR, {"paper_on": timezone.localdate(), **said}


# A new code for a lost one (补发查询码)


def reissue_page(request, opinion, context):
    """Asked once; the slip then shows the new code this one time. The same press twice is the same code."""
    require(workflow.REISSUE, opinion, request.user)
    title = {"title": _("Reissue the query code of %(number)s") % {"number": opinion.number}}
    if opinion.reporter is None or opinion.reporter.key_id is None:
        return TemplateResponse(request, "admin/opinions/opinion/reissue.html", context | title | {"form": None})
    form = ReissueForm(request.POST or None, has_phone=has_phone(opinion), initial={"token": tokens.issue().text})
    if request.method == "POST" and form.is_valid():
        code = _reissued(opinion, form, request.user)
        if code:
            return papers.receipt_with(request, opinion, code)
    shown = context | title | {"form": form} | _number_on_file(request, opinion)
    return TemplateResponse(request, "admin/opinions/opinion/reissue.html", shown)


def _number_on_file(request, opinion) -> dict:
    """For the call back that proves who it is: one press on this page opens the number, and is a line of the trail."""
    if not has_phone(opinion) or not request.user.has_perm(SEE_REPORTER, opinion):
        return {}
    if ASKED not in request.GET:
        return {"number_url": f"?{ASKED}=1"}
    record("reveal", opinion, actor=request.user, detail={"fields": "name, phone", "for": "reissue"})
    return {"reporter": opinion.reporter.reveal()}


def _reissued(opinion, form, user) -> str:
    """The new code; nothing where it may not be, and the form says why."""
    try:
        nonce = tokens.read(form.cleaned_data["token"]).nonce
        code = receipts.code_of(nonce)
        if not receipts.fits(code, opinion.code_hash):
            opinion.move(workflow.REISSUE, by=user, nonce=nonce, way=form.cleaned_data["way"])
        return code
    except (tokens.Stale, tokens.Forged):
        form.data = form.data | {"token": tokens.issue().text}
        form.add_error(None, _("The page was open too long, please press once more"))
    except MoveRefused as refusal:
        form.add_error(None, _("Not possible: %(reason)s") % {"reason": refusal.reason})
    return ""


# Scans


def scan_page(request, opinion, scan):
    """A paper may show names: for those only who may know who spoke."""
    require(workflow.REPLY_FOR, opinion, request.user)
    kept = opinion.scans.filter(pk=scan).first() if scan < 2**63 else None
    if kept is None or not default_storage.exists(kept.file):
        raise Http404
    return FileResponse(default_storage.open(kept.file), content_type="image/jpeg")
