"""One form for each move that asks something: what is cleaned here is handed to the move's effect."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import OUTCOME_CHOICES, RETURN_REQUESTED
from feedback.opinions import offers, urging
from feedback.opinions.choices import CO, GUIDE_CHOICES, SEPARATE, WAY_CHOICES
from feedback.opinions.forms import LONGEST, TextArea
from feedback.opinions.models import Opinion, OpinionAssignment
from liaison.accounts.models import User
from liaison.organisations.models import Organisation
from liaison.rulebook import clocks
from liaison.rulebook.models import Category
from liaison.tools.admin import Choice
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from stations.register.models import StaffPost

SHORTEST_REPLY = 5  # letters


class MoveForm(forms.Form):
    """What a move asks for. `facts()` are handed to the move's effect, `note` to its step, `at()` dates it."""

    note = CleanText(lines=True, label=_("note"), required=False, max_length=LONGEST, widget=TextArea(3))

    def __init__(self, *args, opinion, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.opinion, self.user = opinion, user
        self.prepare()
        self.order_fields([name for name in self.fields if name != "note"])  # the note comes last
        for field in list(self.fields.values())[:1]:
            field.widget.attrs["autofocus"] = True

    def prepare(self):
        """Narrow the choices to what this user may choose for this opinion."""

    def facts(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "note"}

    def at(self):
        """When it happened; None for now."""


def needed_note(label, rows=3):
    return CleanText(lines=True, label=label, max_length=LONGEST, widget=TextArea(rows))


def reply_text():
    """What a department did, in words: 「已阅」 is no answer."""
    words = {"min_length": _("Too short: please write what was done")}
    limits = {"min_length": SHORTEST_REPLY, "max_length": LONGEST, "error_messages": words}
    return CleanText(lines=True, label=_("reply"), widget=TextArea(8), **limits)


def outcome_field():
    """Nothing is chosen beforehand, for what is left untouched would count as solved."""
    return forms.ChoiceField(label=_("result"), choices=[("", _("Please choose")), *OUTCOME_CHOICES])


class AcceptForm(MoveForm):
    taker = forms.ModelChoiceField(label=_("taken on by"), queryset=User.objects.none())
    category = forms.ModelChoiceField(label=_("category"), queryset=Category.objects.all(), required=False)
    summary = CleanText(label=_("staff's summary"), required=False, max_length=200)

    def prepare(self):
        self.fields["taker"].queryset = takers_of(self.opinion, self.user)
        self.fields["taker"].initial = self.user
        self.fields["category"].initial = self.opinion.category_id
        self.fields["summary"].initial = self.opinion.summary


def takers_of(opinion, user):
    """Who may take an opinion on: the user, and whoever has a post at its station."""
    chosen = User.objects.filter(pk=user.pk)
    if opinion.station_id:
        posts = StaffPost.objects.in_force(timezone.localdate()).filter(station_id=opinion.station_id)
        chosen |= User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return chosen.distinct()


class RefuseForm(MoveForm):
    channel = forms.ChoiceField(label=_("proper channel"), choices=GUIDE_CHOICES)
    office = CleanText(label=_("office"), max_length=100)
    phone = CleanText(label=_("telephone"), max_length=50, required=False)
    address = CleanText(label=_("address"), max_length=200, required=False)
    note = needed_note(_("reason"))


class AnswerOnSpotForm(MoveForm):
    outcome = forms.ChoiceField(label=_("result"), choices=OUTCOME_CHOICES, initial="explained")
    note = needed_note(_("what was answered on the spot (the resident can read it)"), 5)


class PassOnForm(MoveForm):
    body = CleanText(label=_("passed on to"), max_length=100)
    number = CleanText(label=_("their number"), max_length=50, required=False)

    def prepare(self):
        self.fields["body"].initial = _("hotline 12345")
        self.fields["number"].help_text = _("Not known yet? It can be added with the follow-up.")


class FollowForm(MoveForm):
    number = CleanText(label=_("their number"), max_length=50, required=False)
    note = needed_note(_("how far they are"))

    def prepare(self):
        self.fields["number"].initial = self.opinion.passed_on.number


class MergeForm(MoveForm):
    main = CleanText(label=_("number of the opinion it goes on with"), max_length=40)

    def prepare(self):
        self.fields["main"].help_text = _("Of the same station, such as YJ-2026-0031.")

    def clean_main(self):
        rows = Opinion.objects.visible_to(self.user).exclude(pk=self.opinion.pk)
        found = rows.numbered(self.cleaned_data["main"].upper()).first()
        if found is None or found.station_id != self.opinion.station_id:
            raise ValidationError(_("This station has no such opinion"))
        return found


class AssignForm(MoveForm):
    organisation = forms.ModelChoiceField(label=_("handling department"), queryset=Organisation.objects.none())
    due_on = DayField(label=_("reply due on"), required=False, ahead=True)
    instructions = CleanText(lines=True, label=_("instructions"), required=False, max_length=2000, widget=TextArea(3))
    others = forms.ModelMultipleChoiceField(
        label=_("further departments (may be left empty)"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label=_("how several handle it"),
        required=False,
        initial=CO,
        choices=[
            (CO, _("the first leads, the others help")),
            (SEPARATE, _("each handles its share separately")),
        ],
    )
    note = None

    def prepare(self):
        bodies = Organisation.objects.handling().within(self.opinion.division_id[:6])
        self.fields["organisation"].queryset = self.fields["others"].queryset = bodies
        category = self.opinion.category
        self.fields["organisation"].initial = category and category.default_organisation_id
        due = clocks.due_on("reply", self.opinion.division_id, timezone.localdate())
        self.fields["due_on"].help_text = _("Empty: %(day)s, by the time limit that holds here.") % {"day": due}

    def clean_way(self):
        return self.cleaned_data["way"] or CO


class ReplyForm(MoveForm):
    text = reply_text()
    outcome = outcome_field()
    note = None


class FeedBackForm(MoveForm):
    way = forms.ChoiceField(label=_("told how"), choices=WAY_CHOICES)
    note = needed_note(_("what the resident was told"), 5)


class ReasonForm(MoveForm):
    note = needed_note(_("reason"))


class AskExtensionForm(MoveForm):
    until = DayField(label=_("until when"), ahead=True)
    note = needed_note(_("reason"))

    def clean_until(self):
        until, own = self.cleaned_data["until"], offers.own_assignment(self.opinion, self.user, offers.NOT_ANSWERED)
        if own and own.due_on and until <= own.due_on:
            raise ValidationError(_("Must be after %(day)s"), params={"day": own.due_on.isoformat()})
        return until


class OfAssignmentForm(MoveForm):
    """About one of the opinion's assignments: chosen where there are several."""

    assignment = Choice(label=_("handling department"), queryset=OpinionAssignment.objects.none())

    def prepare(self):
        rows = self.rows().select_related("organisation")
        self.fields["assignment"].queryset = rows
        self.fields["assignment"].initial = rows.first()
        self.fields["assignment"].empty_label = None

    def rows(self):
        return self.opinion.assignments.open()


class AgreeReturnForm(OfAssignmentForm):
    def rows(self):
        return self.opinion.assignments.filter(state=RETURN_REQUESTED)


class RefuseReturnForm(AgreeReturnForm):
    note = needed_note(_("reason"))


class ExtendForm(OfAssignmentForm):
    due_on = DayField(label=_("new due day"), ahead=True)
    note = needed_note(_("reason"))

    def prepare(self):
        super().prepare()
        asking = self.rows().exclude(asked_until=None).first()
        if asking:
            self.fields["assignment"].initial, self.fields["due_on"].initial = asking, asking.asked_until

    def clean(self):
        facts = super().clean()
        assignment, day = facts.get("assignment"), facts.get("due_on")
        if assignment and day and day < assignment.assigned_on:
            self.add_error("due_on", _("Not before %(day)s") % {"day": assignment.assigned_on.isoformat()})
        return facts


class RefuseExtensionForm(OfAssignmentForm):
    note = needed_note(_("reason"))

    def rows(self):
        return super().rows().exclude(asked_until=None)


class CloseForm(MoveForm):
    note = needed_note(_("the explanation (the resident can read it)"), 5)


class TellAtOnceForm(MoveForm):
    whom = CleanText(label=_("who was told (unit, name)"), max_length=100)
    note = needed_note(_("what was said"))


class UrgeForm(MoveForm):
    way = forms.ChoiceField(label=_("way of urging"), choices=urging.WAY_CHOICES)
    answer_by = DayField(label=_("answer asked for by"), ahead=True)

    def prepare(self):
        self.fields["answer_by"].initial = urging.usual_day(self.opinion.division_id, timezone.localdate())


MOVE_FORMS = {
    "accept": AcceptForm,
    "refuse": RefuseForm,
    "answer_on_spot": AnswerOnSpotForm,
    "pass_on": PassOnForm,
    "follow": FollowForm,
    "merge": MergeForm,
    "assign": AssignForm,
    "reply": ReplyForm,
    "ask_return": ReasonForm,
    "agree_return": AgreeReturnForm,
    "refuse_return": RefuseReturnForm,
    "ask_extension": AskExtensionForm,
    "extend": ExtendForm,
    "refuse_extension": RefuseExtensionForm,
    "feed_back": FeedBackForm,
    "rehandle": ReasonForm,
    "urge": UrgeForm,
    "close": CloseForm,
    "tell_at_once": TellAtOnceForm,
}
