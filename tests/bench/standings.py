"""How long it takes to say how stations stand: `python -m tests.bench.standings sqlite|postgresql|both`.

A year of records at 300, 325 and 3,000 stations, each in a database of its own, judged by the standard in force and by
the sample of a hundred points. A shared machine is now fast, now slow: so the three are measured by turns, and where
few stations are measured in a moment, oftener in each turn. It prints the number of questions asked (the same for all,
20 at most), the median seconds, and how many times longer 3,000 take than 300 (12 at most); with both databases also
whether the scorecards of the same stations are the same on them.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.__main__ import prepare
from tests.support import postgres
from tests.support.places import maintenance, name_of

TIMES = {300: 5, 325: 1, 3_000: 1}  # of each number of stations in a turn
TURNS, SIZES, QUESTIONS, LONGER = 5, tuple(TIMES), 20, 12
TODAY = date(2026, 11, 3)


def main(kind="both"):
    if kind == "both":
        prints = {each: _apart(each) for each in ("sqlite", "postgresql")}
        same = len(set(prints.values())) == 1
        print(f"scorecards on both databases: {'the same' if same else 'NOT the same'}")
        sys.exit(not same)
    with tempfile.TemporaryDirectory() as name:
        stop = prepare(kind, Path(name))
        try:
            for line in measured(kind):
                print(line, flush=True)
        finally:
            stop()


def _apart(kind) -> str:
    """In a process of its own, as settings are read once; gives its last line, the print of the scorecards."""
    command = [sys.executable, "-m", "tests.bench.standings", kind]
    said = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
    print(said, end="", flush=True)
    return said.splitlines()[-1]


def measured(kind):
    """Lines to print."""
    from stations.eight_haves.models import Standard

    names = {size: _filled(size, since) for since, size in zip((0, *SIZES), SIZES, strict=False)}
    standards = {"in force": None, "sample": Standard.objects.get(state="draft")}
    found = {name: _by_turns(names, standard) for name, standard in standards.items()}
    for name, by_size in found.items():
        for size, times in by_size.items():
            yield f"{kind}: {name}: {size} stations in {times.seconds:.2f} s, {times.questions} questions"
        yield f"{kind}: {name}: {SIZES[-1]} take {_ratio(by_size):.1f} times as long as {SIZES[0]}"
    for name, by_size in found.items():
        (questions,) = {times.questions for times in by_size.values()}
        assert questions <= QUESTIONS, name
        assert _ratio(by_size) <= LONGER, name
    yield " ".join(times.print for by_size in found.values() for times in by_size.values())


def _ratio(by_size) -> float:
    return by_size[SIZES[-1]].seconds / by_size[SIZES[0]].seconds


def _filled(size, since) -> str:
    """The name of a database with so many stations; `since` of them are there already."""
    from tests.bench.records import fill

    fill(since, size)
    _leave()
    name = connection.settings_dict["NAME"]
    copy = f"{name}_{size}"
    if connection.vendor == "sqlite":
        shutil.copyfile(name, copy)
    else:
        url = os.environ["DATABASE_URL"]
        postgres.execute(url, "ANALYZE")  # as a server does by itself; that of the tests does not
        postgres.create(maintenance(url), copy, template=name_of(url))
    return copy


def _leave():
    """A pool knows one database only, and a copy is made of what nobody is connected to."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _by_turns(names, standard) -> dict[int, "Times"]:
    found = {size: Times() for size in SIZES}
    for _turn in range(TURNS):
        for size, name in names.items():
            _leave()
            connection.settings_dict["NAME"] = name
            for _time in range(TIMES[size]):
                found[size].take(size, standard)
    return found


@dataclass
class Times:
    """What was measured of one number of stations, the same each time but for the seconds."""

    took: list[float] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)
    said: set[str] = field(default_factory=set)

    def take(self, size, standard) -> None:
        from liaison.tools.periods import Period
        from stations.eight_haves.evaluation import evaluate
        from stations.register.models import Station

        stations = list(Station.objects.select_related("division").order_by("code"))
        with CaptureQueriesContext(connection) as asked:
            start = perf_counter()
            cards = evaluate(stations, Period(date(2026, 1, 1), TODAY), TODAY, standard)
            self.took.append(perf_counter() - start)
        assert len(cards) == size, len(cards)
        self.asked.add(len(asked))
        self.said.add(print_of(cards))

    @property
    def seconds(self) -> float:
        return median(self.took)

    @property
    def questions(self) -> int:
        (questions,) = self.asked
        return questions

    @property
    def print(self) -> str:
        (said,) = self.said
        return said


def print_of(cards) -> str:
    from stations.eight_haves.plain import plain

    said = json.dumps([plain(card) for card in cards], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main(*sys.argv[1:])
