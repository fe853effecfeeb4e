"""The slips of an opinion (交办单、催办单、反馈单、引导单、回执), and who may print which.

No slip carries a reporter's name or telephone. The matter stands on it in the staff's summary; where there is none,
in the resident's own words with numbers struck out, and the screen asks the clerk to look for names.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from feedback.opinions import progress
from feedback.opinions.intake import Receipt
from feedback.opinions.models import SCORE_CHOICES, Opinion
from feedback.opinions.urging import OpinionUrging
from feedback.submissions import qr, receipts
from liaison.tools.papers import paper, without_numbers

TOLD = ("replied", "fed_back", "evaluated", "archived", "rehandling", "answered_on_spot", "closed_with_explanation")


@dataclass(frozen=True)
class Slip:
    """`sheets(opinion)` gives the facts of each sheet; none means that there is no such paper yet."""

    key: str
    title: str
    button: str
    permission: str
    sheets: Callable[[Opinion], list[dict]]


def told(opinion) -> str:
    """What a paper says of the matter."""
    return opinion.summary or without_numbers(opinion.body)


def common(opinion) -> dict:
    """What stands on every slip."""
    return {
        "opinion": opinion,
        "matter": told(opinion),
        "place": without_numbers(opinion.place),
        "received_on": timezone.localdate(opinion.received_at),
        "today": timezone.localdate(),
        "has_own_words": not opinion.summary,
    }


def _assignments(opinion):
    rows = opinion.assignments.exclude(state="closed").select_related("organisation")
    return [common(opinion) | {"assignment": row} for row in rows]


def _urgings(opinion):
    rows = OpinionUrging.objects.filter(assignment__opinion=opinion).select_related("assignment__organisation")
    latest = {row.assignment_id: row for row in rows.order_by("round")}
    return [urging_sheet(row, opinion) for row in latest.values()]


def urging_sheet(urging, opinion) -> dict:
    days = (urging.urged_on - urging.assignment.due_on).days if urging.assignment.due_on else 0
    return common(opinion) | {"urging": urging, "assignment": urging.assignment, "days_late": max(0, days)}


def _feedback(opinion):
    replies = list(progress.replies_of(opinion))
    if opinion.state not in TOLD or not replies:
        return []
    last = max(reply.round for reply in replies)
    given = [reply for reply in replies if reply.round == last]
    return [common(opinion) | {"replies": given, "scores": [words for _key, words in SCORE_CHOICES]}]


def _guidance(opinion):
    guidance = getattr(opinion, "guidance", None)
    if guidance is None:
        return []
    refused = opinion.steps.filter(move="refuse").last()
    day = timezone.localdate(refused.at) if refused else timezone.localdate()
    return [common(opinion) | {"guidance": guidance, "guided_on": day}]


def _receipt(opinion):
    """Of the code given last: a reissued one is dated by its own day and says that the former one is dead."""
    address = f"{settings.SITE_URL}{reverse('opinions:track')}?number={opinion.number}"
    anew = opinion.steps.filter(move="reissue").last()
    day = timezone.localdate(anew.at if anew else opinion.received_at)
    return [common(opinion) | {"qr": qr.svg(address), "is_anew": anew is not None, "given_on": day}]


SLIPS = {
    slip.key: slip
    for slip in (
        Slip(
            "assignment",
            _("Assignment slip"),
            _("Print the assignment slip"),
            "opinions.assign_opinion",
            _assignments,
        ),
        Slip("urging", _("Urging slip"), _("Print the urging slip"), "opinions.urge_opinion", _urgings),
        Slip("feedback", _("Feedback slip"), _("Print the feedback slip"), "opinions.feed_back_opinion", _feedback),
        Slip("guidance", _("Guidance slip"), _("Print the guidance slip"), "opinions.refuse_opinion", _guidance),
        Slip("receipt", _("Receipt slip"), _("Print the receipt"), "opinions.accept_opinion", _receipt),
    )
}


class CodeForm(forms.Form):
    """The query code, seen at registering and typed here: it is printed and kept nowhere."""

    code = forms.CharField(label=_("query code (as shown at registering)"), max_length=50)

    def __init__(self, *args, opinion, **kwargs):
        super().__init__(*args, **kwargs)
        self.opinion = opinion

    def clean_code(self):
        code = receipts.read_code(self.cleaned_data["code"])
        if not receipts.fits(code, self.opinion.code_hash):
            raise forms.ValidationError(_("The query code is not right, please check it"))
        return receipts.grouped(code)


def offered(opinion, user) -> list[dict]:
    """The papers of this opinion that the user may print now."""
    return [
        {"key": slip.key, "label": slip.button, "url": _address(opinion, slip)}
        for slip in SLIPS.values()
        if user.has_perm(slip.permission, opinion) and slip.sheets(opinion)
    ]


def urls(model_admin) -> list:
    """Addresses below an opinion's own: `model_admin` knows whose opinions a user may see."""

    def view(request, pk, key):
        return show(request, model_admin.visible(request, pk), key)

    return [path("<int:pk>/slips/<slug:key>/", model_admin.admin_site.admin_view(view), name="opinions_opinion_slip")]


def show(request, opinion, key):
    """A slip; what there is not, or not for this user, is not there."""
    slip = SLIPS.get(key)
    if slip is None or not request.user.has_perm(slip.permission, opinion):
        raise Http404
    form = CodeForm(request.POST or None, opinion=opinion) if key == "receipt" else None
    code = form.cleaned_data["code"] if form and form.is_valid() else ""
    return _printed(request, opinion, slip, code_form=form, code=code)


def receipt_with(request, opinion, code):
    """The receipt with a code just given, for whoever gave it."""
    return _printed(request, opinion, SLIPS["receipt"], code=receipts.grouped(code))


def _printed(request, opinion, slip, **more):
    sheets = slip.sheets(opinion)
    if not sheets:
        raise Http404
    context = {
        "title": slip.title,
        "sheets": sheets,
        "template": f"papers/opinions/{slip.key}.html",
        "number": opinion.number,
        "back": reverse("admin:opinions_opinion_change", args=(opinion.pk,)),
        "here": _address(opinion, slip),
        "has_own_words": sheets[0]["has_own_words"] and slip.key != "receipt",
    }
    return paper(request, "papers/opinions/slips.html", context | more)


def _address(opinion, slip) -> str:
    return reverse("admin:opinions_opinion_slip", args=(opinion.pk, slip.key))


PRINT_NOW = (
    '{} <button type="submit" class="button" form="print-receipt" formaction="{}" name="code" value="{}">{}</button>'
)


def news_of(receipt: Receipt, user) -> str:
    """What staff are told when they have entered one: the code this one time, and a button that prints it.

    The button posts the code that stands beside it (the form is in `admin/base_site.html`): in no address, and kept by
    nobody.
    """
    opinion, slip = receipt.opinion, SLIPS["receipt"]
    facts = {"number": opinion.number, "place": opinion.place, "code": receipt.grouped_code}
    words = gettext("Registered %(number)s (%(place)s), query code %(code)s. Please hand both to the resident.") % facts
    if not user.has_perm(slip.permission, opinion):
        return words
    return format_html(PRINT_NOW, words, _address(opinion, slip), receipt.code, slip.button)
