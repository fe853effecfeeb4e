"""How long it takes to say how stations stand: `python -m tests.bench.standings sqlite|postgresql|both`.

A year of records at 300, 325 and 3,000 stations. It prints the number of questions asked (the same for all, 20 at
most), the median seconds, and how many times longer 3,000 take than 300; with both databases also whether the
scorecards of the same stations are the same on them.
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

SIZES = (300, 325, 3_000)
TIMES, QUESTIONS, LONGER = 3, 20, 12
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
            print("\n".join(measured(kind)))
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
    from tests.bench.records import fill

    seconds, questions, prints, made = {}, set(), [], 0
    for size in SIZES:
        fill(made, size)
        made = size
        seconds[size], asked, cards = evaluated(size)
        questions.add(asked)
        prints.append(print_of(cards))
        yield f"{kind}: {size} stations in {seconds[size]:.2f} s, {asked} questions"
    ratio = seconds[SIZES[-1]] / seconds[SIZES[0]]
    yield f"{kind}: {SIZES[-1]} take {ratio:.1f} times as long as {SIZES[0]}"
    assert len(questions) == 1, questions
    assert max(questions) <= QUESTIONS, questions
    assert ratio <= LONGER, ratio
    yield " ".join(prints)


def evaluated(size):
    """Median seconds, questions of one time, scorecards."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from liaison.tools.periods import Period
    from stations.eight_haves.evaluation import evaluate
    from stations.register.models import Station

    took = []
    for _time in range(TIMES):
        with CaptureQueriesContext(connection) as asked:
            start = perf_counter()
            stations = Station.objects.select_related("division").order_by("code")
            cards = evaluate(stations, Period(date(2026, 1, 1), TODAY), TODAY)
            took.append(perf_counter() - start)
    assert len(cards) == size, len(cards)
    return median(took), len(asked), cards


def print_of(cards) -> str:
    from stations.eight_haves.plain import plain

    said = json.dumps([plain(card) for card in cards], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main(*sys.argv[1:])
