"""Forms of opinions: the resident's, the desk's, and one for each move."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feedback.handling.models import OUTCOME_CHOICES
from feedback.opinions.models import GUIDE_CHOICES, SCORE_CHOICES, WAY_CHOICES, Opinion
from feedback.submissions.models import ANONYMOUS, CONFIDENTIAL, IDENTITY_CHOICES
from liaison.accounts.models import User
from liaison.organisations.models import Organisation
from liaison.rulebook.models import Category
from liaison.tools.dates import DayField, plain_digits
from liaison.tools.files import PhotoRefused, clean_photo
from liaison.tools.text import clean_line, clean_text, looks_misread
from stations.register.models import Station

LONGEST = 10_000
MOST_PHOTOS = 3
TOO_LONG = _("Too long, please keep within ten thousand characters")


class TextArea(forms.Textarea):
    def __init__(self, rows=5):
        super().__init__(attrs={"rows": rows})


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to three photographs, cleaned at once: what is no photograph never reaches a disk."""

    widget = ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data or []) if upload]
        if len(uploads) > MOST_PHOTOS:
            raise ValidationError(_("At most three photos at a time"))
        try:
            return [clean_photo(upload) for upload in uploads]
        except PhotoRefused as refusal:
            raise ValidationError(refusal.reason) from refusal


class CleanText(forms.CharField):
    """Text as it will be kept: normalised, controls removed. `lines` allows several lines."""

    def __init__(self, *, lines=False, **kwargs):
        self.lines = lines
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if looks_misread(text):
            raise ValidationError(_("Some characters could not be read, please look again"))
        return (clean_text if self.lines else clean_line)(text).strip()


class PhoneField(CleanText):
    """A mobile number of eleven digits, or a fixed line with its area code; full-width digits are understood."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return ""
        digits = plain_digits(text)
        if re.fullmatch(r"1\d{10}", digits) or re.fullmatch(r"0\d{9,11}", digits):
            return digits
        raise ValidationError(_("A mobile number has 11 digits; you may also leave it empty"))


class ReporterFields(forms.Form):
    """Who may know: the same questions on the web form and at the desk."""

    phone = PhoneField(label=_("telephone (optional)"), required=False, max_length=50)
    name = CleanText(label=_("your name (optional)"), required=False, max_length=50)
    identity_mode = forms.ChoiceField(
        label=_("who may know"), choices=IDENTITY_CHOICES, required=False, initial=CONFIDENTIAL
    )
    share_identity = forms.BooleanField(label=_("the department may be told"), required=False)

    def reporter(self) -> dict:
        """What Reporter.take wants to know."""
        names = ("identity_mode", "share_identity", "name", "phone")
        return {name: self.cleaned_data.get(name) or "" for name in names} | {
            "share_identity": bool(self.cleaned_data.get("share_identity"))
        }

    def discards_identity(self) -> bool:
        facts = self.cleaned_data
        return facts.get("identity_mode") == ANONYMOUS and bool(facts.get("phone") or facts.get("name"))


class OpinionForm(ReporterFields):
    """The resident's form: two questions must be answered, what and where."""

    matter = CleanText(
        lines=True,
        label=_("what you want to say"),
        widget=TextArea(6),
        max_length=LONGEST,
        error_messages={"required": _("Please write down your matter"), "max_length": TOO_LONG},
    )
    place = CleanText(
        label=_("place or estate"),
        max_length=200,
        error_messages={
            "required": _("Please write the place or estate"),
            "max_length": _("Too long, at most two hundred characters"),
        },
    )
    publish_consent = forms.BooleanField(label=_("the result may be published"), required=False)
    photos = PhotosField(label=_("photos"), required=False)
    station = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_station(self):
        code = clean_line(self.cleaned_data["station"])
        if not code:
            return None
        station = Station.objects.operating().filter(code=code).first()
        if station is None:
            raise ValidationError(_("This station was not found, please choose again"))
        return station


