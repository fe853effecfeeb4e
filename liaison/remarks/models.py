"""What people say of this website itself, and what was done about it. Nothing is asked of the person."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from liaison.accounts.scope import ScopedQuerySet
from liaison.divisions.models import Division

MOST_A_DAY = 1000  # of everybody together: nobody could read more, and no single network is ever refused


class RemarkQuerySet(ScopedQuerySet):
    def are_too_many(self, at: datetime) -> bool:
        """Whether the last day brought more than anybody reads."""
        newest = self.filter(received_at__gt=at - timedelta(days=1))
        return len(newest.values_list("pk")[:MOST_A_DAY]) == MOST_A_DAY


class Remark(models.Model):
    """A remark about the site (对本网站的意见). Its words stay as they came; what was done stands beside them."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    division = models.ForeignKey(Division, models.PROTECT, editable=False, verbose_name=_("division"))
    body = models.TextField(_("what is wrong or missing"), editable=False)
    page = models.CharField(_("where on the website"), max_length=200, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), editable=False)
    outcome = models.TextField(_("what was done about it"), blank=True, max_length=2000)
    settled_on = models.DateField(_("settled on"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, verbose_name=_("settled by")
    )

    objects = RemarkQuerySet.as_manager()
    scope_paths = {"division": "division_id"}

    class Meta:
        verbose_name = _("remark about this website")
        verbose_name_plural = _("remarks about this website")
        ordering = ["-received_at"]

    def __str__(self):
        return self.body[:30]

    @classmethod
    def take(cls, *, nonce: str, division, body: str, page: str, at: datetime) -> "Remark":
        """Keep it; the same form sent again is the same remark, as first said."""
        token_hash = hashlib.sha256(nonce.encode()).hexdigest()
        facts = {"division": division, "body": body, "page": page, "received_at": at}
        try:
            with transaction.atomic():
                return cls.objects.create(token_hash=token_hash, **facts)
        except IntegrityError:
            return cls.objects.get(token_hash=token_hash)
