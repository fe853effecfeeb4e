"""A scorecard in plain values: what the API and the command give, and what an assessment freezes."""

from liaison.tools.figures import without_idle_zeros
from stations.eight_haves.evaluation import Line, Result, Scorecard


def plain(card: Scorecard) -> dict:
    """Days as ISO text, numbers as text as they are compared; names in the language of the moment."""
    return {
        "station": card.station.code,
        "name": card.station.name,
        "kind": card.station.kind,
        "division": card.station.division_id,
        "standard": str(card.standard) if card.standard else None,
        "from": card.period.starts_on.isoformat(),
        "to": card.period.ends_on.isoformat(),
        "known_by": card.known_by.isoformat(),
        "points": as_text(card.points),
        "haves": [_line(line) for line in card.lines],
    }


def _line(line: Line) -> dict:
    return {
        "key": line.have.key,
        "name": str(line.have.name),
        "standing": line.standing,
        "sentence": line.sentence,
        "remarks": line.remarks,
        "criteria": [_result(result) for result in line.results],
    }


def _result(result: Result) -> dict:
    threshold = result.threshold
    return {
        "measure": result.measure.key,
        "name": str(result.measure.name),
        "unit": str(result.measure.unit),
        "value": as_text(result.reading.value),
        "comparison": result.criterion.comparison,
        "met": as_text(threshold and threshold.met),
        "basically": as_text(threshold and threshold.basically),
        "is_required": result.criterion.is_required,
        "standing": result.standing,
        "words": result.words,
    }


def as_text(value) -> str | None:
    return None if value is None else without_idle_zeros(value)
