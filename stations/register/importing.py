"""Stations from a file: one is known by its code. Who works there, the year's funds and a designation come along."""

from pathlib import Path

from django.utils.translation import gettext as _

from liaison.divisions import importing as divisions
from liaison.divisions.codes import code_range
from liaison.tools.importing import cells
from liaison.tools.importing.columns import Columns
from liaison.tools.importing.plan import Change, Subject
from liaison.tools.row_errors import RowRefused
from stations.register.models import (
    KIND_CHOICES,
    MOST_YUAN,
    STAFFING_CHOICES,
    ActivityFunds,
    Designation,
    StaffPost,
    Station,
    StationStatus,
)

COLUMNS = Columns(
    Path(__file__).parent / "data" / "import_stations.csv",
    {
        "code": cells.code,
        "name": cells.words(100),
        "division": cells.code,
        "kind": cells.one_of(
            KIND_CHOICES,
            人大代表之家="home",
            人大代表联络站="station",
            联络点="contact_point",
            联系点="contact_point",
            联络总站="central",
        ),
        "parent": cells.code,
        "phone": cells.words(50),
        "head": cells.words(50),
        "officers": cells.several(50),
        "staffing": cells.one_of(STAFFING_CHOICES),
        "opened_on": cells.day,
        "demonstration": cells.since,
        "funds": cells.whole(MOST_YUAN),
        "funds_year": cells.whole(2100),
        "focus": cells.words(100),
        "brand": cells.words(100),
    },
)
FACTS = ("name", "kind", "address", "phone", "hours", "opened_on", "served_area", "focus", "brand")


class StationFile(Subject):
    """Each line is a station in a division that the bringer keeps."""

    name = "stations"
    model = Station
    columns = COLUMNS
    permission = "stations.add_station"
    order = (Station, StationStatus, Designation, StaffPost, ActivityFunds)

    def prepare(self, lines):
        own = divisions.within(self.user, self.permission)
        self.divisions = divisions.found(own, {line.division for line in lines})
        codes = {line.code for line in lines} | {line.parent for line in lines}
        known = Station.objects.select_related("parent").filter(code__in=codes - {None})
        self.known = {station.code: station for station in known}
        self.own = set(
            self.rows(Station, "stations.change_station").filter(code__in=codes).values_list("code", flat=True)
        )
        self.listed: dict[str, int] = {}
        self.above: dict[str, Station] = {}
        self._prepare_records()

    def _prepare_records(self):
        kept = list(self.known.values())
        posts = StaffPost.objects.filter(station__in=kept).exclude(valid_to__lt=self.today)
        self.posts = {(post.station.code, post.name): post for post in posts.select_related("station")}
        self.heads = {code: post for (code, _name), post in self.posts.items() if post.post == "head"}
        funds = ActivityFunds.objects.filter(station__in=kept).select_related("station")
        self.funds = {(row.station.code, row.year): row for row in funds}
        named = Designation.objects.in_force(self.today).filter(station__in=kept, kind="demonstration")
        self.designated = set(named.values_list("station__code", flat=True))

    def take(self, line):
        division = self.divisions.get(line.division)
        if division is None:
            raise RowRefused(_("there is no division {code}").format(code=line.division), "division")
        self._refuse_repeat(line)
        self._refuse_day(line)
        change = Change(line.number, f"{line.code} {line.name}")
        station = self._station(line, division, change)
        self._take_people(line, station, change)
        self._take_funds(line, station, change)
        self._take_designation(line, station, change)
        if line.parent:
            self.afterwards.append((line, lambda: self._hang(line, station, change)))
        return change

    def _refuse_repeat(self, line):
        if self.listed.setdefault(line.code, line.number) != line.number:
            said = _("{name} stands in line {line} already").format(name=line.code, line=self.listed[line.code])
            raise RowRefused(said, "code")

    def _refuse_day(self, line):
        if line.opened_on and line.opened_on > self.today:
            raise RowRefused(_("This day has not come yet."), "opened_on")

    def _station(self, line, division, change):
        station = self.known.get(line.code)
        if station is None:
            return self._add(line, division, change)
        if line.code not in self.own:
            raise RowRefused(_("{code} cannot be used here").format(code=line.code), "code")
        change.differs(self.basket.change(station, division=division, **line.told(FACTS)))
        return station

    def _add(self, line, division, change):
        change.is_new()
        station = self.basket.put(Station(code=line.code, division=division, **line.told(FACTS)))
        if line.opened_on:
            begun = StationStatus(station=station, status="operating", since=line.opened_on, entered_by=self.user)
            self.basket.put(begun)
        self.known[line.code] = station
        self.own.add(line.code)
        return station

    # What comes along

    def _take_people(self, line, station, change):
        head = self.heads.get(station.code)
        if line.head and head and head.name != line.head:
            raise RowRefused(_("{name} is head here, please hand over first").format(name=head.name), "head")
        named = [(line.head, "head")] if line.head else []
        for name, post in [*named, *((name, "liaison_officer") for name in line.officers or [])]:
            self._take_post(line, station, name, post, change)

    def _take_post(self, line, station, name, post, change):
        known = self.posts.get((station.code, name))
        if known and known.post != post:
            raise RowRefused(
                _("{name} has another post here").format(name=name), "head" if post == "head" else "officers"
            )
        if known:
            change.differs(self.basket.change(known, staffing_mode=line.staffing))
            return
        new = StaffPost(
            station=station, name=name, post=post, staffing_mode=line.staffing or "reassigned", valid_from=self.today
        )
        self.posts[station.code, name] = self.basket.put(new)
        change.adds(new)

    def _take_funds(self, line, station, change):
        if line.funds is None:
            return
        year = line.funds_year or self.today.year
        known = self.funds.get((station.code, year))
        if known and known.budget_id and known.amount != line.funds:
            raise RowRefused(_("divided from a budget paper, please change it there"), "funds")
        if known:
            change.differs(self.basket.change(known, amount=line.funds))
            return
        new = ActivityFunds(station=station, year=year, amount=line.funds, entered_by=self.user)
        self.funds[station.code, year] = self.basket.put(new)
        change.adds(new)

    def _take_designation(self, line, station, change):
        if not line.demonstration or station.code in self.designated:
            return
        since = self.today if line.demonstration is True else line.demonstration
        new = Designation(station=station, valid_from=since, entered_by=self.user)
        self.designated.add(station.code)
        change.adds(self.basket.put(new))

    def _hang(self, line, station, change):
        """Under another station, of the file or known: of the same area or a wider one, and nowhere in a circle."""
        parent = self.known.get(line.parent)
        if parent is None or line.parent not in self.own:
            raise RowRefused(_("there is no station {code}").format(code=line.parent), "parent")
        low, high = code_range(parent.division_id)
        if not low <= station.division_id < high:
            raise RowRefused(_("The upper station stands in another area."), "parent")
        self.above[station.code] = parent
        self._refuse_circle(station)
        if parent.pk:
            change.differs(self.basket.change(station, parent=parent))
        else:
            self.basket.point(station, "parent", parent)

    def _refuse_circle(self, station):
        seen, above = set(), station
        while above is not None and above.code not in seen:
            seen.add(above.code)
            above = self.above.get(above.code) or above.parent
        if above is not None:
            raise RowRefused(_("A station cannot hang under itself."), "parent")
