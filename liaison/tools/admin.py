"""Bases of every admin page: what is not in a user's scope is not there, by whatever door it is asked for.

Limiting the list is not enough. Foreign keys accept any posted id, filters and autocomplete name other people's
records, and a look-up in the address (`?phone__startswith=138`) reads a hidden column digit by digit. All of that
starts here from `visible_to(user)`, and look-ups are allowed by name only.
"""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import BooleanField, DateField
from django.http import Http404, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from liaison.tools import downloads
from liaison.tools.cells import words_of
from liaison.tools.dates import DayField
from liaison.tools.sheets import Column

CAP = 10_000
DAYS_AS_TYPED = {DateField: {"form_class": DayField, "widget": forms.TextInput, "ahead": None}}
LONGEST_SEARCH = 100  # characters; SQLite refuses the query that thousands of words would make


def _record_nothing(action, matter=None, *, actor, result="done", detail=None) -> None:
    """Until the audit trail is ready nobody listens."""


_recorder: Callable = _record_nothing


def set_recorder(recorder: Callable) -> None:
    """Called by the audit trail when it is ready: tools know no app."""
    global _recorder
    _recorder = recorder


def record(action, matter=None, **facts) -> None:
    """Write a line of the trail."""
    _recorder(action, matter, **facts)


class CappedPaginator(Paginator):
    """Counts no further than anybody leafs: on a million rows a full count costs more than the page."""

    @cached_property
    def count(self):
        return min(self.object_list[: CAP + 1].count(), CAP)


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter that offers only what its reader may see."""

    def field_choices(self, field, request, model_admin):
        rows = field.remote_field.model._default_manager.all()
        return [(row.pk, str(row)) for row in seen_by(request.user, rows)]


def seen_by(user, rows, permission=None):
    """`rows.visible_to(user)`; a model without the rule cannot be offered to anybody."""
    return rows.visible_to(user, permission)


def scoped(user, rows):
    """As `seen_by`; rows without a rule of their own are seen with the record they belong to."""
    return seen_by(user, rows) if hasattr(rows, "visible_to") else rows


def is_key(model, text) -> bool:
    """Whether a record of the model could have this key: a database may not even look for what is none."""
    try:
        model._meta.pk.run_validators(model._meta.pk.to_python(text))
    except ValidationError:
        return False
    return "\x00" not in str(text)


class Choice(forms.ModelChoiceField):
    """What is no key is no choice, neither when it is posted nor when the page is shown again."""

    def to_python(self, value):
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj):
        """As the search in a long list shows it (`admin_site.ChoicesInWords`)."""
        return getattr(obj, "in_choices", str(obj))

    def prepare_value(self, value):
        shown = super().prepare_value(value)
        return shown if is_key(self.queryset.model, shown) else ""


class Choices(Choice, forms.ModelMultipleChoiceField):
    """Several at once: one that is no key makes the answer wrong, and is not looked for."""

    def clean(self, value):
        wrong = [key for key in value or () if not is_key(self.queryset.model, key)]
        if wrong:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "?"})
        return super().clean(value)

    def prepare_value(self, value):
        shown = forms.ModelMultipleChoiceField.prepare_value(self, value)
        return [key for key in shown if is_key(self.queryset.model, key)] if isinstance(shown, list) else shown


class ScopedFields:
    """Foreign keys of a form accept only rows in scope; `field_permissions` narrows one further."""

    field_permissions: dict[str, str] = {}
    formfield_overrides = DAYS_AS_TYPED

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the icons that open other records in a window of their own: one page, one job."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return _without_icons(field) if field else field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        rows = db_field.remote_field.model._default_manager.all()
        kwargs.setdefault("queryset", seen_by(request.user, rows, self.field_permissions.get(db_field.name)))
        kwargs["form_class"] = Choice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["queryset"] = seen_by(request.user, db_field.remote_field.model._default_manager.all())
        kwargs["form_class"] = Choices
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _without_icons(field):
    for name in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
        setattr(field.widget, name, False)
    return field


def _yes_or_no(field):
    """A column of words: Django's pictures for it are read aloud in English."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def shown(record):
        return words_of(getattr(record, field.name))

    return shown


