"""What a resident does: say something, keep the receipt, look it up, add, withdraw, evaluate. No cookie, no account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.opinions import follow_up, intake, progress
from feedback.opinions.forms import AddForm, AgainForm, OpinionForm, RatingForm, TrackForm
from feedback.submissions import guessing, qr, tokens
from liaison.accounts.network import network_of
from liaison.rulebook import clocks
from liaison.tools.text import clean_line
from stations.register.models import Station

REFUSED = 422
IDENTITY_WORDS = {
    "confidential": gettext_lazy("confidential, not told to the department"),
    "real": gettext_lazy("real name, kept by the station"),
    "anonymous": gettext_lazy("anonymous, name and telephone not kept"),
}


def resident_page(view):
    """A public page that carries a signed token instead of a cookie and is kept by no cache."""

    def page(request, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return login_not_required(csrf_exempt(page))


@resident_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The form; sent, the receipt itself (200, no redirect: a reload sends the same token and gets the same again)."""
    if request.method != "POST":
        return _blank_form(request)
    form = OpinionForm(request.POST, request.FILES)
    token, notices = _token_of(request)
    if not (form.is_valid() and token):
        return _form_again(request, form, token or tokens.issue(second_look=request.was_misread), notices)
    return _receipt_page(request, form, token)


@login_not_required
@require_safe
def short(request, code):
    """The address on a station's plate, typed by hand too; of a station that is shut, its page, which names another."""
    code = clean_line(code)
    known = Station.objects.exclude(status="planned")
    station = known.filter(code=code).first() or known.filter(code__iexact=code).first()
    if station and station.status != "operating":
        return redirect("public:station", station.code)
    return redirect(f"{reverse('opinions:new')}?{urlencode({'station': station.code if station else code})}")


def _blank_form(request):
    code = clean_line(request.GET.get("station", ""))
    station = Station.objects.operating().filter(code=code).first() if code else None
    missing = [_why_not(code)] if code and station is None else []
    form = OpinionForm(initial={"station": station.code if station else "", "token": tokens.issue().text})
    return _form_page(request, form, station, missing, 200)


def _why_not(code) -> str:
    if Station.objects.filter(code=code).exclude(status="planned").exists():
        return _("This station receives nobody at present, please choose another")
    return _("This station was not found, please choose again")


def _form_again(request, form, token, notices):
    """The same page with what was typed and what to mend; a station that is none is not asked for again."""
    form.data = form.data.copy()
    form.data["token"] = token.text
    if "station" in form.errors:
        form.data["station"] = ""
    station = getattr(form, "cleaned_data", {}).get("station")
    return _form_page(request, form, station, notices, REFUSED)


def _form_page(request, form, station, notices, status):
    context = {"form": form, "station": station, "notices": notices}
    return render(request, "feedback/opinions/new.html", context, status=status)


def _token_of(request) -> tuple[tokens.Token | None, list[str]]:
    """The form's token; none where one more press is asked for: too old, not ours, or a text to look at again."""
    try:
        token = tokens.read(request.POST.get("token", ""))
    except (tokens.Stale, tokens.Forged):
        return None, [_("The page was open too long, please press Submit once more")]
    if request.was_misread and not token.is_second_look:
        return None, [_("Your text came in another encoding, please check it and press once more")]
    return token, []


def _receipt_page(request, form, token):
    facts = form.cleaned_data
    said = intake.Said(
        body=facts["matter"],
        place=facts["place"],
        station=facts["station"],
        reporter=form.reporter(),
        publish_consent=facts["publish_consent"],
        photos=facts["photos"],
    )
    receipt = intake.take(said, nonce=token.nonce)
    return render(request, "feedback/opinions/receipt.html", {"receipt": _shown(receipt, form)})


def _shown(receipt, form) -> dict:
    opinion = receipt.opinion
    track_url = f"{reverse('opinions:track')}?{urlencode({'number': opinion.number})}"
    return {
        "number": opinion.number,
        "code": receipt.grouped_code if receipt.is_current else "",
        "has_phone": opinion.reporter.phone_sealed is not None,
        "identity": IDENTITY_WORDS[opinion.reporter.identity_mode],
        "days": clocks.clock_for("accept", opinion.division_id).amount,
        "track_url": track_url,
        "qr_svg": qr.svg(settings.SITE_URL + track_url),
        "notices": _receipt_notices(receipt, form),
    }


def _receipt_notices(receipt, form) -> list[str]:
    notices = []
    if form.discards_identity():
        notices.append(_("You chose to be anonymous; telephone and name were not kept."))
    if not receipt.is_current:
        notices.append(_("A new query code has been issued since; the one given first opens nothing any more."))
    if receipt.said_otherwise:
        notices.append(
            _("We had already received this; the first text is kept. You can add to it on the tracking page.")
        )
    return notices


@resident_page
@require_http_methods(["GET", "HEAD", "POST"])
def track(request):
    """Number and code open the page of one opinion; its follow-ups come back here with a ticket."""
    if request.method != "POST":
        form = TrackForm(initial={"number": clean_line(request.GET.get("number", ""))[:40]})
        return _track_page(request, form, {})
    if request.POST.get("ticket"):
        return _follow_up(request)
    form = TrackForm(request.POST)
    try:
        opinion = follow_up.found(form, network_of(request) or "")
    except follow_up.TooOften:
        return _wait_page(request, form)
    if opinion is None:
        return _track_page(request, form, follow_up.kept(request.POST))
    return _progress_page(request, opinion, kept=follow_up.kept(request.POST))


def _follow_up(request):
    """Add, withdraw or evaluate. An expired ticket keeps the text and asks for the code again."""
    opinion = follow_up.opinion_of(request.POST["ticket"])
    if opinion is None:
        form = TrackForm()
        notice = _("For your safety, please enter number and query code again. What you wrote is kept.")
        return _track_page(request, form, follow_up.kept(request.POST), [notice])
    said, form = follow_up.make(opinion, request.POST)
    return _progress_page(request, opinion, messages=said, form=form)


def _track_page(request, form, kept, notices=()):
    context = {"form": form, "kept": kept, "notices": notices}
    status = REFUSED if form.is_bound else 200
    return render(request, "feedback/opinions/track.html", context, status=status)


def _wait_page(request, form):
    """Of somebody who has to wait; what was typed is kept."""
    page = _track_page(request, form, follow_up.kept(request.POST))
    page.status_code = 429
    page["Retry-After"] = str(int(guessing.WAIT.total_seconds()))
    return page


def _progress_page(request, opinion, *, messages=(), form=None, kept=None):
    kept = kept or {}
    context = {
        "opinion": progress.for_resident(opinion),
        "messages": messages,
        "add_form": form if isinstance(form, AddForm) else AddForm(initial=kept),
        "rating_form": form if isinstance(form, RatingForm) else RatingForm(initial=kept),
        "again_form": form if isinstance(form, AgainForm) else follow_up.again_form(initial=kept),
    } | progress.follow_ups(opinion)
    return render(request, "feedback/opinions/progress.html", context, status=REFUSED if form else 200)
