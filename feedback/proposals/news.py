"""A proposal's news reaches the opinions behind it as plain steps: their state stays, their residents are told.

The step's note is the proposal's key; the tracking page reads nothing else (feedback.opinions.progress).
"""

from django.utils import timezone

from feedback.opinions.progress import JOINED, LEFT


def join(proposal, opinions, *, by, at=None) -> None:
    _tell(JOINED, proposal.key, opinions, by=by, at=at)


def leave(key: str, opinions, *, by, at=None) -> None:
    """They stand behind the proposal of that key no longer: unlinked, refused, withdrawn or numbered anew.

    `at` may be the day on a paper; that they left is known only now.
    """
    _tell(LEFT, key, opinions, by=by, at=at, entered_at=timezone.now() if at else None)


def follow(proposal, key: str, before: set, *, by) -> None:
    """After a change: `key` and `before` are its number and the opinions behind it as they were."""
    now = set(proposal.opinions.all())
    stayed = before & now if key == proposal.key else set()
    leave(key, _in_order(before - stayed), by=by)
    join(proposal, _in_order(now - stayed), by=by)


def _tell(what, key, opinions, **facts) -> None:
    for opinion in opinions:
        opinion.note(what, note=key, **facts)


def _in_order(opinions):
    return sorted(opinions, key=lambda opinion: opinion.pk)
