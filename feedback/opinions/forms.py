"""Forms of opinions: the resident's and the desk's. Those of the moves are in `move_forms.py`."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feedback.opinions.choices import CHANNEL_CHOICES, SCORE_CHOICES
from feedback.opinions.models import Opinion
from feedback.submissions.models import ANONYMOUS, CONFIDENTIAL, IDENTITY_CHOICES
from liaison.tools.dates import plain_digits
from liaison.tools.fields import CleanText
from liaison.tools.files import PhotoRefused, clean_photo
from liaison.tools.text import clean_line
from stations.register.models import Station

LONGEST = 10_000
LONGEST_NUMBER = 40
MOST_PHOTOS = 3
AT_THE_DESK = [choice for choice in CHANNEL_CHOICES if choice[0] not in ("web", "import")]
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
    number = CleanText(label=_("number"), max_length=LONGEST_NUMBER)
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


class AgainForm(forms.Form):
    """A resident asks to have it handled again."""

    reason = CleanText(
        lines=True,
        label=_("why it should be handled again"),
        max_length=LONGEST,
        widget=TextArea(3),
        error_messages={"required": _("Please tell us what you are not satisfied with"), "max_length": TOO_LONG},
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


class DeskForm(ReporterFields, forms.ModelForm):
    """An opinion entered by staff: from the desk, the telephone, the box."""

    channel = forms.ChoiceField(label=_("how it came in"), choices=AT_THE_DESK, initial="desk")
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
