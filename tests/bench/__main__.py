"""How long registers of a whole city take to be looked at and taken in: `python -m tests.bench [sqlite|postgresql]`.

SHARED_DATA names the folder in which divisions.csv lies; without it the product's own province is loaded. The last
line is the longest of the times, in seconds.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import django
from django.core.management import call_command

from tests.support import environment, postgres

OWN = Path("liaison", "divisions", "data", "heilongjiang.csv")
DIVISIONS = Path(os.environ["SHARED_DATA"], "divisions.csv") if "SHARED_DATA" in os.environ else OWN
STATIONS, PERSONS, MANDATES, VISITS = 325, 15_000, 18_000, 5_000


def prepare(kind: str, folder: Path):
    """A fresh database of its own; gives what ends its server."""
    urls, stop = environment.sqlite(folder), lambda: None
    if kind == "postgresql":
        server = postgres.start()
        names = ("liaison", "keys")
        for name in names:
            postgres.create(server.url, name)
        urls, stop = environment.databases(*(postgres.named(server.url, name) for name in names)), server.stop
    os.environ.update(environment.VALUES | environment.folders(folder) | urls)
    django.setup()
    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0)
    return stop


def timed(words, subject, file) -> float:
    """Seconds of a look and a taking in; a second run must change nothing."""
    from tests.importing.files import plan_of, taken

    start = perf_counter()
    plan = plan_of(subject, file)
    looked = perf_counter() - start
    taken(subject, file)
    took = perf_counter() - start
    counts = taken(subject, file)
    assert counts == (0, 0, plan.rows), (words, counts)
    print(f"{words}: {plan.rows} lines, looked at in {looked:.1f} s, with the taking in {took:.1f} s, again unchanged")
    return took


def main(kind="sqlite"):
    with tempfile.TemporaryDirectory() as name:
        stop = prepare(kind, Path(name))
        try:
            print(f"{max(all_of_them()):.1f}")
        finally:
            stop()


def all_of_them() -> list[float]:
    from stations.register.importing import StationFile
    from stations.register.importing_people import PlacedRepresentativeFile
    from stations.visits.importing import VisitFile
    from tests.bench import registers

    call_command("load_divisions", DIVISIONS, verbosity=0, stdout=sys.stderr)
    registers.congresses()
    return [
        timed("stations", StationFile, registers.stations(STATIONS)),
        timed("representatives", PlacedRepresentativeFile, registers.people(PERSONS, MANDATES, STATIONS)),
        timed("visits", VisitFile, registers.visits(VISITS, STATIONS)),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
