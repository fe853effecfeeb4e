"""Choosing a ledger's columns (台账栏目): one row a column, with its heading, its place, and whether it is shown."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison.rulebook import layouts, shipped
from liaison.rulebook.models import SheetLayout
from liaison.tools.cells import could_run
from liaison.tools.fields import CleanText

LONGEST_HEADING = 20
FORMULA_WORDS = _("Please begin with a word: what begins with =, +, - or @ is a formula in Excel.")
PARTS = ("heading", "place", "shown")
SHIPPED, PREVIEW = "_shipped", "_preview"  # buttons beside the one that saves


class BeginForm(forms.ModelForm):
    """Which ledger, and whose: the columns are asked for on the next page."""

    ledger = forms.ChoiceField(label=_("ledger"))

    class Meta:
        model = SheetLayout
        fields = ("ledger", "division")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(key, shipped.title_of(key)) for key in shipped.SHIPPED]
        self.fields["ledger"].choices = [("", "---------"), *titles]


def form_for(layout, user) -> type[forms.ModelForm]:
    """The form with three fields for each column of the layout's ledger."""
    ledger = shipped.SHIPPED.get(layout.ledger)
    rows = layouts.placed(ledger.columns(user), layout.columns) if ledger else []
    fields = {_names(column.key)[0]: _heading(column, layout) for column in ledger.leading} if ledger else {}
    for number, row in enumerate(rows, start=1):
        fields |= dict(zip(_names(row.column.key), _fields(row, number), strict=True))
    leading = {column.key: str(column.heading) for column in ledger.leading} if ledger else {}
    facts = {"ledger": ledger, "leading": leading, "names": {row.column.key: str(row.column.heading) for row in rows}}
    return type("LayoutHere", (LayoutForm,), fields | facts)


def _names(key) -> list[str]:
    return [f"column_{key}_{part}" for part in PARTS]


def _heading(column, layout):
    own = next((row["heading"] for row in layout.columns if row["key"] == column.key), "")
    return _heading_field(str(column.heading), own)


def _heading_field(name, own):
    return CleanText(
        label=_("heading of %(column)s") % {"column": name},
        max_length=LONGEST_HEADING,
        required=False,
        initial=own,
        widget=forms.TextInput(attrs={"placeholder": name}),
    )


def _fields(row, number):
    name = str(row.column.heading)
    yield _heading_field(name, row.heading)
    yield forms.IntegerField(
        label=_("place of %(column)s") % {"column": name},
        min_value=1,
        max_value=999,
        initial=number,
        error_messages={"required": _("Please write a number."), "invalid": _("Please write a number.")},
    )
    yield forms.BooleanField(label=_("show %(column)s") % {"column": name}, required=False, initial=not row.is_hidden)


class LayoutForm(forms.ModelForm):
    """`names` maps the keys of the columns to their shipped headings, in the order they now have; `leading` the same of
    those that are only renamed.
    """

    title = CleanText(label=_("title of the ledger"), max_length=40, required=False)
    ledger: shipped.Ledger | None = None
    leading: dict[str, str] = {}
    names: dict[str, str] = {}

    class Meta:
        model = SheetLayout
        fields = ("title", "is_used")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.typed: list[dict] = []
        if self.ledger and "title" in self.fields:
            self.fields["title"].widget.attrs["placeholder"] = str(self.ledger.title)

    def is_valid(self):
        """What is only looked at is not saved."""
        return super().is_valid() and PREVIEW not in self.data

    def rows(self):
        """For the table of the page: each column with its three bound fields, or with that of its heading alone."""
        for key, shipped_heading in self.leading.items():
            bound = self[_names(key)[0]]
            yield {"heading": bound, "shipped": shipped_heading, "errors": bound.errors}
        for key, heading in self.names.items():
            bound = dict(zip(PARTS, (self[name] for name in _names(key)), strict=True))
            yield bound | {"shipped": heading, "errors": [error for field in bound.values() for error in field.errors]}

    def clean_title(self):
        return _no_formula(self.cleaned_data["title"])

    def clean(self):
        facts = super().clean()
        read = {key: self._read(key, facts) for key in self.names}
        if not all(read.values()):
            return facts
        self.typed = sorted(read.values(), key=lambda row: self._place(row["key"], facts))
        if self.names and all(row["hidden"] for row in self.typed):
            raise ValidationError(_("Every column would be hidden. Please tick at least one to be shown."))
        own = [row for key, name in self.leading.items() if (row := self._own_heading(key, name, facts))]
        self._refuse_twins(own)
        self.typed += own
        return facts

    def _place(self, key, facts) -> tuple:
        """Of two with the same number, the one that was moved there stands first."""
        name = _names(key)[1]
        return facts[name], name not in self.changed_data

    def _read(self, key, facts) -> dict | None:
        """What is kept of a column; None where something of it could not be read."""
        _heading, place, shown = _names(key)
        words = self._words(key, self.names[key], facts)
        if words is None or place not in facts:
            return None
        return {"key": key, "heading": words, "hidden": not facts[shown]}

    def _own_heading(self, key, name, facts) -> dict | None:
        """What is kept of a column that is only renamed: nothing where it has its shipped heading."""
        words = self._words(key, name, facts)
        return {"key": key, "heading": words, "hidden": False} if words else None

    def _words(self, key, name, facts) -> str | None:
        """The heading typed, empty where it is the shipped `name`; None where it could not be read."""
        heading = _names(key)[0]
        if heading not in facts:
            return None
        if could_run(facts[heading]):
            self.add_error(heading, FORMULA_WORDS)
            return None
        return facts[heading] if facts[heading] != name else ""

    def _refuse_twins(self, own):
        """Two columns of one name cannot be told apart, on paper or when the sheet comes back."""
        leading = self.leading | {row["key"]: row["heading"] for row in own}
        taken = {str(heading) for heading in self.ledger.fixed} if self.ledger else set()
        for key, name in leading.items():
            if name in taken:
                self.add_error(_names(key)[0], _("Another column is called %(name)s.") % {"name": name})
            taken.add(name)
        for row in self.typed:
            name = row["heading"] or self.names[row["key"]]
            if not row["hidden"] and name in taken:
                self.add_error(_names(row["key"])[0], _("Another column is called %(name)s.") % {"name": name})
            taken |= set() if row["hidden"] else {name}

    def save(self, commit=True):
        self.instance.columns = self.typed
        return super().save(commit)


def _no_formula(words):
    if could_run(words):
        raise ValidationError(FORMULA_WORDS)
    return words
