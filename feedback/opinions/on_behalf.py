"""On behalf (代录): somebody else's act, entered by the station, dated by the paper it stands on, and marked.

A paper is never dated in the future, nor before the day from which it can have been written.
"""

from datetime import datetime, time

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.opinions.choices import PAPER
from liaison.tools import files
from liaison.tools.workflow import MoveRefused


def day_refused(paper_on, earliest, entered_at=None) -> str:
    """Why a paper entered then (default now) cannot bear this day; nothing where it can."""
    if paper_on > timezone.localdate(entered_at):
        return _("This day has not come yet")
    if earliest and paper_on < earliest:
        return _("Not before %(day)s") % {"day": earliest.isoformat()}
    return ""


def check_day(paper_on, earliest, entered_at=None) -> None:
    refused = day_refused(paper_on, earliest, entered_at)
    if refused:
        raise MoveRefused(refused)


def moment_of(opinion, paper_on):
    """When something on paper happened: noon of its day, or right after what else is known of that day; never ahead."""
    noon = timezone.make_aware(datetime.combine(paper_on, time(12)))
    known = [step.at for step in opinion.steps.all() if timezone.localdate(step.at) == paper_on]
    return min(timezone.now(), max([noon, *known]))


def marks(whom, paper_on, source=PAPER, entered_at=None) -> dict:
    """The columns of the step that say on whose behalf it was entered."""
    entered_at = entered_at or timezone.now()
    return {"for_whom": str(whom)[:100], "source": source, "paper_on": paper_on, "entered_at": entered_at}


def keep_scan(opinion, move, paper_on, scan) -> None:
    """`scan` is a cleaned photo (liaison.tools.files) or None."""
    if scan:
        facts = {"sha256": scan.sha256, "width": scan.width, "height": scan.height}
        opinion.scans.create(move=move, paper_on=paper_on, file=files.store(scan, default_storage), **facts)
