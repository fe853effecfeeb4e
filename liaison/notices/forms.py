from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.notices.models import Announcement
from liaison.tools.dates import DayField
from liaison.tools.text import clean_line, clean_text

LONGEST = 10_000  # characters


class AnnouncementForm(forms.ModelForm):
    """A notice as an officer writes it: a title, paragraphs, and from when to when."""

    published_from = DayField(label=_("shown from"), ahead=True)
    published_to = DayField(label=_("shown until"), required=False, ahead=True)
    text = forms.CharField(
        label=_("text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("An empty line begins a new paragraph. Everybody reads it: no names of residents, no telephones."),
    )

    class Meta:
        model = Announcement
        fields = ("division", "title", "text", "published_from", "published_to", "is_pinned")

    def clean_title(self):
        return clean_line(self.cleaned_data["title"])

    def clean_text(self):
        return clean_text(self.cleaned_data["text"]).strip()

    def clean_published_to(self):
        until, since = self.cleaned_data["published_to"], self.cleaned_data.get("published_from")
        if until and since and until < since:
            raise ValidationError(_("The end lies before the beginning."))
        return until
