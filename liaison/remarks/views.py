"""`/feedback/`: what somebody says of this website. No account, no cookie, no name."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from liaison.remarks.forms import RemarkForm, issue_token
from liaison.remarks.models import Remark
from liaison.rulebook.office import served_division
from liaison.tools.text import clean_line

REFUSED, TOO_MANY = 422, 429


@login_not_required
@csrf_exempt  # the form carries a signed token instead of a cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The form; sent, the thanks themselves (200, no redirect: a reload sends the same token)."""
    if request.method != "POST":
        page = clean_line(request.GET.get("page", ""))[:200]
        return _form_page(request, RemarkForm(initial={"page": page, "token": issue_token()}), 200)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _form_again(request, form)
    if Remark.objects.are_too_many(timezone.now()):
        return render(request, "remarks/too_many.html", {"refused": True}, status=TOO_MANY)
    facts = {name: form.cleaned_data[name] for name in ("body", "page")}
    Remark.take(nonce=form.cleaned_data["token"], division=served_division(), at=timezone.now(), **facts)
    return render(request, "remarks/thanks.html")


def _form_again(request, form):
    """With what was typed and what to mend; a token that no longer holds is replaced."""
    if "token" in form.errors:
        form.data = form.data.copy()
        form.data["token"] = issue_token()
    return _form_page(request, form, REFUSED)


def _form_page(request, form, status):
    return render(request, "remarks/new.html", {"form": form}, status=status)
