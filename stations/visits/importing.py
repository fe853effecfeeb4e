"""A backlog of visits from a file (domain.md 3.9, ledger 3). One is known by station, day, start and form.

What somebody entered on the page stays; the file gives a known visit only what it lacks.
"""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from liaison.tools.importing import cells
from liaison.tools.importing.columns import Columns
from liaison.tools.importing.plan import Change, Subject
from liaison.tools.row_errors import RowRefused
from stations.register.models import Station
from stations.register.placements import Expected
from stations.visits.models import ENTRY_TYPES, FORM_CHOICES, Attendance, Guest, Visit

ALL_PRESENT = {"全部", "全部到齐", "全体", "全体代表"}
MOST_TEXT = 10_000
ENTRIES = [(name, Visit._meta.get_field(name).verbose_name) for name in ENTRY_TYPES.values()]
TYPES_IN_WORDS = {
    "代表进站": "enters_representatives",
    "政府部门进站": "enters_departments",
    "领导干部进站": "enters_leaders",
    "人大工作进站": "enters_congress_work",
}
FORMS_IN_WORDS = {"接待": "reception", "代表接待日": "reception", "坐诊": "sit_in", "会诊": "joint_consultation"}
FORMS_IN_WORDS |= {"巡诊": "tour", "调研": "research", "学习培训": "training", "宣讲": "notice_giving"}
COLUMNS = Columns(
    Path(__file__).parent / "data" / "import_visits.csv",
    {
        "station": cells.code,
        "date": cells.day,
        "starts_at": cells.clock,
        "ends_at": cells.clock,
        "place": cells.words(100),
        "form": cells.one_of(FORM_CHOICES, **FORMS_IN_WORDS),
        "entries": cells.some_of(ENTRIES, **TYPES_IN_WORDS),
        "present": cells.several(100),
        "on_leave": cells.several(100),
        "guests": cells.several(210),
        "residents_received": cells.whole(9999),
        "content": cells.lines(MOST_TEXT),
        "raised": cells.lines(MOST_TEXT),
        "results": cells.lines(MOST_TEXT),
        "recorder": cells.words(50),
    },
)
LACKED = ("ends_at", "place", "results", "recorder")


