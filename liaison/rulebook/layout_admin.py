"""The page of the columns of ledgers (台账栏目): a ledger and an office are chosen first, then its columns."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import divisions_within
from liaison.rulebook import layouts, shipped
from liaison.rulebook.layout_forms import PREVIEW, SHIPPED, BeginForm, form_for
from liaison.rulebook.models import SheetLayout
from liaison.rulebook.office import served_office
from liaison.tools.admin import ScopedAdmin, record


@admin.register(SheetLayout)
class SheetLayoutAdmin(ScopedAdmin):
    group, place = "settings", 25
    change_form_template = "admin/rulebook/sheetlayout/change_form.html"
    list_display = ("named", "division", "own_title", "is_used")
    list_display_links = ("named",)
    list_select_related = ("division",)
    autocomplete_fields = ("division",)

    @admin.display(description=_("ledger"), ordering="ledger")
    def named(self, layout):
        return shipped.title_of(layout.ledger)

    @admin.display(description=_("title of the ledger"))
    def own_title(self, layout):
        return layout.title or "—"

    def get_fields(self, request, obj=None):
        return ("named", "division", "title", "is_used") if obj else ("ledger", "division")

    def get_readonly_fields(self, request, obj=None):
        return ("named", "division") if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = form_for(obj, request.user) if obj else BeginForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = divisions_within(request.user, "rulebook.add_sheetlayout")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """The office served, where its reader may choose it."""
        asked, office = super().get_changeform_initial_data(request), served_office()
        mine = divisions_within(request.user, "rulebook.add_sheetlayout")
        is_mine = office is not None and mine.filter(pk=office.division_id).exists()
        return ({"division": office.division_id} if is_mine else {}) | asked

    def change_view(self, request, object_id, form_url="", extra_context=None):
        layout = self.get_object(request, object_id) if SHIPPED in request.POST else None
        if layout is not None:
            return self._back_to_shipped(request, layout)
        return super().change_view(request, object_id, form_url, extra_context)

    def _back_to_shipped(self, request, layout):
        if not self.has_change_permission(request, layout):
            raise PermissionDenied
        layout.title, layout.columns = "", []
        layout.save(update_fields=["title", "columns"])
        record("changed", layout, actor=request.user, detail={"what": str(_("back to the shipped columns"))})
        messages.success(request, _("The ledger has its shipped columns again."))
        return redirect(self._address(layout))

    def _address(self, layout):
        return reverse("admin:rulebook_sheetlayout_change", args=(layout.pk,))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        if obj is not None and form.ledger:
            typed = form.typed if form.is_bound and not form.errors else obj.columns
            shown = layouts.arranged(form.ledger.columns(request.user), typed)
            leading = [layouts.renamed(column, typed).heading for column in form.ledger.leading]
            title = form.cleaned_data["title"] if form.is_bound and not form.errors else obj.title
            context["preview"] = {
                "title": title or form.ledger.title,
                "headings": [*form.ledger.fixed, *leading, *(column.heading for column in shown)],
                "is_unsaved": PREVIEW in request.POST and not form.errors,
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        """On to its columns."""
        return redirect(self._address(obj))
