"""How wide the crawls go.

What they hold to are rules of ours, which know no database. On SQLite everybody asks for everything; in the second run,
on PostgreSQL, every address is asked for too, by people in turn. LOCKS=full asks as widely there.
"""

import os

IS_NARROW = os.environ.get("TEST_DATABASE") == "postgresql" and os.environ.get("LOCKS") != "full"


def in_turn(people):
    """All of them, or every third."""
    return list(people)[::3] if IS_NARROW else list(people)
