"""Listed = counted = exported, and all of it equals a count made another way."""

import io
import re
from datetime import date
from statistics import median
from urllib.parse import quote

import openpyxl
import pytest
from django.utils import timezone

from feedback.opinions.models import Opinion, OpinionAssignment, Rating
from liaison.audit.models import Entry
from liaison.divisions.models import Division
from liaison.rulebook.calendar import is_working_day
from liaison.tools.cells import words_of
from liaison.tools.deadlines import working_days_between
from liaison.tools.figures import percent
from representatives.models import Mandate
from stations.register.models import Station, StationAssignment
from stations.visits.models import Attendance, Visit
from tests.support import factories as make
from tests.support.board import body_of, count_on, figures_on, lines_of, rows_on

START = date(2026, 1, 1)
WITHDRAWN, OPEN = "withdrawn", {"accepted", "assigned", "handling", "replied"}
SUMS = {"residents_received", "reception_residents"}
RATES = {
    *("street_coverage", "quasi_coverage", "mandates_assigned", "representatives_entered"),
    *("accepted_rate", "assigned_in_time", "reply_rate", "replied_on_time", "closed_rate", "solved_rate", "told_rate"),
    *("satisfied", "satisfied_or_basically", "satisfied_on_behalf", "satisfied_or_basically_on_behalf"),
    "taken_on_and_told",
}
LIMIT = 3  # working days within which an accepted opinion is to be assigned


