"""Posts in the standing committee (常委会职务) or a township's presidium: where the contact network begins."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liaison.organisations.models import Organisation
from liaison.tools.spans import overlapping
from representatives.models.congresses import Congress, DatedQuerySet, ends_after_it_begins
from representatives.models.persons import Person

POST_CHOICES = [
    ("chair", _("chair of the standing committee")),
    ("vice_chair", _("vice chair of the standing committee")),
    ("secretary_general", _("secretary general")),
    ("member", _("member of the standing committee")),
    ("presidium_chair", _("chair of the presidium")),
    ("presidium_vice_chair", _("vice chair of the presidium")),
]
ONE_AT_A_TIME = ("chair", "secretary_general", "presidium_chair")
TOWNSHIP = 5


class CommitteePost(models.Model):
    """A person's post in a congress's committee from a day to a day; a special committee may stand beside it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name=_("representative"))
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="posts", verbose_name=_("people's congress"))
    post = models.CharField(_("post"), max_length=30, choices=POST_CHOICES)
    committee = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "special_committee"},
        related_name="posts",
        verbose_name=_("special committee"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    scope_paths = {"division": "congress__division_id"}

    class Meta:
        verbose_name = _("standing committee post")
        verbose_name_plural = _("standing committee posts")
        ordering = ["congress", "starts_on", "id"]
        constraints = [ends_after_it_begins("a_committee_post_ends_after_it_begins")]

    def __str__(self):
        return self.get_post_display()

    @property
    def in_choices(self) -> str:
        """Whose it is, where one is chosen."""
        return gettext("%(name)s (%(post)s)") % {"name": self.person, "post": self.get_post_display()}

    def clean(self):
        if not (self.person_id and self.congress_id and self.post and self.starts_on):
            return
        if self.post.startswith("presidium") != (self.congress.level == TOWNSHIP):
            raise ValidationError({"post": _("Congresses of this level have no such post.")})
        others = CommitteePost.objects.filter(congress_id=self.congress_id).exclude(pk=self.pk)
        meanwhile = overlapping(others, self.starts_on, self.ends_on, names=("starts_on", "ends_on"))
        if meanwhile.filter(person_id=self.person_id).exists():
            raise ValidationError({"person": _("This person has a post here at that time.")})
        if self.post in ONE_AT_A_TIME and meanwhile.filter(post=self.post).exists():
            raise ValidationError({"post": _("Somebody else has this post at that time.")})
