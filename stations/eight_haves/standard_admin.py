"""The standard in the work platform (标准版本): its list, its page, and new ones, blank or copied."""

from datetime import date

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.rulebook.office import served_office
from liaison.tools.admin import ScopedAdmin, is_key
from stations.eight_haves.copying import copy_items, next_version
from stations.eight_haves.models import Standard
from stations.eight_haves.standard_forms import StandardForm
from stations.eight_haves.standard_pages import StandardPages, if_draft
from stations.eight_haves.standard_words import items_of

SOURCE = "copied_from"
WRITTEN = ("name", "version", "division", "kinds", "valid_from", "valid_to", "note")
READ = ("name", "version", "where", "kind_names", *WRITTEN[4:], "state", "published_at", "published_by")


@admin.register(Standard)
class StandardAdmin(StandardPages, ScopedAdmin):
    group, place = "haves", 30
    form = StandardForm
    change_form_template = "admin/eight_haves/standard/change_form.html"
    list_display = ("name", "version", "where", "kind_names", "valid_from", "valid_to", "state")
    list_filter = ("state",)
    list_select_related = ("division",)
    autocomplete_fields = ("division",)

    @admin.display(description=_("division where it holds"))
    def where(self, standard):
        return standard.division.name if standard.division else _("everywhere")

    @admin.display(description=_("kinds of stations judged by it"))
    def kind_names(self, standard):
        return standard.kind_names

    def get_fields(self, request, obj=None):
        return READ if obj and not self.has_change_permission(request, obj) else WRITTEN

    def get_readonly_fields(self, request, obj=None):
        return ("where", "kind_names", "state", "published_at", "published_by")

    def has_change_permission(self, request, obj=None):
        """What is published is only looked at."""
        return super().has_change_permission(request, obj) and not (obj and obj.is_published)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = divisions_within(request.user, "eight_haves.add_standard")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        """Held while it is changed, so that nobody publishes it meanwhile."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST" and self._may(request, "change", found):
            self.hold(found)
        return found

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._change_view(request, object_id)

    @if_draft
    def _change_view(self, request, pk):
        return super().change_view(request, pk)

    def get_changeform_initial_data(self, request):
        """A blank one for the office served, or what the copied one says; it begins with the next year."""
        source, next_year = self._source(request), timezone.localdate().year + 1
        usual = {"division": self._usual_division(request, source), "valid_from": date(next_year, 1, 1)}
        if source is None:
            return usual | super().get_changeform_initial_data(request)
        copied = {name: getattr(source, name) for name in ("name", "kinds", "note")}
        return usual | copied | {"version": next_version(source)}

    def _source(self, request):
        """The standard the new one is copied from; what may not be read is not there."""
        key = request.GET.get(SOURCE, "")
        if not key:
            return None
        found = self.get_queryset(request).filter(pk=key).first() if is_key(Standard, key) else None
        if found is None:
            raise Http404
        return found

    def _usual_division(self, request, source):
        mine = divisions_within(request.user, "eight_haves.add_standard")
        office = served_office()
        wanted = [source.division_id] if source else []
        wanted += [office.division_id] if office else []
        return next((code for code in wanted if code and mine.filter(pk=code).exists()), None)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change and (source := self._source(request)):
            copy_items(source, form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        """On to its items."""
        messages.success(request, _("The draft is kept. Its items stand below."))
        return redirect(self.address("change", obj))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= self._page_of(request, obj) if obj else {"source": self._source(request)}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _page_of(self, request, standard):
        is_draft = not standard.is_published
        return {
            "items": items_of(standard),
            "is_draft": is_draft,
            "may_change": self.has_change_permission(request, standard),
            "may_copy": self.has_add_permission(request),
            "may_publish": is_draft and self._may(request, "publish", standard),
        }