class Direct:
    """Counts every row of a division one by one in Python, knowing nothing of how the product counts."""

    def __init__(self, code, today):
        self.code, self.today = code, today
        self.opinions = [row for row in Opinion.objects.all() if self._here(row.division_id)]
        tasks = OpinionAssignment.objects.select_related("opinion")
        self.tasks = [row for row in tasks if self._here(row.division_id)]
        self.ratings = [row for row in Rating.objects.select_related("opinion") if self._rated(row)]
        self.visits = [row for row in Visit.objects.select_related("station") if self._held(row)]
        self.divisions = [row for row in Division.objects.all() if self._here(row.pk)]
        self.stations = [row for row in Station.objects.all() if self._here(row.division_id)]

    def figures(self):
        """(value, number of rows) of each figure by its key."""
        counts = self._said() | self._entered() | self._present() | {"stations_operating": len(self.stations)}
        rates = self._rates() | self._on_time() | self._rates_of_ratings() | self._places()
        return {key: (size, size) for key, size in counts.items()} | rates | self._received()

    def _said(self):
        received = self._received_opinions()
        late = [row for row in self.tasks if row.replied_on is None and row.due_on < self.today]
        return {
            "opinions_received": len(received),
            "opinions_accepted": sum(row.accepted_on is not None for row in received),
            "opinions_open": sum(row.state in OPEN for row in self.opinions),
            "opinions_overdue": sum(row.opinion.state != WITHDRAWN for row in late),
            "rated_by_resident": sum(row.source == "resident" for row in self.ratings),
            "rated_on_behalf": sum(row.source == "phone" for row in self.ratings),
        }

    def _received_opinions(self):
        return [row for row in self.opinions if self._in(timezone.localdate(row.received_at))]

    def _rates(self):
        received = self._received_opinions()
        replied = [row for row in self.opinions if row.replied_on and self._in(row.replied_on)]
        days = [(row.replied_on - row.accepted_on).days for row in replied if row.accepted_on]
        heard = [row for row in received if row.channel == "reception"]
        return {
            "accepted_rate": rate([row.accepted_on is not None for row in received]),
            "closed_rate": rate([row.state == "archived" for row in received if row.accepted_on]),
            "solved_rate": rate([row.outcome == "solved" for row in replied]),
            "told_rate": rate([row.fed_back_on is not None for row in replied]),
            "taken_on_and_told": rate([bool(row.taker_id and row.fed_back_on) for row in heard]),
            "median_handling_days": (median(days), len(days)),
        }

    def _on_time(self):
        due = [row for row in self.tasks if self._in(row.due_on) and row.opinion.state != WITHDRAWN]
        made = [row for row in self.tasks if self._in(row.assigned_on)]
        return {
            "reply_rate": rate([bool(row.replied_on) for row in due]),
            "replied_on_time": rate([bool(row.replied_on) and row.replied_on <= row.due_on for row in due]),
            "assigned_in_time": rate([working_days(row.opinion.accepted_on, row.assigned_on) <= LIMIT for row in made]),
        }

    def _rates_of_ratings(self):
        found = {}
        for ending, is_own in (("", True), ("_on_behalf", False)):
            scores = [row.score for row in self.ratings if (row.source == "resident") == is_own]
            found[f"satisfied{ending}"] = rate([score == "satisfied" for score in scores])
            found[f"satisfied_or_basically{ending}"] = rate([score != "dissatisfied" for score in scores])
        return found

    def _places(self):
        streets = [row for row in self.divisions if row.kind in ("street", "town", "township")]
        quasi = [row for row in self.divisions if row.kind == "quasi"]
        placed, present = self._placed(), self._present_persons()
        mandates = [row for row in Mandate.objects.all() if row.pk in placed or self._elected_here(row)]
        return {
            "street_coverage": rate([self._has_station(row) for row in streets]),
            "quasi_coverage": rate([self._has_station(row) for row in quasi]),
            "mandates_assigned": rate([row.pk in placed for row in mandates]),
            "representatives_entered": rate([row.person_id in present for row in mandates if row.pk in placed]),
        }

    def _placed(self):
        return {row.mandate_id for row in StationAssignment.objects.all() if self._here(row.station.division_id)}

    def _elected_here(self, mandate):
        return self._here(mandate.term.congress.division_id)

    def _has_station(self, division):
        return any(row.division_id.startswith(division.pk) for row in self.stations)

    def _present_persons(self):
        held = {row.pk for row in self.visits}
        present = Attendance.objects.select_related("mandate").filter(status="present")
        return {row.mandate.person_id for row in present if row.visit_id in held}

    def _entered(self):
        return {
            "visits_held": len(self.visits),
            "entries_representatives": sum(row.enters_representatives for row in self.visits),
            "entries_departments": sum(row.enters_departments for row in self.visits),
            "entries_leaders": sum(row.enters_leaders for row in self.visits),
            "entries_congress_work": sum(row.enters_congress_work for row in self.visits),
        }

    def _present(self):
        held = {row.pk for row in self.visits}
        present = [row for row in Attendance.objects.all() if row.visit_id in held and row.status == "present"]
        persons = {row.person_id for row in Mandate.objects.filter(pk__in=self._placed())}
        return {
            "representative_attendances": len(present),
            "duty_records": len(present),
            "representatives_without_record": len(persons - self._present_persons()),
        }

    def _received(self):
        receptions = [row for row in self.visits if row.form == "reception"]
        return {
            "residents_received": (sum(row.residents_received for row in self.visits), len(self.visits)),
            "reception_residents": (sum(row.residents_received for row in receptions), len(receptions)),
        }

    def _here(self, code):
        return code.startswith(self.code)

    def _in(self, day):
        return START <= day <= self.today

    def _rated(self, row):
        return self._here(row.opinion.division_id) and self._in(timezone.localdate(row.rated_at))

    def _held(self, row):
        return self._here(row.station.division_id) and self._in(row.date) and row.voided_on is None


def working_days(first, last):
    """After the first, up to the last."""
    return working_days_between(first, last, is_working_day)


def rate(claims):
    return percent(sum(claims), len(claims)), len(claims)


def rows_of_xlsx(response):
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(response))).active
    return [[words_of(_day(cell)) for cell in line] for line in sheet.iter_rows(values_only=True)]


def _day(cell):
    return cell.date() if hasattr(cell, "date") else cell


@pytest.mark.parametrize("code", [make.DAOLI, f"{make.DAOLI}001", make.HARBIN])
def test_value_list_and_files_agree_with_a_count_of_our_own(code, world, today, signed_in):
    client = signed_in(code=make.HARBIN)
    shown = figures_on(client.get("/dashboard/", {"division": code}).text)
    expected = Direct(code.removesuffix("00"), today).figures()
    assert {key: value_of(mark) for key, mark in shown.items()} == {key: value for key, (value, _) in expected.items()}
    for key, (value, size) in expected.items():
        page = client.get(shown[key]["href"]).text
        listed = rows_on(page)
        assert (count_on(page), len(listed)) == (size, size), key
        assert recounted(key, listed) == value, key
        assert files_of(client, shown[key]["href"]) == [listed, listed], key