class TrackForm(forms.Form):
    number = CleanText(label=_("number"), max_length=40)
    code = CleanText(label=_("query code (11 digits)"), max_length=60)
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)


class AddForm(forms.Form):
    note = CleanText(
        lines=True,
        label=_("what you want to add"),
        max_length=LONGEST,
        widget=TextArea(4),
        error_messages={"required": _("Please write what you want to add"), "max_length": TOO_LONG},
    )


class RatingForm(forms.Form):
    score = forms.ChoiceField(
        label=_("Are you satisfied with the result?"),
        choices=SCORE_CHOICES,
        error_messages={"required": _("Please choose one of three")},
    )
    reason = CleanText(lines=True, label=_("reason"), required=False, max_length=LONGEST, widget=TextArea(3))

    def clean(self):
        facts = super().clean()
        if facts.get("score") == "dissatisfied" and not facts.get("reason"):
            self.add_error("reason", _("Please tell us what you are not satisfied with"))
        return facts


class MoveForm(forms.Form):
    """What a move asks for. `facts()` are handed to the move's effect, `note` to its step."""

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
        chosen |= User.objects.filter(is_active=True, posts__station_id=opinion.station_id, posts__valid_to=None)
    return chosen.distinct()


class RefuseForm(MoveForm):
    channel = forms.ChoiceField(label=_("proper channel"), choices=GUIDE_CHOICES)
    office = CleanText(label=_("office"), max_length=100)
    phone = CleanText(label=_("telephone"), max_length=50, required=False)
    address = CleanText(label=_("address"), max_length=200, required=False)
    note = CleanText(lines=True, label=_("reason"), max_length=LONGEST, widget=TextArea(3))


class AssignForm(MoveForm):
    organisation = forms.ModelChoiceField(label=_("handling department"), queryset=Organisation.objects.none())
    due_on = DayField(label=_("reply due on"), required=False, ahead=True)
    instructions = CleanText(lines=True, label=_("instructions"), required=False, max_length=2000, widget=TextArea(3))
    note = None

    def prepare(self):
        county = self.opinion.division_id[:6]
        self.fields["organisation"].queryset = Organisation.objects.handling().within(county)
        category = self.opinion.category
        self.fields["organisation"].initial = category and category.default_organisation_id
        self.fields["due_on"].help_text = _("Empty: by the time limit that holds here.")


class ReplyForm(MoveForm):
    text = CleanText(lines=True, label=_("reply"), max_length=LONGEST, widget=TextArea(8))
    outcome = forms.ChoiceField(label=_("result"), choices=OUTCOME_CHOICES)
    note = None


class FeedBackForm(MoveForm):
    way = forms.ChoiceField(label=_("told how"), choices=WAY_CHOICES)
    note = CleanText(lines=True, label=_("what the resident was told"), max_length=LONGEST, widget=TextArea(5))


MOVE_FORMS = {
    "accept": AcceptForm,
    "refuse": RefuseForm,
    "assign": AssignForm,
    "reply": ReplyForm,
    "feed_back": FeedBackForm,
}


class DeskForm(ReporterFields, forms.ModelForm):
    """An opinion entered by staff: from the desk, the telephone, the box."""

    body = CleanText(lines=True, label=_("the resident's own words"), max_length=LONGEST, widget=TextArea(6))
    place = CleanText(label=_("place or estate"), max_length=200)

    class Meta:
        model = Opinion
        fields = ("station", "channel", "body", "place", "category", "urgency", "publish_consent")


class RaisedForm(ReporterFields, forms.ModelForm):
    """An opinion raised at a visit: one row of the visit's own page."""

    body = CleanText(lines=True, label=_("the resident's own words"), max_length=LONGEST, widget=TextArea(3))
    place = CleanText(label=_("place or estate"), max_length=200)
    share_identity = None

    class Meta:
        model = Opinion
        fields = ("body", "place", "category", "urgency")
