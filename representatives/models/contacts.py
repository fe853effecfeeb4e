"""Who keeps contact with whom (双联系): a committee member with a representative, a representative with residents.

A contact that was a visit is not kept here: `liaison.duty.network` reads it from the visits. What is kept is the link
itself, and the plain log of what happened elsewhere. Of residents only a group's name and size, never a person's.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division
from liaison.tools.papers import PERSONAL_NUMBERS
from liaison.tools.spans import overlapping
from representatives.models.congresses import ends_after_it_begins
from representatives.models.mandates import ENDED, Mandate
from representatives.models.posts import CommitteePost

WAY_CHOICES = [
    ("in_person", _("in person")),
    ("phone", _("by telephone")),
    ("door_to_door", _("going to homes")),
    ("meeting", _("meeting")),
    ("wechat", _("by WeChat")),
]
HOUSEHOLDS = [
    MinValueValidator(1, _("Please write a number from 1 to 99,999.")),
    MaxValueValidator(99_999, _("Please write a number from 1 to 99,999.")),
]
DAYS = ("starts_on", "ends_on")
AT_BOTH_ENDS = ("mandate__term__congress__division_id", "group__division_id")


def no_numbers_of_persons(text: str) -> None:
    """A telephone or identity number has no place here (个人信息保护法 art. 6)."""
    if PERSONAL_NUMBERS.search(text):
        raise ValidationError(_("Please leave out telephone and identity numbers."), code="numbers")


NAMELESS = [no_numbers_of_persons]


class ResidentGroup(models.Model):
    """Residents with whom a representative keeps contact, as a place and a number: 建国社区3号楼组, 42 households."""

    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("division"))
    name = models.CharField(_("name"), max_length=50, validators=NAMELESS)
    covers = models.CharField(_("buildings or estate"), max_length=100, blank=True, validators=NAMELESS)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True, validators=HOUSEHOLDS)

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("group of residents")
        verbose_name_plural = _("groups of residents")
        ordering = ["division", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"],
                name="one_resident_group_of_a_name",
                violation_error_message=_("This group is already registered here."),
            )
        ]

    def __str__(self):
        return self.name


class ContactQuerySet(ScopedQuerySet):
    def in_force(self, on):
        """On the day, with the representative in office, and the member too."""
        running = self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
        posts = CommitteePost.objects.in_force(on).order_by().values("pk")
        in_office = Mandate.objects.active(on).order_by().values("pk")
        return running.filter(Q(post=None) | Q(post__in=posts), mandate__in=in_office)


class Contact(models.Model):
    """One link of the network: a representative, and either the member above or the group of residents below."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="contacts", verbose_name=_("representative"))
    post = models.ForeignKey(
        CommitteePost,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("committee member who keeps contact"),
    )
    group = models.ForeignKey(
        ResidentGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("group of residents kept in contact"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()
    scope_paths = {"division": AT_BOTH_ENDS}

    class Meta:
        verbose_name = _("contact link")
        verbose_name_plural = _("contact links")
        ordering = ["-starts_on", "-id"]
        constraints = [
            ends_after_it_begins("a_contact_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(post=None, group__isnull=False) | Q(post__isnull=False, group=None),
                name="a_contact_has_one_other_end",
                violation_error_message=_("Please choose either a committee member or a group of residents."),
            ),
        ]

    def __str__(self):
        above, below = (self.post.person, self.mandate.person) if self.post else (self.mandate.person, self.group)
        return f"{above} – {below}"

    def clean(self):
        if not (self.mandate_id and self.starts_on):
            return
        if bool(self.post_id) == bool(self.group_id):
            raise ValidationError({"post": _("Please choose either a committee member or a group of residents.")})
        if self.post_id and self.post.person_id == self.mandate.person_id:
            raise ValidationError({"mandate": _("This is the committee member themself.")})
        self._refuse_outside(self.mandate, _("The representative is not in office on these days."))
        if self.post_id:
            self._refuse_outside(self.post, _("The member has no such post on these days."))
        self._refuse_twice()

    def _refuse_outside(self, held, words):
        """A link lasts no longer than what it hangs at; one whose end is not known yet may stay open."""
        if self.starts_on < held.starts_on:
            raise ValidationError({"starts_on": words})
        is_over = held.ends_on is not None or getattr(held, "status", "") == ENDED
        if is_over and (self.ends_on is None or held.ends_on is None or self.ends_on > held.ends_on):
            raise ValidationError({"ends_on": words})

    def _refuse_twice(self):
        same = Contact.objects.filter(mandate=self.mandate_id, post=self.post_id, group=self.group_id)
        if overlapping(same.exclude(pk=self.pk), self.starts_on, self.ends_on, names=DAYS).exists():
            raise ValidationError({"starts_on": _("These two are linked on these days already.")})


class ContactEvent(models.Model):
    """A contact that was no visit at a station: when and how, what was heard, what was answered; nobody's telephone."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="events", verbose_name=_("contact link"))
    on = models.DateField(_("date"))
    way = models.CharField(_("way of contact"), max_length=20, choices=WAY_CHOICES)
    who = models.CharField(_("who went"), max_length=50, blank=True, validators=NAMELESS)
    heard = models.CharField(_("what was heard"), max_length=200, blank=True, validators=NAMELESS)
    answered = models.CharField(_("what was answered"), max_length=200, blank=True, validators=NAMELESS)

    objects = ScopedQuerySet.as_manager()
    scope_paths = {"division": tuple(f"contact__{path}" for path in AT_BOTH_ENDS)}

    class Meta:
        verbose_name = _("contact made")
        verbose_name_plural = _("contacts made, other than visits")
        ordering = ["-on", "-id"]

    def __str__(self):
        return f"{self.on} {self.get_way_display()}"

    def clean(self):
        link = self.contact
        if self.on is None or link.starts_on is None:
            return
        if self.on > timezone.localdate():
            raise ValidationError({"on": _("This day is still to come.")})
        if self.on < link.starts_on or (link.ends_on and self.on > link.ends_on):
            raise ValidationError({"on": _("The two were not linked on that day.")})
