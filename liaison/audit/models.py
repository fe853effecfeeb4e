"""The trail: who did what to which record, kept in rows that nobody can change or take away.

Rows are only ever added; triggers on both databases refuse the rest. Each row carries a MAC under AUDIT_KEY, so a row
written or altered behind the product's back is found by `manage.py audit verify`. No personal data: ids and words only.
"""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison.audit import words

RESULT_CHOICES = [("done", _("done")), ("refused", _("refused"))]


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user, permission=None):
        """All or nothing: the trail is the auditor's."""
        return self if user.has_perm("audit.view_entry") else self.none()


class Entry(models.Model):
    """One line of the trail."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now)
    actor_id = models.BigIntegerField(_("actor's account"), null=True)
    actor_name = models.CharField(_("by whom"), max_length=100)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    object_id = models.CharField(_("record"), max_length=60, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=RESULT_CHOICES)
    detail = models.JSONField(_("detail"), default=dict)
    mac = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self):
        return f"{words.action_of(self)} {words.kind_of(self)} {self.object_id}".strip()


class Earlier(models.Model):
    """What a record said until a moment; the apps above say which records are kept so (`keeping.py`)."""

    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=60)
    station = models.BigIntegerField(null=True)  # its key: this floor knows no stations
    until = models.DateTimeField()
    said = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["station", "until"])]

    def __str__(self):
        return f"{self.kind} {self.record}"
