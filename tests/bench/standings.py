"""How long it takes to say how stations stand: `python -m tests.bench.standings sqlite|postgresql|both`.

A year of records at 300, 325 and 3,000 stations, judged by the standard in force and by the sample of a hundred points.
It prints the number of questions asked (the same for all, 20 at most), the median seconds, and how many times longer
3,000 take than 300; with both databases also whether the scorecards of the same stations are the same on them.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.__main__ import prepare

TIMES = {300: 15, 325: 5, 3_000: 5}  # of each number of stations; a shared machine is now fast, now slow
SIZES, QUESTIONS, LONGER = tuple(TIMES), 20, 12
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
    from tests.bench.records import fill

    standards = {"in force": None, "sample": Standard.objects.get(state="draft")}
    found, made = {}, 0
    for size in SIZES:
        fill(made, size)
        made = size
        for name, standard in standards.items():
            found[name, size] = evaluated(size, standard)
            yield "{}: {}: {} stations in {:.2f} s, {} questions".format(kind, name, size, *found[name, size])
    for name in standards:
        yield f"{kind}: {name}: {SIZES[-1]} take {_ratio(found, name):.1f} times as long as {SIZES[0]}"
        assert len({found[name, size][1] for size in SIZES}) == 1, name
    assert max(asked for _seconds, asked, _print in found.values()) <= QUESTIONS
    assert max(_ratio(found, name) for name in standards) <= LONGER
    yield " ".join(said for _seconds, _asked, said in found.values())


def _ratio(found, name) -> float:
    return found[name, SIZES[-1]][0] / found[name, SIZES[0]][0]


def evaluated(size, standard=None):
    """Median seconds, questions of one time, the print of the scorecards."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from liaison.tools.periods import Period
    from stations.eight_haves.evaluation import evaluate
    from stations.register.models import Station

    stations = list(Station.objects.select_related("division").order_by("code"))
    took, said = [], set()
    for _time in range(TIMES[size]):
        with CaptureQueriesContext(connection) as asked:
            start = perf_counter()
            cards = evaluate(stations, Period(date(2026, 1, 1), TODAY), TODAY, standard)
            took.append(perf_counter() - start)
        assert len(cards) == size, len(cards)
        said.add(print_of(cards))
    assert len(said) == 1, said
    return median(took), len(asked), *said


def print_of(cards) -> str:
    from stations.eight_haves.plain import plain

    said = json.dumps([plain(card) for card in cards], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main(*sys.argv[1:])