def value_of(mark):
    return float(mark["data-value"]) if mark["data-value"] else None


def recounted(key, listed):
    """The value again from the table alone."""
    if key in RATES:
        return rate([cells[-1] == "是" for cells in listed])[0]
    if key == "median_handling_days":
        return median(int(cells[-1]) for cells in listed)
    return sum(int(cells[-1]) for cells in listed) if key in SUMS else len(listed)


def files_of(client, address):
    """The rows of both files without their headings."""
    path, _mark, query = address.partition("/?")
    return [lines_of(client.get(f"{path}.csv?{query}"))[1:], rows_of_xlsx(client.get(f"{path}.xlsx?{query}"))[1:]]


def test_no_figure_of_the_world_is_empty(world, today):
    """Or the comparison above would prove nothing."""
    assert [key for key, (_value, size) in Direct(make.DAOLI, today).figures().items() if not size] == []


def test_more_rows_than_a_page_holds_are_all_listed(world, today, signed_in):
    for number in range(53):
        make.visit(world[0], date(2026, 1, 1 + number % 28))
    client = signed_in()
    pages = [client.get("/dashboard/visits_held/", {"page": number}).text for number in (1, 2, "nonsense", "999")]
    assert [count_on(page) for page in pages] == [61] * 4
    assert [len(rows_on(page)) for page in pages] == [50, 11, 50, 11]
    assert rows_on(pages[0]) + rows_on(pages[1]) == lines_of(client.get("/dashboard/visits_held.csv"))[1:]


def test_no_row_says_what_a_resident_said(world, signed_in):
    client = signed_in()
    for key, mark in figures_on(client.get("/dashboard/").text).items():
        said = client.get(mark["href"]).text + str(lines_of(client.get(f"/dashboard/{key}.csv")))
        assert "OF-A-RESIDENT" not in said, key


def test_a_row_opens_its_record_for_who_may(world, signed_in):
    opinion = Opinion.objects.filter(station=world[0]).order_by("-id").first()
    link = f'<a href="/admin/opinions/opinion/{opinion.pk}/change/">{opinion.number}</a>'
    assert link in signed_in("officer").get("/dashboard/opinions_received/").text
    page = signed_in("leader").get("/dashboard/opinions_received/").text
    assert opinion.number in page
    assert "/admin/opinions/" not in page


def test_every_linked_record_opens(world, signed_in):
    client = signed_in()
    for key, mark in figures_on(client.get("/dashboard/").text).items():
        for address in set(re.findall(r'<td><a href="([^"]+)"', client.get(mark["href"]).text)):
            assert client.get(address).status_code == 200, (key, address)


def test_a_download_is_written_into_the_trail(world, signed_in):
    client = signed_in(username="officer")
    query = {"division": f"{make.DAOLI}001", "from": "2026-01-01", "to": "2026-06-30"}
    rows = lines_of(client.get("/dashboard/visits_held.csv", query))[1:]
    entry = Entry.objects.get(action="export")
    assert (entry.actor_name, entry.result) == ("officer", "done")
    assert entry.detail == {"figure": "visits_held", "kind": "csv", "filters": query, "count": len(rows)}


def test_files_say_what_they_are(world, signed_in):
    client = signed_in()
    sheet, book = client.get("/dashboard/visits_held.csv"), client.get("/dashboard/visits_held.xlsx")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    named = f"attachment; filename*=utf-8''{quote(_name(client))}_2026-01-01_2026-10-30"
    assert sheet["Content-Disposition"] == f"{named}.csv"
    assert book["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert book["Content-Disposition"] == f"{named}.xlsx"
    assert "no-store" in sheet["Cache-Control"]
    body_of(sheet)
    body_of(book)


def _name(client):
    return re.search(r"<h1>(.*?)</h1>", client.get("/dashboard/visits_held/").text)[1]
