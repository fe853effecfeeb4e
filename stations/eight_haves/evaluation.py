"""Working out how stations stand: pure functions of stations, days and the records, a fixed number of questions.

A measure is `measure(stations, period, known_by) -> {station's key: Finding}`; a module of EIGHT_HAVES_MEASURES lists
its measures by have. What was entered after `known_by` is not known yet.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module

from django.conf import settings
from django.utils.translation import gettext as _

from liaison.tools.figures import MET, NOT_APPLICABLE, Finding
from liaison.tools.periods import Period
from stations.eight_haves.standard import HAVES, LACKING, STANDINGS, WORST_FIRST, Have
from stations.register.models import Station


@dataclass(frozen=True)
class Line:
    """One have of one station."""

    have: Have
    findings: tuple[Finding, ...]

    @cached_property
    def standing(self) -> str:
        standings = {finding.standing for finding in self.findings}
        return next((key for key in WORST_FIRST if key in standings), NOT_APPLICABLE)

    @property
    def label(self) -> str:
        return STANDINGS[self.standing]

    @property
    def is_lacking(self) -> bool:
        return self.standing in LACKING

    @property
    def lacking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.standing in LACKING]

    @property
    def sentence(self) -> str:
        """What is lacking, or why nothing is asked; empty where all is well."""
        said = self.lacking if self.is_lacking else self.findings
        words = _(", and ").join(finding.words for finding in said if finding.words)
        return _("%(words)s.") % {"words": words} if words else ""


@dataclass(frozen=True)
class Scorecard:
    station: Station
    lines: tuple[Line, ...]

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if line.is_lacking]

    @property
    def is_met(self) -> bool:
        return not self.lacking

    def has_met(self, key: str) -> bool:
        return self.line(key).standing in (MET, NOT_APPLICABLE)

    def line(self, key: str) -> Line:
        return next(line for line in self.lines if line.have.key == key)


def evaluate(stations, period: Period, known_by: date) -> list[Scorecard]:
    """A scorecard a station, in the order given. What happens after `known_by` is not judged."""
    stations = list(stations)
    found = {have.key: [measure(stations, period, known_by) for measure in measures(have.key)] for have in HAVES}
    return [Scorecard(station, tuple(_line(have, found, station) for have in HAVES)) for station in stations]


def measures(key: str) -> list:
    """The measures of a have, of all rooms in the order of the setting."""
    rooms = [import_module(name) for name in settings.EIGHT_HAVES_MEASURES]
    return [measure for room in rooms for measure in room.MEASURES.get(key, ())]


def _line(have, found, station):
    return Line(have, tuple(findings[station.pk] for findings in found[have.key]))
