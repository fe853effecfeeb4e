"""What is kept of a check when the county confirms it: every word that is shown later, and nothing to look up."""

from django.conf import settings
from django.utils import timezone, translation

from stations.assessment.card_words import lines_of
from stations.assessment.models.determinations import Determination
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.plain import plain


def said_of(check, at, by) -> dict:
    """In the language of the installation, whoever confirms; judged by what was known on that day."""
    with translation.override(settings.LANGUAGE_CODE):
        day = timezone.localdate(at)
        (card,) = evaluate([check.station], check.period, day, check.standard)
        found = Determination.objects.filter(station=check.station).of_year(check.year)
        return {
            "card": plain(card),
            "lines": lines_of(card),
            "division": str(check.station.division),
            "kind": str(check.station.get_kind_display()),
            "year": check.year,
            "confirmed_on": day.isoformat(),
            "confirmed_by": str(by),
            "findings": [_found(row) for row in found],
        }


def _found(row: Determination) -> dict:
    return {
        "have": row.have.key,
        "name": str(row.have.name),
        "standing": row.standing,
        "label": str(row.get_standing_display()),
        "inspector": row.inspector,
        "on": row.on.isoformat(),
        "reason": row.reason,
        "evidence": row.evidence,
        "sha256": row.sha256,
    }
