"""Groups of representatives (代表小组), the form of their work between sessions (代表法 art. 27)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from representatives.models.congresses import DatedQuerySet, Public, Term, ends_after_it_begins
from representatives.models.mandates import Mandate

KIND_CHOICES = [("region", _("by region")), ("field", _("by field"))]
ROLE_CHOICES = [("leader", _("group leader")), ("deputy_leader", _("deputy group leader")), ("member", _("member"))]


class Group(models.Model):
    """A group of one congress in one term. Representatives of other levels may belong to it too."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="groups", verbose_name=_("term"))
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind of group"), max_length=20, choices=KIND_CHOICES, default="region")
    covers = models.CharField(_("region or field"), max_length=100, blank=True)

    objects = Public.as_manager()
    scope_paths = {"division": "term__congress__division_id"}

    class Meta:
        verbose_name = _("group of representatives")
        verbose_name_plural = _("groups of representatives")
        ordering = ["term", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "name"],
                name="one_group_of_a_name",
                violation_error_message=_("This group is already registered."),
            )
        ]

    def __str__(self):
        return self.name


class GroupMember(models.Model):
    """A mandate's place in a group, from a day to a day; `admin.formsets.Members` keeps a group's rows apart."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="members", verbose_name=_("group of representatives"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="groups", verbose_name=_("mandate"))
    role = models.CharField(_("role in the group"), max_length=20, choices=ROLE_CHOICES, default="member")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    scope_paths = {"division": "group__term__congress__division_id"}

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["group", "id"]
        constraints = [ends_after_it_begins("a_membership_ends_after_it_begins")]

    def __str__(self):
        return str(self.mandate)