class ScopedAdmin(ScopedFields, admin.ModelAdmin):
    """A page of the work platform. `group` and `place` say where its entry stands (WorkSite)."""

    group = ""
    place = 0
    lookups: tuple[str, ...] = ()
    closed_pages: tuple[str, ...] = ("delete",)
    ledger: tuple[Column, ...] = ()
    actions = ("download",)
    list_per_page = 50
    show_full_result_count = False
    paginator = CappedPaginator

    def changelist_view(self, request, extra_context=None):
        link = {"import_url": self.admin_site.import_address(request.user, self.model)}
        return super().changelist_view(request, link | (extra_context or {}))

    def get_urls(self):
        """Only pages somebody may open, and no second address, without a name, of the same record."""
        closed = tuple(f"_{page}" for page in self.closed_pages)
        return [url for url in super().get_urls() if url.name and not url.name.endswith(closed)]

    def get_list_display(self, request):
        claims = {field.name: field for field in self.opts.fields if isinstance(field, BooleanField)}
        return [_yes_or_no(claims[name]) if name in claims else name for name in super().get_list_display(request)]

    def get_queryset(self, request):
        rows = seen_by(request.user, super().get_queryset(request))
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """Nothing is deleted: what ended has an end date, what was wrong is corrected."""
        return False

    def _may(self, request, action, obj):
        return request.user.has_perm(f"{self.opts.app_label}.{action}_{self.opts.model_name}", obj)

    def lookup_allowed(self, lookup, value, request):
        filters = {_address_of(chosen) for chosen in self.list_filter}
        endings = ("", "__id__exact", "__exact", "__isnull")
        keyed = {f"{field.name}__{field.related_model._meta.pk.name}__exact" for field in self._relations(filters)}
        offered = {f"{name}{ending}" for name in filters for ending in endings} | keyed | set(self.lookups)
        return lookup in offered and self._could_be(lookup.removesuffix("__exact"), value)

    def _could_be(self, name, value):
        """No database is asked for a key that no record could have."""
        return all(is_key(field.related_model, value) for field in self._relations({name}))

    def _relations(self, names):
        return [field for field in self.opts.fields if field.is_relation and field.name in names]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def get_list_filter(self, request):
        return [self._scoped_filter(name) for name in super().get_list_filter(request)]

    def _scoped_filter(self, name):
        is_relation = isinstance(name, str) and self.opts.get_field(name).is_relation
        return (name, ScopedRelatedFilter) if is_relation else name

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Somebody else's record answers exactly like one that does not exist."""
        raise Http404

    def log_addition(self, request, obj, message):
        record("added", obj, actor=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        record("changed", obj, actor=request.user, detail={"what": message})
        return super().log_change(request, obj, message)

    def save_related(self, request, form, formsets, change):
        """Nothing is saved where its writer could not have written it: what a form let through goes back."""
        super().save_related(request, form, formsets, change)
        if not self._may(request, "change" if change else "add", form.instance):
            raise PermissionDenied

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        keys = [row.pk for row in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]]
        if keys and len(scoped(request.user, formset.model._default_manager.filter(pk__in=keys))) < len(keys):
            raise PermissionDenied

    def response_post_save_add(self, request, obj):
        return _back(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return _back(request) or super().response_post_save_change(request, obj)

    def get_actions(self, request):
        return super().get_actions(request) if self.ledger else {}

    def response_action(self, request, queryset):
        """A row whose key is no key is not there."""
        if not all(is_key(self.model, key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise Http404
        return super().response_action(request, queryset)

    @admin.action(description=_("Download the ticked rows as Excel"), permissions=["view"])
    def download(self, request, queryset):
        title = str(self.opts.verbose_name_plural)
        record("export", None, actor=request.user, detail={"sheet": self.opts.label_lower, "rows": queryset.count()})
        return downloads.sheet("xlsx", self.ledger, queryset, title, title)


def _back(request):
    """To the page of this site that led here, named by the address as `back`."""
    address = request.GET.get("back", "")
    return HttpResponseRedirect(address) if url_has_allowed_host_and_scheme(address, None) else None


def _address_of(chosen) -> str:
    """The name a list filter has in the address: of a field, a field with its filter, or a filter of our own."""
    if isinstance(chosen, type):
        return chosen.parameter_name
    return chosen if isinstance(chosen, str) else chosen[0]


class ReadOnly:
    """Looked at, never typed into."""

    closed_pages = ("add", "delete")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ScopedInline(ScopedFields, admin.TabularInline):
    """Rows of a record: whoever may change the record may add and change them."""

    extra = 0

    def get_queryset(self, request):
        return scoped(request.user, super().get_queryset(request))

    def _may(self, request, obj):
        parent = self.parent_model._meta
        action = "change" if obj else "add"
        return request.user.has_perm(f"{parent.app_label}.{action}_{parent.model_name}", obj)

    def has_add_permission(self, request, obj):
        return self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may(request, obj)

    def has_view_permission(self, request, obj=None):
        return True  # who sees the record sees its rows

    def has_delete_permission(self, request, obj=None):
        return self._may(request, obj)
