"""Form fields that many apps use."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.tools.text import clean_line, clean_text, looks_misread


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
