"""manage.py evaluate [--from D --to D] [--known-by D] [--on D] [--standard V] [--division CODE] [--format F]"""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liaison.divisions.models import Division
from liaison.tools.cells import aligned
from liaison.tools.dates import parse_day
from liaison.tools.periods import Period
from liaison.tools.sheets import write_csv
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import BEFORE_THE_PERIOD
from stations.eight_haves.models import Standard
from stations.eight_haves.plain import plain
from stations.eight_haves.sheets import columns
from stations.eight_haves.statistics import inspected_as_known
from stations.register.models import Station

INDENT = "  "


class Command(BaseCommand):
    help = _("Work out how stations stand by the eight haves, of a period, by what was known on a day.")

    def add_arguments(self, parser):
        parser.add_argument("--from", metavar="D", help=_("first day of the period; of the year where left out"))
        parser.add_argument("--to", metavar="D", help=_("last day of the period; today where left out"))
        parser.add_argument("--known-by", metavar="D", help=_("what was known by the end of this day counts"))
        parser.add_argument("--on", metavar="D", help=_("short for the year up to this day, known by it"))
        parser.add_argument("--standard", metavar="V", help=_("version of the standard, drafts among them"))
        parser.add_argument("--division", metavar="CODE", help=_("official code; the division and all below it"))
        parser.add_argument("--format", choices=list(FORMATS), default="table", help=_("how to print it"))

    def handle(self, *, standard, division, format, **options):
        period, known_by = dates_of(options, timezone.localdate())
        chosen = standard_of(standard) if standard else None
        stations = inspected_as_known(within(division), min(period.ends_on, known_by), known_by, chosen)
        cards = evaluate(stations, period, known_by, chosen)
        self.stdout.write(FORMATS[format](cards, period, known_by))


def dates_of(options, today: date) -> tuple[Period, date]:
    """The period and the cut-off; CommandError in words where they make no sense."""
    first, last, known_by, on = (_day(options[name], today) for name in ("from", "to", "known_by", "on"))
    if on and (first or last or known_by):
        raise CommandError(_("--on already says the period and the cut-off; please leave the others out."))
    last, known_by = last or on or today, known_by or on or today
    try:
        period = Period(first or last.replace(month=1, day=1), last)
    except ValueError as error:
        raise CommandError(str(error)) from None
    if known_by < period.starts_on:
        raise CommandError(str(BEFORE_THE_PERIOD))
    return period, known_by


def _day(text, today):
    try:
        return parse_day(text, today, ahead=None) if text else None
    except ValueError as error:
        raise CommandError(f"{text}: {error}") from None


def standard_of(words: str) -> Standard:
    """By its version, or by name and version where several standards have such a version."""
    known = list(Standard.objects.all())
    found = [each for each in known if words in (each.version, str(each))]
    if len(found) == 1:
        return found[0]
    names = _("、").join(map(str, found or known))
    several = _("Several standards have the version %(words)s: %(names)s")
    told = several if found else _("There is no version %(words)s of the standard. There are: %(names)s")
    raise CommandError(told % {"words": words, "names": names})


def within(code: str | None):
    if not code:
        return Station.objects.all()
    if not Division.objects.filter(pk=code).exists():
        raise CommandError(_("There is no division %(code)s.") % {"code": code})
    return Station.objects.within(code)


def as_json(cards, _period, _known_by) -> str:
    return json.dumps([plain(card) for card in cards], ensure_ascii=False, indent=2)


def as_csv(cards, _period, _known_by) -> str:
    return b"".join(write_csv(columns(cards), cards)).decode().rstrip("\r\n")


def as_table(cards, period, known_by) -> str:
    """A line a station, and under it what is lacking."""
    facts = {"period": period.words, "day": date_format(known_by), "count": len(cards)}
    said = _("%(period)s, known by %(day)s, %(count)s stations") % facts
    sheet = [column for column in columns(cards) if not column.key.endswith("_words")]
    rows = [[str(column.heading) for column in sheet], *([str(column.of(card)) for column in sheet] for card in cards)]
    heading, *lines = aligned(rows)
    told = [[line, *_lacking(card)] for line, card in zip(lines, cards, strict=True)]
    return "\n".join([said, heading, *(text for texts in told for text in texts)])


def _lacking(card):
    for line in card.lacking:
        yield INDENT + _("%(have)s: %(sentence)s") % {"have": line.have.name, "sentence": line.sentence}


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json}
