"""How the register of proposals is narrowed."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feedback.proposals import workflow
from feedback.proposals.models import ProposalOpinion
from liaison.tools.move_page import state_filter

StateFilter = state_filter(workflow.STATES)


class LateFilter(admin.SimpleListFilter):
    """Those whose reply is owed and late."""

    title, parameter_name = _("time limit"), "late"

    def lookups(self, request, model_admin):
        return [("1", _("overdue"))]

    def queryset(self, request, queryset):
        return queryset.overdue(timezone.localdate()) if self.value() == "1" else queryset


class FactFilter(admin.SimpleListFilter):
    """Answered and delivered are two facts."""

    title, parameter_name = pgettext_lazy("proposal", "result"), "fact"
    claims = {
        "delivered": {"delivered_on__isnull": False},
        "not_delivered": {"replied_on__isnull": False, "delivered_on__isnull": True},
    }

    def lookups(self, request, model_admin):
        return [("delivered", _("delivered")), ("not_delivered", _("answered, not yet delivered"))]

    def queryset(self, request, queryset):
        return queryset.filter(**self.claims.get(self.value(), {}))


class InProposalFilter(admin.SimpleListFilter):
    """Opinions that became part of a proposal."""

    title, parameter_name = _("proposals"), "in_proposal"

    def lookups(self, request, model_admin):
        return [("1", _("part of a proposal"))]

    def queryset(self, request, queryset):
        behind = ProposalOpinion.objects.filter(proposal__state__in=workflow.STANDING)
        return queryset.filter(pk__in=behind.values("opinion")) if self.value() == "1" else queryset
