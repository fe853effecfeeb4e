"""Working out how stations stand: a pure function of stations, days and the records, a fixed number of questions.

Two dates everywhere: what happened in the `period` counts if it was known by the end of `known_by`. What is computed
now for a past cut-off equals what was computed then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.tools.figures import BASICALLY_MET, MET, NOT_APPLICABLE, NOT_MET, Mend, Reading
from liaison.tools.periods import Period
from stations.eight_haves.measuring import Measure, all_measures
from stations.eight_haves.models import Criterion, Have, Standard, Threshold
from stations.eight_haves.records import Records
from stations.eight_haves.standard import KEYS, LACKING, STANDINGS, WORST_FIRST
from stations.register.models import Station


@dataclass(frozen=True)
class Result:
    """One criterion at one station."""

    criterion: Criterion
    measure: Measure
    threshold: Threshold | None
    reading: Reading

    @cached_property
    def standing(self) -> str:
        if self.threshold is None:
            return NOT_APPLICABLE
        if self.reading.value is None:
            return self.reading.standing or NOT_APPLICABLE
        return MET if self._reaches(self.threshold.met) else self._short_of_met()

    def _short_of_met(self):
        basically = self.threshold.basically
        if basically is not None and self._reaches(basically):
            return BASICALLY_MET
        return self.reading.standing or NOT_MET

    def _reaches(self, wanted):
        return self.criterion.reaches(self.reading.value, wanted)

    @property
    def label(self) -> str:
        return STANDINGS[self.standing]

    @property
    def is_lacking(self) -> bool:
        return self.standing in LACKING

    @property
    def words(self) -> str:
        """What is lacking, or why nothing is asked, without the final stop; empty where it is met."""
        if self.standing == MET or self.threshold is None:
            return ""
        said = self.reading.words
        return said(self.threshold.met) if callable(said) else said

    @property
    def mend(self) -> Mend | None:
        return self.reading.mend if self.is_lacking else None


@dataclass(frozen=True)
class Line:
    """One have of one station; `have` is None where the station's standard has no such item."""

    have: Have
    results: tuple[Result, ...]

    @cached_property
    def standing(self) -> str:
        standings = {result.standing for result in self.required}
        return next((key for key in WORST_FIRST if key in standings), NOT_APPLICABLE)

    @property
    def required(self) -> list[Result]:
        return [result for result in self.results if result.criterion.is_required]

    @property
    def label(self) -> str:
        return STANDINGS[self.standing]

    @property
    def is_lacking(self) -> bool:
        return self.standing in LACKING

    @property
    def lacking(self) -> list[Result]:
        return [result for result in self.required if result.is_lacking]

    @property
    def remarks(self) -> list[str]:
        """What is shown and fails nothing."""
        optional = [result for result in self.results if not result.criterion.is_required]
        return [_("%(words)s.") % {"words": result.words} for result in optional if result.is_lacking and result.words]

    @property
    def sentence(self) -> str:
        """What is worst, or why nothing is asked; empty where all is well."""
        said = [result.words for result in self.required if result.standing == self.standing and result.words]
        words = _(", and ").join(said)
        return _("%(words)s.") % {"words": words} if words else ""


@dataclass(frozen=True)
class Scorecard:
    """How a station stands; without a standard for its kind it has no lines and is not inspected."""

    station: Station
    standard: Standard | None
    period: Period
    known_by: date
    lines: tuple[Line, ...]

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if line.is_lacking]

    @property
    def lacking_words(self) -> str:
        """How many of its items are lacking, without the final stop."""
        facts = {"number": len(self.lacking), "all": _number(len(self.lines))}
        words = ngettext(
            "%(number)s of %(all)s is to be mended", "%(number)s of %(all)s are to be mended", len(self.lacking)
        )
        return words % facts if self.lacking else _("Nothing is lacking")

    @property
    def is_met(self) -> bool:
        return not self.lacking

    def has_met(self, key: str) -> bool:
        return self.line(key).standing in (MET, NOT_APPLICABLE)

    def line(self, key: str) -> Line:
        """An item its standard does not have is not applicable."""
        return next((line for line in self.lines if line.have.key == key), Line(Have(key=key), ()))

    @property
    def points(self) -> Decimal | None:
        """What it has of the points of its standard: all where met, half where basically met; None without points."""
        results = [result for line in self.lines for result in line.results if result.criterion.points is not None]
        shares = {MET: 1, NOT_APPLICABLE: 1, BASICALLY_MET: Decimal("0.5")}
        given = [result.criterion.points * shares.get(result.standing, 0) for result in results]
        return sum(given, Decimal(0)) if results else None


def _number(items: int) -> str:
    """The eight are called eight; a county's own standard may have six or nine."""
    return _("the eight") if items == len(KEYS) else str(items)


def evaluate(
    stations: Iterable[Station], period: Period, known_by: date, standard: Standard | None = None
) -> list[Scorecard]:
    """A scorecard a station, in the order given. What happens after `known_by` is not judged.

    Without `standard` each station is judged by the one in force for it on the last day. ValueError where the cut-off
    lies before the period.
    """
    records = Records(stations, period, known_by)
    by_station = _all_by(standard, records) if standard else standards_of(records)
    asked = _asked(records, {each for each in by_station.values() if each is not None})
    return [_card(station, by_station[station.pk], records, asked) for station in records.stations]


def _all_by(standard, records):
    whole = next(iter(Standard.objects.filter(pk=standard.pk).with_criteria()), None)
    return {station.pk: whole for station in records.stations}


def standards_of(records: Records) -> dict[int, Standard | None]:
    """The published standard for each station: of the nearest division, then the newest."""
    published = Standard.objects.in_force(records.on).filter(published_at__lt=records.moment).with_criteria()
    nearest = sorted(published, key=lambda row: (len((row.division_id or "").rstrip("0")), row.valid_from, row.pk))
    return {
        station.pk: next((row for row in reversed(nearest) if row.judges(station)), None)
        for station in records.stations
    }


def haves_of(cards: Iterable[Scorecard]) -> list[Have]:
    """Each item of their standards once, in the order of the standards; the seed's eight where there are no cards."""
    found = {line.have.key: line.have for card in cards for line in card.lines}
    return list(found.values()) or [Have(key=key) for key in KEYS]


def _asked(records, standards) -> dict[Standard, list]:
    """Of each standard its haves, each with its criteria, their measures and what these read at all stations."""
    readings: dict[tuple, dict[int, Reading]] = {}
    return {
        standard: [(have, list(_criteria(have, records, readings))) for have in standard.haves.all()]
        for standard in standards
    }


def _criteria(have, records, readings):
    """Each measure in each setting is read once."""
    for criterion in have.criteria.all():
        measure, key = all_measures()[criterion.measure], _key(criterion)
        if key not in readings:
            readings[key] = measure.readings(records, criterion.options)
        yield criterion, measure, readings[key]


def _key(criterion):
    return criterion.measure, repr(sorted(criterion.options.items()))


def _card(station, standard, records, asked):
    lines = tuple(Line(have, tuple(_results(station, criteria))) for have, criteria in asked.get(standard, ()))
    return Scorecard(station, standard, records.period, records.known_by, lines)


def _results(station, criteria):
    for criterion, measure, readings in criteria:
        yield Result(criterion, measure, criterion.threshold(station.kind), readings[station.pk])
