"""交接: when a post ends, the open opinions its holder answers for pass to a named successor.

The post's scope ends by its own last day; what passes here is the name that answers for each open opinion. Closed
ones keep the old name, and every one that passes has a step that says from whom to whom.
"""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from feedback.opinions import effects, workflow
from feedback.opinions.models import Opinion
from liaison.tools.admin import Choice, record
from liaison.tools.dates import DayField
from liaison.tools.workflow import Actor, Move
from stations.register.admin import StaffPostAdmin
from stations.register.models import StaffPost

OPEN = tuple(state for state in workflow.STATES if state not in workflow.ENDED and state != workflow.BEGINS)
HAND_OVER = Move("hand_over", _("Hand over"), OPEN, None, actor="system")
FARTHEST = timedelta(days=92)


def hand_over(opinion, *, at, by, note, taker):
    former = opinion.taker_id
    opinion.taker, opinion.taker_name = taker, str(taker)
    opinion.save(update_fields=["taker", "taker_name"])
    return {"taken_from": former}


def open_items(post):
    """What the post's holder answers for at its station and the resident has not yet been told the end of."""
    return Opinion.objects.filter(station_id=post.station_id, taker_id=post.user_id or 0, state__in=OPEN)


def successors(post, today):
    """Other people with an account and a post at the same station, now or soon."""
    others = StaffPost.objects.filter(station_id=post.station_id, user__is_active=True)
    return others.filter(Q(valid_to=None) | Q(valid_to__gte=today)).exclude(user=post.user_id).select_related("user")


class HandoverForm(forms.Form):
    successor = Choice(
        label=_("who takes over"),
        queryset=StaffPost.objects.none(),
        help_text=_("A post at the same station, with an account"),
    )
    day = DayField(label=_("first day of the successor"), ahead=True)

    def __init__(self, *args, post, **kwargs):
        super().__init__(*args, **kwargs)
        self.post, self.today = post, timezone.localdate()
        self.fields["successor"].queryset = successors(post, self.today)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FARTHEST or day <= self.post.valid_from:
            raise forms.ValidationError(_("Today or within three months, please"))
        return day

    def clean(self):
        facts = super().clean()
        successor, day = facts.get("successor"), facts.get("day")
        if successor and day and not _holds(successor, day):
            self.add_error("successor", _("This post does not hold on that day"))
        return facts


def _holds(post, day) -> bool:
    return post.valid_from <= day and (post.valid_to is None or day <= post.valid_to)


def pass_on(post, successor, day, by) -> int:
    """End the post the day before and pass its open items on, all or none; how many passed."""
    words = gettext("From %(old)s to %(new)s, by %(by)s")
    note = words % {"old": post.name, "new": successor.name, "by": by}
    items = list(open_items(post))
    with transaction.atomic():
        if post.valid_to is None or post.valid_to >= day:
            post.valid_to = day - timedelta(days=1)
            post.save(update_fields=["valid_to"])
        for opinion in items:
            opinion.move(HAND_OVER, by=Actor("system", str(by), by.pk), note=note, taker=successor.user)
        record("post", post, actor=by, detail=post.in_the_trail | {"successor": successor.pk, "items": len(items)})
    return len(items)


def page(admin, request, post):
    form = HandoverForm(request.POST if request.method == "POST" else None, post=post)
    if request.method == "POST" and form.is_valid():
        passed = pass_on(post, form.cleaned_data["successor"], form.cleaned_data["day"], request.user)
        words = ngettext("%(count)d open item was handed over.", "%(count)d open items were handed over.", passed)
        messages.success(request, words % {"count": passed})
        _warn_of_waiting(request, form.cleaned_data["successor"])
        return redirect("admin:stations_staffpost_change", post.pk)
    context = admin.admin_site.each_context(request) | {
        "title": _("Hand over"),
        "form": form,
        "opts": admin.opts,
        "original": post,
        "items": open_items(post).select_related("category")[:100],
        "count": open_items(post).count(),
    }
    return TemplateResponse(request, "admin/stations/staffpost/handover.html", context)


def _warn_of_waiting(request, successor):
    """Said where the successor's name stands on the items before the successor can open them."""
    if successor.valid_from > timezone.localdate():
        words = _("%(name)s can open them from %(day)s on. Until then please see to it that somebody handles them.")
        messages.warning(request, words % {"name": successor.name, "day": date_format(successor.valid_from)})


def join() -> None:
    """The move stands in the table, and the page among those of a post."""
    workflow.MOVES[HAND_OVER.key] = HAND_OVER
    effects.EFFECTS[HAND_OVER.key] = hand_over
    StaffPostAdmin.more_pages = (*StaffPostAdmin.more_pages, ("handover", _("Hand over"), page))
