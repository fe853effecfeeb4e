"""The form that asks for a period: from and to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.tools.dates import DayField
from liaison.tools.periods import Period, this_year


class PeriodForm(forms.Form):
    """Blank or missing days are the usual ones, this year up to today; what cannot be read is told beside its field."""

    def __init__(self, parameters, *, today):
        self.usual = Period(this_year(today).starts_on, today)
        days = {"from": self.usual.starts_on.isoformat(), "to": self.usual.ends_on.isoformat()}
        super().__init__(days | {name: value for name, value in parameters.items() if value.strip()})
        for name, label in (("from", _("from")), ("to", _("to"))):
            self.fields[name] = DayField(label=label, ahead=None)

    def clean(self):
        """`period` in the cleaned data, where both days are there and in order."""
        given = super().clean()
        if "from" in given and "to" in given:
            try:
                given["period"] = Period(given["from"], given["to"])
            except ValueError as error:
                self.add_error("to", str(error))
        return given

    @property
    def period(self) -> Period:
        """The one asked for; the usual one where the days could not be read."""
        return self.cleaned_data.get("period") if self.is_valid() else self.usual
