"""How the register of stations is narrowed."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.divisions.models import Division


class AreaFilter(admin.SimpleListFilter):
    """By county or street (`?area=230102`), a retired one's stations under its successor as well."""

    title, parameter_name = _("area"), "area"

    def lookups(self, request, model_admin):
        """The counties in which this reader has stations, and whatever the address names."""
        codes = model_admin.get_queryset(request).order_by().values_list("division_id", flat=True).distinct()
        counties, chosen = {code[:6] for code in codes}, request.GET.get(self.parameter_name, "")
        named = {chosen} if chosen.isascii() and chosen.isalnum() else set()
        return list(Division.objects.filter(pk__in=counties | named).values_list("code", "name"))

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.within(chosen) if chosen in dict(self.lookup_choices) else queryset


class DesignationFilter(admin.SimpleListFilter):
    title, parameter_name = _("designation"), "designated"

    def lookups(self, request, model_admin):
        return [("yes", _("demonstration station")), ("no", _("not so designated"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.designated(timezone.localdate()).filter(is_demonstration=self.value() == "yes")
