"""Files to import, and what is asked of them."""

import csv
import io

import openpyxl

from liaison.tools.importing.plan import take_in
from stations.register.models import Station
from tests.support import factories as make


def csv_of(headings, *rows) -> io.BytesIO:
    """A CSV as an office saves it; `headings` divided by blanks."""
    text = io.StringIO()
    csv.writer(text).writerows([headings.split(), *rows])
    return io.BytesIO(text.getvalue().encode())


def xlsx_of(headings, *rows) -> io.BytesIO:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in [headings.split(), *rows]:
        book.active.append(row)
    book.save(file)
    file.seek(0)
    return file


def plan_of(subject, file, user=None, answers=None, rest=""):
    return subject(user, answers, rest).plan(file)


def wrong_in(subject, file, user=None) -> list[tuple[int, str]]:
    """(line, words) of all that cannot be taken."""
    return [(wrong.line, wrong.words) for wrong in plan_of(subject, file, user).wrong]


def taken(subject, file, user=None, answers=None, rest="") -> tuple[int, int, int]:
    """How many lines were new, changed, unchanged."""
    return tuple(take_in(subject(user, answers, rest), file).counts.values())


def station(code, division=f"{make.DAOLI}001", **facts) -> Station:
    """A station under a code of its own."""
    made = make.station(division, **facts)
    made.code = code
    made.save()
    return made
