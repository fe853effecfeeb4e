from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from liaison.accounts.models import Grant, User
from liaison.tools.admin import ScopedAdmin, ScopedInline

admin.site.unregister(Group)  # roles.py and grants say who may do what


class GrantInline(ScopedInline):
    model = Grant
    extra = 0
    autocomplete_fields = ("division", "organisation")


@admin.register(User)
class AccountAdmin(ScopedAdmin, UserAdmin):
    """An account and its grants. Passwords are set here once and changed by their owner."""

    group, place = "settings", 10
    list_display = ("username", "name", "is_active", "last_login")
    list_filter = ("is_active",)
    list_select_related = ()
    search_fields = ("username", "name")
    ordering = ("username",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email", "is_active")}),
        (_("dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    inlines = (GrantInline,)
