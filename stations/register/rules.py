"""Rule documents (规章制度): each version a row, with its text as a file that only its readers can fetch."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.files.storage import default_storage
from django.http import Http404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools.attachments import MEGABYTES, AttachmentField, download
from liaison.tools.files import keep
from stations.register import books, ledgers
from stations.register.models import RuleDocument
from stations.register.records import RecordAdmin, column

FOLDER = "rules"


class RuleForm(forms.ModelForm):
    """A version's text is attached once. Another text is another version."""

    upload = AttachmentField(
        label=_("text of the rule"),
        required=False,
        help_text=_("PDF, Word or a picture, up to %(count)s MB") % {"count": MEGABYTES},
    )

    class Meta:
        model = RuleDocument
        fields = ("station", "kind", "title", "version", "valid_from", "valid_to", "reviewed_on")

    def full_clean(self):
        """A browser does not choose the file again by itself, so a page sent back says that it has to be."""
        super().full_clean()
        if self.is_bound and self.errors and self.cleaned_data.get("upload"):
            self.add_error("upload", _("Please choose the file again."))

    def clean(self):
        cleaned = super().clean()
        rule = [cleaned.get(name) for name in ("station", "kind", "version")]
        if self.instance.pk is None and all(rule):
            station, kind, version = rule
            kept = set(RuleDocument.objects.filter(station=station, kind=kind).values_list("version", flat=True))
            if version in kept:
                said = {"version": version, "next": _next(kept)}
                self.add_error("version", _("Version %(version)s is there already, please write %(next)s.") % said)
        return cleaned

    def clean_upload(self):
        attachment = self.cleaned_data["upload"]
        if attachment and self.instance.file:
            raise forms.ValidationError(_("This version has its text, please add a new version."))
        return attachment


@admin.register(RuleDocument)
class RuleDocumentAdmin(RecordAdmin):
    group, place = "registers", 25
    form = RuleForm
    change_form_template = "admin/stations/ruledocument/change_form.html"
    list_display = ("title", "station", "kind", "version", "valid_from", "valid_to", "reviewed_on", "text")
    list_filter = ("kind", "station")
    list_select_related = ("station", "kind")
    ledger = (
        column(RuleDocument, "station", "station.name"),
        column(RuleDocument, "kind", "kind.name"),
        *(column(RuleDocument, name) for name in ("title", "version", "valid_from", "valid_to", "reviewed_on")),
    )

    def get_fields(self, request, obj=None):
        last = ("text",) if obj and (obj.file or not self.has_change_permission(request, obj)) else ("upload",)
        return (*RuleForm.Meta.fields, *last)

    def get_readonly_fields(self, request, obj=None):
        return ("text",) if obj else ()

    @admin.display(description=_("text of the rule"))
    def text(self, rule):
        if not rule.file:
            return ""
        address = reverse("admin:stations_ruledocument_file", args=(rule.pk,))
        kind = rule.file.rpartition(".")[2].upper()
        return format_html('<a href="{}">{} {}</a>', address, _("Download"), kind)

    def save_model(self, request, obj, form, change):
        if attachment := form.cleaned_data.get("upload"):
            obj.file = keep(attachment.data, FOLDER, attachment.ending, default_storage)
            obj.content_type, obj.sha256 = attachment.content_type, attachment.sha256
        super().save_model(request, obj, form, change)
        if not change and _end_earlier_versions(obj):
            last = date_format(obj.valid_from - timedelta(days=1))
            messages.info(request, _("The version before it is in force until %(day)s.") % {"day": last})

    def get_urls(self):
        file = path(
            "<int:pk>/file/",
            self.admin_site.admin_view(require_safe(self.file_view)),
            name="stations_ruledocument_file",
        )
        return [file, *books.urls(ledgers.RULES, self), *super().get_urls()]

    def file_view(self, request, pk):
        rule = self.get_queryset(request).filter(pk=pk).first() if pk < 2**63 else None
        if rule is None:
            raise Http404
        return download(default_storage, rule.file, rule.content_type, f"{rule.title} {rule.version}")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        rule = self.get_object(request, object_id)
        following = _following(rule) if rule and self.has_add_permission(request) else ""
        return super().change_view(request, object_id, form_url, {"following": following} | (extra_context or {}))


def _next(versions) -> int:
    return 1 + max((int(version) for version in versions if version.isascii() and version.isdigit()), default=0)


def _end_earlier_versions(rule) -> int:
    """A new version takes the place of the one in force; a day in its middle stays with the old one."""
    earlier = RuleDocument.objects.filter(
        station=rule.station, kind=rule.kind, valid_to=None, valid_from__lt=rule.valid_from
    )
    return earlier.exclude(pk=rule.pk).update(valid_to=rule.valid_from - timedelta(days=1))


def _following(rule) -> str:
    """The address at which the version after this one is entered."""
    number = int(rule.version) + 1 if rule.version.isascii() and rule.version.isdigit() else ""
    address = reverse("admin:stations_ruledocument_add")
    return f"{address}?station={rule.station_id}&kind={rule.kind_id}&version={number}"
