"""Two people at the same visit: the second is told in words what the first has changed, keeps their own typing, and
decides. What they had not touched takes the first one's value.

The page carries the version it was opened at, what its fields held then (`opened`), and a print of everything else.
"""

import hashlib
import json

from django.utils import timezone

from liaison.tools.cells import words_of
from stations.visits.models import Visit
from stations.visits.papers import columns, complete

VERSION, OPENED, PRINTS = "version", "opened", "prints"
DIGITS = 12


def said_of(visit, user) -> list[tuple[str, str, str]]:
    """(key, heading, words) of everything a paper says of the visit."""
    full = complete(Visit.objects.filter(pk=visit.pk), user).get()
    return [(column.key, str(column.heading), words_of(column.of(full))) for column in columns(user)]


def prints(said) -> str:
    return json.dumps({key: _print(words) for key, _heading, words in said})


def _print(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def opened(form) -> str:
    """What the fields hold when the page is opened, as they would be sent."""
    return json.dumps({name: _shown(form, name) for name in form.fields})


def _shown(form, name):
    widget, value = form.fields[name].widget, form[name].initial
    if isinstance(value, bool):
        return value
    shown = widget.format_value(form.fields[name].prepare_value(value))
    return shown if isinstance(shown, list) else shown or ""


def _sent(form, name):
    sent = form.fields[name].widget.value_from_datadict(form.data, {}, name)
    return sent if isinstance(sent, bool | list) else sent or ""


def is_stale(visit, data) -> bool:
    """Whether somebody saved it since the page was opened. Locks the row until the page is done with it."""
    sent = data.get(VERSION, "")
    current = Visit.objects.select_for_update().filter(pk=visit.pk).values_list("version", flat=True).get()
    return sent.isdecimal() and int(sent) != current


def take_theirs(form, theirs) -> None:
    """Fields this writer had not touched take what stands there now."""
    before = _read(form.data.get(OPENED, ""))
    form.data = form.data.copy()
    for name in form.fields:
        if name in before and before[name] == _sent(form, name):
            _put(form.data, name, _shown(theirs, name))


def _put(data, name, value):
    if value is False:
        data.pop(name, None)
    else:
        data.setlist(name, value if isinstance(value, list) else ["on" if value is True else value])


def _read(text) -> dict:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def changes(said, data) -> list[dict]:
    """What differs from when the page was opened: heading and what stands there now."""
    before = _read(data.get(PRINTS, ""))
    return [{"heading": heading, "now": words} for key, heading, words in said if before.get(key) != _print(words)]


def mark(visit, by) -> None:
    """The next version, by whom and when."""
    visit.version += 1
    visit.changed_by, visit.changed_at = by, timezone.now()
