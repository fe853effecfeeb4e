"""Writing the trail and checking it."""

import json

from django.conf import settings

from liaison.audit.models import Entry
from liaison.tools.sealed import keyed_hash, master


def record(action: str, matter=None, *, actor, result: str = "done", detail: dict | None = None) -> Entry:
    """Add a line. `matter` is any saved model object or None; `actor` a user or a workflow Actor."""
    entry = Entry(
        action=action,
        actor_id=actor.pk,
        actor_name=(actor.name or getattr(actor, "username", ""))[:100],
        object_type=matter._meta.label_lower if matter is not None else "",
        object_id=str(matter.pk) if matter is not None else "",
        result=result,
        detail=detail or {},
    )
    entry.mac = mac_of(entry)
    entry.save(force_insert=True)
    return entry


def mac_of(entry: Entry) -> str:
    """What the row's MAC must be: over all it says, its own key included."""
    said = [
        str(entry.key),
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.result,
        entry.detail,
    ]
    return keyed_hash(master(settings.AUDIT_KEY), "audit", json.dumps(said, sort_keys=True, ensure_ascii=False))


def forged(entries=None):
    """The entries whose MAC does not fit what they say."""
    for entry in (Entry.objects.order_by("id") if entries is None else entries).iterator():
        if entry.mac != mac_of(entry):
            yield entry
