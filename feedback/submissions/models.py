"""How something comes in: the reporter's sealed identity, photographs, and the codes that opened nothing."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.keys.models import PersonKey
from liaison.tools import sealed

REAL, CONFIDENTIAL, ANONYMOUS = "real", "confidential", "anonymous"
IDENTITY_CHOICES = [
    (CONFIDENTIAL, _("confidential: known to the station, not to the department")),
    (REAL, _("real name: kept by the station")),
    (ANONYMOUS, _("anonymous: name and telephone are not kept")),
]


class Reporter(models.Model):
    """Who spoke (反映人): name and telephone sealed with a key of the person's own, apart from the matter itself.

    Nothing of it is in `__str__`, lists, logs, history or audit. A department reads it only where the resident ticked
    `share_identity` under their real name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    identity_mode = models.CharField(_("who may know"), max_length=20, choices=IDENTITY_CHOICES)
    share_identity = models.BooleanField(_("may be told to the department"), default=False)
    key_id = models.UUIDField(null=True, editable=False)
    name_sealed = models.BinaryField(null=True, editable=False)
    phone_sealed = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(identity_mode=ANONYMOUS)
                | models.Q(name_sealed=None, phone_sealed=None, share_identity=False),
                name="nothing_is_kept_of_the_anonymous",
            ),
            models.CheckConstraint(
                condition=models.Q(share_identity=False) | models.Q(identity_mode=REAL),
                name="only_real_names_are_shared",
            ),
        ]

    def __str__(self):
        return self.get_identity_mode_display()

    @classmethod
    def take(cls, *, identity_mode="", share_identity=False, name="", phone="") -> "Reporter":
        """Keep what somebody said of themselves, by the mode they chose (contract.md, `/opinions/new/`).

        Without a mode: confidential, or anonymous where there is nothing to keep. The key is made first, in its own
        store: a crash in between leaves a key that opens nothing.
        """
        mode = identity_mode or (CONFIDENTIAL if name or phone else ANONYMOUS)
        reporter = cls(identity_mode=mode, share_identity=share_identity and mode == REAL)
        if mode != ANONYMOUS and (name or phone):
            reporter._seal(name, phone)
        reporter.save(force_insert=True)
        return reporter

    def _seal(self, name, phone):
        self.key_id = PersonKey.make()
        key = PersonKey.open(self.key_id)
        self.name_sealed = sealed.seal(key, name, self._context("name")) if name else None
        self.phone_sealed = sealed.seal(key, phone, self._context("phone")) if phone else None

    def reveal(self) -> dict[str, str]:
        """Name and telephone in plain. Whoever calls this writes it into the trail. Raises sealed.Unreadable."""
        if self.key_id is None:
            return {"name": "", "phone": ""}
        key = PersonKey.open(self.key_id)
        return {"name": self._open(key, "name"), "phone": self._open(key, "phone")}

    def _open(self, key, column):
        kept = getattr(self, f"{column}_sealed")
        return sealed.unseal(key, bytes(kept), self._context(column)) if kept else ""

    def _context(self, column):
        return f"reporter:{column}:{self.id}"


class Photo(models.Model):
    """A photograph that came with a matter: cleaned, re-encoded, under a random name."""

    file = models.CharField(max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["id"]


class Received(models.Model):
    """What every matter that came in carries: its receipt's two keyed hashes, and when it came."""

    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)
    code_hash = models.CharField(max_length=64, editable=False, blank=True)
    received_at = models.DateTimeField(_("received at"), editable=False)
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    class Meta:
        abstract = True


class Miss(models.Model):
    """A query code that opened nothing: what guessing is counted by, and forgotten within the hour."""

    network = models.CharField(max_length=45)
    number = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wrong query code")
        verbose_name_plural = _("wrong query codes")
        indexes = [
            models.Index(fields=["at"], name="miss_by_time"),
            models.Index(fields=["network", "at"], name="miss_by_network"),
        ]

    def __str__(self):
        return self.number
