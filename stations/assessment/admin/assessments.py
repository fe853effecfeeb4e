"""Yearly checks at work: the list, each with its next step and its things to be rectified, and how they are opened."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from liaison.tools.admin import ScopedAdmin
from liaison.tools.move_page import MovePage, state_filter
from liaison.tools.sheets import Column
from stations.assessment import opening, workflow
from stations.assessment.beside import found_words, ways_of
from stations.assessment.card_words import lacking_words
from stations.assessment.forms import MOVE_FORMS, MoveForm, OpenForm, OpenManyForm
from stations.assessment.models import Assessment, Frozen
from stations.assessment.rectifying import how_far, next_step, why_again
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW, years_offered
from stations.eight_haves.models import Standard
from stations.register.models import Station
from stations.register.records import column

ADD = "assessment.add_assessment"
MOST_NAMED = 10
OF_MANY = {
    "title": _("Open the checks of many stations"),
    "explanation": _(
        "One check for every station that was to be inspected there in the year. "
        "A station that has one already gets no second."
    ),
    "button": _("Open the checks"),
}


@admin.register(Assessment)
class AssessmentAdmin(MovePage, ScopedAdmin):
    group, place = "haves", 12
    form = OpenForm
    field_permissions = {"station": ADD, "standard": VIEW}
    change_form_template = "admin/assessment/assessment/change_form.html"
    change_list_template = "admin/assessment/assessment/change_list.html"
    list_display = ("station", "year", "state_words", "open_items", "standard")
    list_filter = (state_filter(workflow.STATES), "year", "station")
    list_select_related = ("station", "standard")
    search_fields = ("station__name",)
    search_help_text = _("Name of the station")
    ledger = (
        column(Assessment, "station", "station.name"),
        column(Assessment, "year"),
        Column("standard", _("standard"), lambda check: str(check.standard)),
        Column("state", _("state"), lambda check: str(check.state_label)),
        column(Assessment, "opened_on"),
        Column("items", _("still to be rectified"), "items_open"),
    )

    def get_queryset(self, request):
        still = Count("items", filter=Q(items__rechecked_on=None))
        return super().get_queryset(request).annotate(items_open=still)

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, check):
        return check.state_label

    @admin.display(description=_("still to be rectified"))
    def open_items(self, check):
        return check.items_open or ""

    def has_change_permission(self, request, obj=None):
        """It changes by its moves."""
        return False

    def get_fields(self, request, obj=None):
        return ("station", "year", "standard", "opened_on") if obj else ("station", "year", "standard")

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def get_changeform_initial_data(self, request):
        return {"year": timezone.localdate().year} | super().get_changeform_initial_data(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "standard":
            kwargs["queryset"] = _standards(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        opening.begin(obj, by=request.user, on=timezone.localdate())

    def changelist_view(self, request, extra_context=None):
        ways = {
            "may_open": request.user.has_perm(ADD),
            "may_sample": request.user.has_perm("assessment.sample_stations"),
        }
        return super().changelist_view(request, ways | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        check = self.get_object(request, object_id)
        extra = shown_of(check, request.user) if check else {}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def move_form(self, request, check, move):
        asked = request.GET.get("item", "")
        initial = {"item": asked} if asked.isascii() and asked.isdigit() else {}
        given = request.POST if request.method == "POST" else None
        return MOVE_FORMS.get(move.key, MoveForm)(given, check=check, move=move, initial=initial)

    def page_of_its_own(self, check, move):
        """One form asks whether it is in order or not."""
        return reverse("admin:assessment_move", args=(check.pk, "recheck")) if move is workflow.REDO else ""

    def _made(self, request, matter, move, form):
        return super()._made(request, matter, form.chosen(move), form)

    def name_of(self, check):
        return str(check)

    def words_of(self, check):
        """And what is lacking today, and what was found on the spot."""
        (card,) = evaluate([check.station], check.period, timezone.localdate(), check.standard)
        said = [lacking_words(card), *found_words(check.station, check.year)]
        return "\n".join([f"{check}\n{check.state_label}\n", *said])

    def get_urls(self):
        page = self.admin_site.admin_view
        own = [
            path("many/", page(self.many_view), name="assessment_many"),
            path("<int:pk>/move/<slug:key>/", page(self.move_view), name="assessment_move"),
        ]
        return own + super().get_urls()

    def many_view(self, request):
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        reached = Station.objects.visible_to(request.user, ADD)
        given = request.POST if request.method == "POST" else None
        form = OpenManyForm(given, reached=reached, standards=_standards(request.user))
        if form.is_bound and form.is_valid():
            return self._opened(request, form.cleaned_data)
        context = self.admin_site.each_context(request) | OF_MANY | {"opts": self.opts, "form": form}
        return TemplateResponse(request, "admin/many.html", context)

    def _opened(self, request, facts):
        how = {"by": request.user, "on": timezone.localdate(), "standard": facts["standard"]}
        made, against = opening.open_many(facts["stations"], facts["year"], **how)
        words = ngettext("%(count)d check is opened.", "%(count)d checks are opened.", len(made))
        messages.success(request, words % {"count": len(made)})
        for reason, names in _by_reason(against).items():
            messages.warning(request, _("%(names)s: %(reason)s") % {"names": names, "reason": reason})
        return redirect(f"{reverse('admin:assessment_assessment_changelist')}?year={facts['year']}")


def _standards(user):
    return Standard.objects.published().visible_to(user, VIEW)


def _by_reason(against) -> dict[str, str]:
    """The names of the stations, the first of many, by why no check was opened."""
    found: dict[str, list[str]] = {}
    for station, reason in against.items():
        found.setdefault(str(reason), []).append(station.name)
    return {reason: "、".join(names[:MOST_NAMED]) + "…" * (len(names) > MOST_NAMED) for reason, names in found.items()}


def shown_of(check, user) -> dict:
    """For the page of a check: what may be done, what is to be rectified, what was frozen, what happened."""
    moves = check.moves_open_to(user)
    of_items = (workflow.MEND, workflow.RECHECK, workflow.REDO)
    steps = list(check.steps.select_related("item"))
    again = why_again(steps)
    items = [_item(item, moves) | {"again": again.get(item.pk)} for item in check.items.select_related("have")]
    of_check = [move for move in moves if move not in of_items]
    waiting = sorted((row for row in items if row["step"]), key=lambda row: row["item"].done_on is None)
    return {
        "moves": [_link(check, move) for move in of_check],
        "items": items,
        "steps": waiting,
        "step_is_first": bool(waiting) and (not of_check or waiting[0]["item"].done_on is not None),
        "frozen": Frozen.objects.filter(assessment=check).defer("said").first(),
        "ways": _ways(check),
        "timeline": _timeline(steps),
    }


def _link(check, move) -> dict:
    return {"key": move.key, "label": move.label, "url": reverse("admin:assessment_move", args=(check.pk, move.key))}


def _item(item, moves) -> dict:
    return {"item": item, "how_far": how_far(item), "step": next_step(item, moves)}


def _ways(check) -> list[tuple[str, str]]:
    """None of a year that the pages do not offer any more."""
    if check.year not in years_offered(timezone.localdate()):
        return []
    return [_scorecard(check), *ways_of(check.station, {"year": str(check.year)})]


def _scorecard(check) -> tuple[str, str]:
    address = reverse("eight_haves:station", args=(check.station.code,))
    return str(_("How it stands now")), f"{address}?year={check.year}"


def _timeline(steps) -> list[dict]:
    labels = {"begin": _("opened")} | {key: move.label for key, move in workflow.MOVES.items()}
    return [
        {
            "at": step.at,
            "words": labels.get(step.move, step.move),
            "detail": step.item.what if step.item else "",
            "who": step.actor_name,
            "note": step.note,
        }
        for step in steps
    ]
