"""Where drafts meet the browser: the address that keeps them, the way back after a lost session, the page that offers
and restores them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect, resolve_url
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stations.visits import drafts
from stations.visits.lines import UNTOUCHED
from stations.visits.models import Draft, Visit


@csrf_exempt  # the page's own token says whose it is, and works when the session has ended
@login_not_required
@require_POST
def keep(request):
    """Called by the page's script. The answer tells when it was kept, and whether its writer is still signed in."""
    sheet = drafts.sheet_of(request.POST)
    if "discard" in request.POST:
        return _discarded(request, sheet)
    draft = drafts.keep(sheet, request.POST) if sheet else None
    facts = {"kept": draft is not None, "signed_in": bool(sheet) and request.user.pk == sheet.user}
    return JsonResponse(facts | ({"draft": draft.pk, "at": clock(draft)} if draft else {}))


def _discarded(request, sheet):
    """The page that offers a draft carries its token as well."""
    if sheet and request.user.pk == sheet.user:
        drafts.forget(sheet.key)
        messages.success(request, _("The draft was discarded."))
    asked = request.POST.get("next", "")
    return redirect(asked if url_has_allowed_host_and_scheme(asked, None) else reverse("admin:index"))


def clock(draft: Draft) -> str:
    return f"{timezone.localtime(draft.saved_at):%H:%M}"


def moment(draft: Draft) -> str:
    """14:03, with its day where that is not today."""
    at = timezone.localtime(draft.saved_at)
    day = "" if at.date() == timezone.localdate() else f"{date_format(at.date(), 'MONTH_DAY_FORMAT')} "
    return f"{day}{at:%H:%M}"


class KeptTyping:
    """Middleware. A form sent after its session has ended, or with a token from before, is kept, not refused: its
    writer signs in and finds it as it was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and was_refused(response) and drafts.TOKEN in request.POST:
            return self._way_back(request) or response
        return response

    def _way_back(self, request):
        sheet = drafts.sheet_of(request.POST)
        draft = drafts.keep(sheet, request.POST) if sheet else None
        if draft is None:
            return None
        asked = {name: value for name, value in request.GET.items() if name != "draft"}
        back = f"{request.path}?{urlencode(asked | {'draft': draft.pk})}"
        if request.user.is_authenticated:
            return redirect(back)
        return redirect_to_login(back, f"{resolve_url(settings.LOGIN_URL)}?ended=1")


def was_refused(response) -> bool:
    if response.status_code == 302:
        return urlsplit(response.url).path == resolve_url(settings.LOGIN_URL)
    return response.status_code == 403


class WithDrafts:
    """For a ModelAdmin whose form takes `typed`: keeps what is typed, offers it, shows it again."""

    def get_urls(self):
        return [path("draft/", keep, name="visits_visit_draft"), *super().get_urls()]

    def restored(self, request) -> Draft | None:
        """The draft asked for in the address, if it is the user's own; anybody else's is as good as none."""
        key = request.GET.get("draft", "")
        if request.method != "GET" or not (key.isascii() and key.isdigit() and len(key) < 18):
            return None
        return drafts.fresh(request.user).filter(pk=key).first()

    def typed(self, request):
        draft = self.restored(request)
        return drafts.typed_in(draft) if draft else None

    def sheet(self, request, page) -> drafts.Sheet:
        """Goes on with the page that was sent, or with the one restored, else begins another."""
        sent = drafts.sheet_of(request.POST)
        if sent and (sent.user, sent.page) == (request.user.pk, page):
            return sent
        draft = self.restored(request)
        return drafts.new_sheet(request.user, page, draft.key if draft and draft.page == page else "")

    def saved_with(self, request, sheet) -> Visit | None:
        """The visit that was saved from the same page: a second press, or a draft that came too late."""
        return Visit.objects.visible_to(request.user).filter(entry_key=sheet.key).first()

    def draft_context(self, request, sheet) -> dict:
        restored = self.restored(request)
        others = [] if restored or request.method == "POST" else drafts.fresh(request.user).filter(page=sheet.page)
        return {
            "draft_token": sheet.token,
            "restored": restored and {"at": moment(restored), "pk": restored.pk},
            "drafts": [
                {"pk": draft.pk, "at": moment(draft), "href": address(request, draft), "token": token_of(draft)}
                for draft in others
            ],
            "here": request.get_full_path(),
        }

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Rows of a restored page stand there as they were typed, their lines too."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        typed = self.typed(request)
        if typed is not None and f"{prefix}-TOTAL_FORMS" in typed:
            typed[UNTOUCHED] = "1"
            kwargs["data"] = typed
        return kwargs


def token_of(draft) -> str:
    return drafts.Sheet(draft.user_id, draft.page, draft.key).token


def address(request, draft) -> str:
    asked = {name: value for name, value in request.GET.items() if name != "copy"}
    return f"{request.path}?{urlencode(asked | {'draft': draft.pk})}"
