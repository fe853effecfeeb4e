"""The keys of sealed persons, in a store of their own: whoever has the main database alone can read nobody."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from liaison.tools import sealed


class PersonKey(models.Model):
    """One person's key, wrapped by the installation's FIELD_KEY. Destroying it is how a person is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self):
        return str(self.id)

    @classmethod
    def make(cls) -> uuid.UUID:
        """A new person's key; what is returned names it and opens nothing."""
        key_id = uuid.uuid4()
        cls.objects.create(id=key_id, wrapped=sealed.wrap(_master(), sealed.new_key(), str(key_id)))
        return key_id

    @classmethod
    def open(cls, key_id: uuid.UUID) -> bytes:
        """The key itself. Raises sealed.Unreadable where it was destroyed or never was."""
        wrapped = cls.objects.filter(pk=key_id).values_list("wrapped", flat=True).first()
        if wrapped is None:
            raise sealed.Unreadable
        return sealed.unwrap(_master(), bytes(wrapped), str(key_id))

    @classmethod
    def destroy(cls, key_id: uuid.UUID) -> None:
        """After this nothing sealed for the person can ever be read, in no copy and no backup of the main database."""
        cls.objects.filter(pk=key_id).update(wrapped=None, destroyed_at=timezone.now())


def _master() -> bytes:
    return sealed.master(settings.FIELD_KEY)
