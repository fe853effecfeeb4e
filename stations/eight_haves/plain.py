"""A scorecard in plain values: what the API and the command give, and what an assessment freezes."""

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
        "points": number(card.points),
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
        "value": number(result.reading.value),
        "comparison": result.criterion.comparison,
        "met": number(threshold and threshold.met),
        "basically": number(threshold and threshold.basically),
        "is_required": result.criterion.is_required,
        "standing": result.standing,
        "words": result.words,
    }


def number(value) -> str | None:
    """Without idle zeros: the same on both databases."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
