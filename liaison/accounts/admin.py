"""Accounts and what they hold: seen and kept within one's scope and below one's own role (granting.py)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.forms import BooleanField as Tick
from django.forms import CheckboxInput, Form
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from liaison.accounts import granting, passwords
from liaison.accounts.grant_forms import GrantForm
from liaison.accounts.models import Grant, User
from liaison.accounts.scope import divisions_within
from liaison.organisations.models import Organisation
from liaison.tools.admin import ScopedAdmin, ScopedInline, is_key, record

for unscoped in (Group, EmailAddress, Authenticator):  # roles.py and grants say who may do what; nothing goes by mail
    admin.site.unregister(unscoped)
admin.site.say_beginning(granting.begins_on)


class GrantInline(ScopedInline):
    """Given from a day on; what was given is ended by a day and never taken out."""

    model = Grant
    form = GrantForm
    fields = ("role", "division", "organisation", "valid_from", "valid_to")
    can_delete = False

    def get_extra(self, request, obj=None, **kwargs):
        """A new account waits for its first role."""
        return 0 if obj is None or obj.grants.exists() else 1

    def get_queryset(self, request):
        return self.model._default_manager.get_queryset()  # who sees the account sees all it holds

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("GrantHere", (formset.form,), {"keeper": request.user})
        return formset

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        divisions = divisions_within(request.user, granting.KEEP).exclude(level=5)
        rows = {"division": divisions, "organisation": Organisation.objects.filter(division__in=divisions)}
        return super().formfield_for_foreignkey(db_field, request, queryset=rows[db_field.name], **kwargs)

    def _may(self, request, obj):
        return request.user.has_perm("accounts.add_grant") and super()._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False


class ResetForm(Form):
    remove_factor = Tick(
        label=_("the second factor is lost as well: remove it"), required=False, widget=CheckboxInput()
    )


@admin.register(User)
class AccountAdmin(ScopedAdmin, UserAdmin):
    """An account and its grants. Its keeper gives a password for one sign-in; its owner chooses the next."""

    group, place = "settings", 10
    list_display = ("username", "name", "is_active", "last_login")
    list_filter = ("is_active",)
    list_select_related = ()
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = (
        (None, {"fields": ("username", "name", "email", "is_active")}),
        (_("dates"), {"fields": ("last_login", "date_joined", "password_changed_at", "made_by")}),
    )
    add_form = UserCreationForm
    add_fieldsets = ((None, {"fields": ("username", "name", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined", "password_changed_at", "made_by")
    inlines = (GrantInline,)

    def get_inlines(self, request, obj):
        """Grants are given on the account's own page."""
        return self.inlines if obj else ()

    def save_model(self, request, obj, form, change):
        if not change:
            obj.made_by, obj.must_change_password = request.user, True
        elif "is_active" in form.changed_data:
            obj.end_sessions()
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        for grant in [*formset.new_objects, *(row for row, _fields in formset.changed_objects)]:
            record("grant", grant, actor=request.user, detail=grant.in_the_trail)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        account = self.get_object(request, object_id)
        may_keep = account is not None and self.has_change_permission(request, account)
        return super().change_view(request, object_id, form_url, {"may_keep": may_keep} | (extra_context or {}))

    @method_decorator(never_cache)
    def user_change_password(self, request, id, form_url=""):
        """A new password for one sign-in, told once; every session of the account is over."""
        account = self.get_object(request, id) if is_key(User, id) else None
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        form = ResetForm(request.POST if request.method == "POST" else None)
        password = self._reset(request, account, form) if request.method == "POST" and form.is_valid() else ""
        context = self.admin_site.each_context(request) | {
            "title": _("New password for one sign-in"),
            "opts": self.opts,
            "original": account,
            "form": form,
            "password": password,
        }
        return TemplateResponse(request, "admin/accounts/user/reset.html", context)

    def _reset(self, request, account, form) -> str:
        password = passwords.one_time()
        account.set_password(password)
        account.must_change_password = True
        account.end_sessions()
        account.save(update_fields=["password", "must_change_password", "session_round"])
        if form.cleaned_data["remove_factor"]:
            Authenticator.objects.filter(user=account).delete()
        facts = {"removed_factor": form.cleaned_data["remove_factor"]}
        record("reset_password", account, actor=request.user, detail=facts)
        return password
