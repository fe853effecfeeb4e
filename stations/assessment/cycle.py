"""What the moves of a yearly check do. The door has taken the check's row: of two at once one comes here."""

from datetime import date

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from liaison.tools.periods import months_before
from liaison.tools.workflow import MoveRefused


def confirm(check, *, at, by, note):
    check.freeze(at, by)


def rectify(check, *, at, by, note, have, what, due_on):
    """The first thing set confirms the check as well."""
    today = timezone.localdate(at)
    if have.standard_id != check.standard_id:
        raise MoveRefused(_("the standard of this check has no such item"))
    if due_on < today:
        raise MoveRefused(_("the day by which it is to be done is past"))
    if due_on > last_due(today):
        raise MoveRefused(_("the day by which it is to be done lies more than two years ahead"))
    check.freeze(at, by)
    return {"item": check.items.create(have=have, what=what, set_on=today, due_on=due_on)}


def last_due(today: date) -> date:
    """Two years ahead: what lies beyond is a slip of the hand."""
    return months_before(today, -24)


def mend(check, *, at, by, note, item, done_on):
    found = _item(check, item, done_on=None)
    if not found.set_on <= done_on <= timezone.localdate(at):
        raise MoveRefused(_("the day lies before it was set, or has not come yet"))
    found.done_on, found.done_note = done_on, note
    found.save(update_fields=["done_on", "done_note"])
    return {"item": found}


def recheck(check, *, at, by, note, item):
    found = _item(check, item, done_on__isnull=False, rechecked_on=None)
    found.rechecked_on, found.rechecked_by = timezone.localdate(at), str(by)
    found.save(update_fields=["rechecked_on", "rechecked_by"])
    return {"item": found}


def redo(check, *, at, by, note, item):
    """By the same day. What the station had said stays in the steps, its day in this one's note."""
    found = _item(check, item, done_on__isnull=False, rechecked_on=None)
    with translation.override(settings.LANGUAGE_CODE):
        said = _("%(note)s (The station had said: rectified on %(day)s.)") % {"note": note, "day": found.done_on}
    found.done_on, found.done_note = None, ""
    found.save(update_fields=["done_on", "done_note"])
    return {"item": found, "note": said}


def _item(check, item, **as_it_is):
    found = check.items.filter(pk=item.pk, **as_it_is).first()
    if found is None:
        raise MoveRefused(_("somebody else has just changed it, please look again"))
    return found


EFFECTS = {
    "confirm": confirm,
    "rectify": rectify,
    "rectify_more": rectify,
    "mend": mend,
    "recheck": recheck,
    "redo": redo,
}
