"""A world that many tests of a file look at is built once: inside a transaction of its own, around those of the tests.

Each test still ends with its own rollback, so the next one finds the world as it was built.
"""

from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.db import transaction


@contextmanager
def built_once(blocker, build):
    """What `build()` gives; its rows stay until the end and are taken back then. `blocker` is pytest-django's."""
    around = ExitStack()
    with blocker.unblock():
        for alias in settings.DATABASES:
            around.enter_context(transaction.atomic(using=alias))
        world = build()
    yield world
    with blocker.unblock(), around:
        for alias in settings.DATABASES:
            transaction.set_rollback(True, using=alias)