class VisitFile(Subject):
    """Each line is a visit to a station for which the bringer may enter."""

    name = "visits"
    model = Visit
    columns = COLUMNS
    permission = "visits.add_visit"
    order = (Visit, Attendance, Guest)

    def prepare(self, lines):
        codes = {line.station for line in lines} - {None}
        stations = self.rows(Station, self.permission).filter(code__in=codes)
        self.stations = {station.code: station for station in stations}
        pks = [station.pk for station in self.stations.values()]
        known = Visit.objects.filter(station__in=pks, date__range=_span(lines), voided_on=None)
        self.known = {key_of(visit): visit for visit in known}
        self.expected = {}
        self.attending = _attending(known)
        self.listed = {}

    def take(self, line):
        station = self.stations.get(line.station)
        if station is None:
            raise RowRefused(_("there is no station {code}").format(code=line.station), "station")
        self._refuse_day(line, station)
        key = (station.pk, line.date, line.starts_at, line.form)
        self._refuse_repeat(key, line)
        there = self._there(line, station)
        change = Change(line.number, f"{line.date} {station.name}")
        visit = self.known.get(key)
        if visit is None:
            self._add(line, station, there, change)
        else:
            self._complete(line, visit, there, change)
        return change

    def _refuse_day(self, line, station):
        if line.date > self.today:
            raise RowRefused(_("This day has not come yet."), "date")
        if station.opened_on and line.date < station.opened_on:
            raise RowRefused(_("The station had not opened then."), "date")
        if station.closed_on and line.date > station.closed_on:
            raise RowRefused(_("the station was closed by then"), "date")
        if line.starts_at and line.ends_at and line.ends_at < line.starts_at:
            raise RowRefused(_("The end lies before the beginning."), "ends_at")

    def _refuse_repeat(self, key, line):
        if self.listed.setdefault(key, line.number) != line.number:
            said = _("the same visit stands in line {line}, please write when it began").format(line=self.listed[key])
            raise RowRefused(said, "starts_at")

    # Who was there

    def _there(self, line, station) -> dict[int, str]:
        """Attendance by mandate, of those who belonged to the station on that day."""
        if not line.present and not line.on_leave:
            return {}
        expected = self._expected(line.date, station)
        every = bool(set(line.present or []) & ALL_PRESENT)
        there = {mandate.pk: "present" if every else "absent" for mandate in expected}
        named = [name for name in line.present or [] if name not in ALL_PRESENT]
        for names, status, column in ((named, "present", "present"), (line.on_leave or [], "leave", "on_leave")):
            there |= {self._one(name, expected, column): status for name in names}
        return there

    def _expected(self, day, station):
        if station.pk not in self.expected:
            self.expected[station.pk] = Expected(station)
        return list({place.mandate_id: place.mandate for place in self.expected[station.pk].on(day)}.values())

    def _one(self, name, expected, column) -> int:
        plain = cells.plain_name(name)
        found = [mandate for mandate in expected if cells.plain_name(mandate.person.name) == plain]
        if not found:
            raise RowRefused(_("{name} did not belong to the station that day").format(name=name), column)
        if len({mandate.person_id for mandate in found}) > 1:
            raise RowRefused(_("several are called {name}, please enter this visit by hand").format(name=name), column)
        return found[0].pk

    # What becomes of it

    def _add(self, line, station, there, change):
        change.is_new()
        entries = line.entries or ["enters_representatives"]
        visit = Visit(station=station, date=line.date, form=line.form, content=content_of(line), entered_by=self.user)
        visit.starts_at, visit.residents_received = line.starts_at, line.residents_received or 0
        for name in (*entries, *LACKED):
            setattr(
                visit,
                name,
                True if name in entries else getattr(line, name) or visit._meta.get_field(name).get_default(),
            )
        self.basket.put(visit)
        self._put_people(line, visit, there)

    def _put_people(self, line, visit, there):
        for mandate_id, status in there.items():
            self.basket.put(Attendance(visit=visit, mandate_id=mandate_id, status=status))
        for words in line.guests or []:
            self.basket.put(Guest(visit=visit, **_guest(words)))

    def _complete(self, line, visit, there, change):
        change.differs(self.basket.complete(visit, **{name: getattr(line, name) for name in LACKED}))
        if there and visit.pk not in self.attending:
            self._put_people(line, visit, there)
            change.adds(visit)
        if change.differences:
            self.basket.change(visit, version=visit.version + 1)  # for whoever has the page open


def key_of(visit) -> tuple:
    return visit.station_id, visit.date, visit.starts_at, visit.form


def content_of(line) -> str:
    """What the ledger keeps in columns of their own and the visit in one text, each part named."""
    parts = [
        (_("Theme"), line.theme),
        (_("Organised by"), line.organiser),
        ("", line.content),
        (_("Raised"), line.raised),
    ]
    return "\n".join(f"{name}：{text}" if name else text for name, text in parts if text)


def _guest(words) -> dict:
    """单位 姓名 职务; of two the unit and the name, of one the name."""
    parts = words.split()
    if len(parts) < 2:
        return {"name": _short(words, 50)}
    unit, name, post = parts[0], parts[1], " ".join(parts[2:])
    return {"organisation": _short(unit, 100), "name": _short(name, 50), "post": _short(post, 50)}


def _short(text, most):
    if len(text) > most:
        raise RowRefused(_("longer than {most} characters").format(most=most), "guests")
    return text


def _attending(visits) -> set[int]:
    return set(Attendance.objects.filter(visit__in=visits).values_list("visit_id", flat=True))


def _span(lines) -> tuple[date, date]:
    days = [line.date for line in lines if line.date] or [date.min]
    return min(days), max(days)
