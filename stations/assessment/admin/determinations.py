"""Entering what an inspector found on the spot; once entered it stays as it is."""

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools.attachments import MEGABYTES, AttachmentField, download
from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from liaison.tools.files import keep
from stations.assessment import opening
from stations.assessment.models import Determination
from stations.assessment.models.determinations import LONGEST
from stations.eight_haves.models import Have
from stations.register.models.dated import YEARS
from stations.register.records import RecordAdmin, column

FOLDER = "findings"
TYPED = ("station", "year", "item", "standing", "inspector", "on", "reason", "evidence")
KEPT = ("station", "year", "have", "standing", "inspector", "on", "reason", "evidence")
LINES = {"lines": True, "max_length": LONGEST, "widget": forms.Textarea(attrs={"rows": 3})}


class DeterminationForm(forms.ModelForm):
    """`item` names a have by its key; which standard it is of follows from the station and the year."""

    year = forms.IntegerField(label=_("year"), validators=YEARS)
    item = forms.ChoiceField(label=_("which of the eight"))
    inspector = CleanText(label=_("inspector"), max_length=50)
    on = DayField(label=_("day of the inspection"))
    reason = CleanText(label=_("reason"), **LINES)
    evidence = CleanText(label=_("evidence"), required=False, **LINES)
    upload = AttachmentField(
        label=_("photo or scan"),
        required=False,
        help_text=_("May stay empty. PDF, Word or a picture, up to %(count)s MB") % {"count": MEGABYTES},
    )

    class Meta:
        model = Determination
        fields = ("station", "year", "standing", "inspector", "on", "reason", "evidence")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(have.key, have.name) for have in Have.objects.of_published()]
        self.fields["item"].choices = [("", _("Please choose")), *names]

    def full_clean(self):
        """A browser does not choose the file again by itself, so a page sent back says that it has to be."""
        super().full_clean()
        if self.is_bound and self.errors and self.cleaned_data.get("upload"):
            self.add_error("upload", _("Please choose the file again."))

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(opening.NOT_COME)
        return year

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        facts = super().clean()
        year, day = facts.get("year"), facts.get("on")
        if year and day and day.year < year:
            self.add_error("on", _("This is before the year that is inspected."))
        if not self.errors:
            self.instance.have = self._have(facts)
        if not self.errors and self._is_repeated(facts):
            self.add_error("item", _("This finding has been entered already, word for word."))
        return facts

    def _is_repeated(self, facts) -> bool:
        same = {"have": self.instance.have} | {name: facts[name] for name in KEPT if name != "have"}
        return Determination.objects.filter(**same).exists()

    def _have(self, facts):
        """Of the standard of the year's open check, else of the one by which the station is judged in the year."""
        station, year = facts["station"], facts["year"]
        standard = opening.standard_of_open(station, year)
        standard = standard or opening.standards_for([station], year, timezone.localdate())[station.pk]
        found = Have.objects.filter(standard=standard, key=facts["item"]).first() if standard else None
        if found is None:
            self.add_error("item", _("The standard of this station has no such item."))
        return found


@admin.register(Determination)
class DeterminationAdmin(RecordAdmin):
    group, place = "haves", 14
    form = DeterminationForm
    field_permissions = {"station": "assessment.add_determination"}
    list_display = ("on", "station", "year", "have", "standing", "inspector")
    list_filter = ("year", "standing", "station")
    list_select_related = ("station", "have")
    ledger = (
        column(Determination, "station", "station.name"),
        column(Determination, "year"),
        column(Determination, "have", "have.name"),
        column(Determination, "standing", "get_standing_display"),
        *(column(Determination, name) for name in ("inspector", "on", "reason", "evidence")),
    )

    def has_change_permission(self, request, obj=None):
        """What was found is never written over: a later finding stands beside it."""
        return False

    def get_fields(self, request, obj=None):
        if obj is None:
            return (*TYPED, "upload")
        return (*KEPT, "attached", "entered_by", "entered_at")

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """A record that is only looked at has no form of its own."""
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request):
        today = timezone.localdate()
        usual = {"year": today.year, "on": today, "inspector": str(request.user)}
        return usual | super().get_changeform_initial_data(request)

    @admin.display(description=_("photo or scan"))
    def attached(self, row):
        if not row.file:
            return "—"
        address = reverse("admin:assessment_determination_file", args=(row.pk,))
        return format_html('<a href="{}">{} {}</a>', address, _("Download"), row.file.rpartition(".")[2].upper())

    def save_model(self, request, obj, form, change):
        if attachment := form.cleaned_data.get("upload"):
            obj.file = keep(attachment.data, FOLDER, attachment.ending, default_storage)
            obj.content_type, obj.sha256 = attachment.content_type, attachment.sha256
        super().save_model(request, obj, form, change)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.file_view))
        return [path("<int:pk>/file/", view, name="assessment_determination_file"), *super().get_urls()]

    def file_view(self, request, pk):
        row = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if row is None:
            raise Http404
        return download(default_storage, row.file, row.content_type, f"{row} {row.on}")
