"""A random sample of stations that anybody can draw again (抽查): by a seed, a day and the stations of that day."""

import hashlib
from collections.abc import Iterable
from datetime import date

from stations.register.models import Station


def drawn(stations: Iterable[Station], size: int, seed: str, day: date) -> list[Station]:
    """In the order of SHA-256 over seed, day and code of each, so that no other draw and no new station has a say."""
    return sorted(stations, key=lambda station: _lot(station, seed, day))[:size]


def _lot(station, seed, day) -> str:
    return hashlib.sha256(f"{seed}\n{day.isoformat()}\n{station.code}".encode()).hexdigest()
