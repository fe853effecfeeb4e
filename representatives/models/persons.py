"""Somebody who is or was a representative."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from representatives.models.congresses import Public

GENDER_CHOICES = [("male", pgettext_lazy("gender", "male")), ("female", pgettext_lazy("gender", "female"))]


class Person(models.Model):
    """Who it is. What the public page shows beside name and seat is a switch, off; a telephone, an address, a number
    of an identity card are not kept at all (个人信息保护法 art. 6: no more than the purpose needs).
    """

    name = models.CharField(pgettext_lazy("person", "name"), max_length=50)
    work = models.CharField(_("work unit and post"), max_length=100, blank=True)
    is_work_public = models.BooleanField(_("work unit and post are shown to the public"), default=False)
    gender = models.CharField(_("gender"), max_length=10, choices=GENDER_CHOICES, blank=True)
    is_gender_public = models.BooleanField(_("gender is shown to the public"), default=False)
    ethnic_group = models.CharField(_("ethnic group"), max_length=20, blank=True)
    is_ethnic_group_public = models.BooleanField(_("ethnic group is shown to the public"), default=False)
    born_in = models.CharField(
        _("year and month of birth"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^(19|20)\d\d-(0[1-9]|1[0-2])\Z", _("Please write it like 1970-05."))],
    )
    is_born_in_public = models.BooleanField(_("year and month of birth are shown to the public"), default=False)
    party = models.CharField(_("party"), max_length=50, blank=True)
    is_party_public = models.BooleanField(_("party is shown to the public"), default=False)
    education = models.CharField(_("education"), max_length=50, blank=True)
    is_education_public = models.BooleanField(_("education is shown to the public"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("own account"),
    )

    objects = Public.as_manager()
    scope_paths = {"division": "mandates__term__congress__division_id"}
    switched = ("work", "gender", "ethnic_group", "born_in", "party", "education")

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["id"]

    def __str__(self):
        return self.name

    @property
    def public_facts(self) -> list[tuple[str, str]]:
        """(what it is, what it says) of each field that is switched on and not empty."""
        shown = [name for name in self.switched if getattr(self, f"is_{name}_public") and getattr(self, name)]
        return [(self._meta.get_field(name).verbose_name, self._in_words(name)) for name in shown]

    def _in_words(self, name) -> str:
        return self.get_gender_display() if name == "gender" else getattr(self, name)
