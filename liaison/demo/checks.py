"""The demo's yearly checks at every stage of their life, what is to be rectified, and what inspectors found."""

from datetime import timedelta

from liaison.demo.days import moment
from liaison.demo.library import rows
from liaison.demo.places import DISTRICT
from stations.assessment import workflow
from stations.assessment.models import Assessment, Determination
from stations.assessment.opening import standards_for
from stations.eight_haves.models import Have


class Inspection:
    """Of the office: checks go through the product's own door, each step on its day."""

    def __init__(self, year, stations, company):
        self.year, self.stations, self.company = year, stations, company
        self.officer = company.officers[DISTRICT]

    def hold(self) -> None:
        for line in rows("findings"):
            self._find(line)
        for line in rows("checks"):
            self._check(line)

    def _day(self, days_ago):
        return self.year.last - timedelta(days=int(days_ago))

    def _at(self, days_ago):
        return moment(self._day(days_ago), 16)

    def _standard(self, code, days_ago):
        station, day = self.stations[code], self._day(days_ago)
        return standards_for([station], day.year, day)[station.pk]

    def _find(self, line) -> None:
        kept = {key: line[key] for key in ("standing", "inspector", "reason", "evidence")}
        day, standard = self._day(line["on"]), self._standard(line["station"], line["on"])
        Determination.objects.create(
            station=self.stations[line["station"]],
            have=_have(standard, line),
            year=day.year,
            on=day,
            entered_by=self.officer,
            entered_at=self._at(line["on"]),
            **kept,
        )

    def _check(self, line) -> None:
        opened, code = line["opened"], line["station"]
        check = Assessment(
            station=self.stations[code],
            year=self._day(opened).year,
            standard=self._standard(code, opened),
            opened_on=self._day(opened),
            state=workflow.BEGINS,
        )
        check.save()
        check.begin(by=self.officer, at=self._at(opened))
        if line["handed_in"]:
            self._move(check, "hand_in", line["handed_in"], by=self._head(code), note=line["note"])
        if line["reviewed"]:
            self._move(check, "review", line["reviewed"])
        if line["confirmed"]:
            self._confirm(check, line)

    def _confirm(self, check, line) -> None:
        things = [row for row in rows("rectifications") if row["station"] == line["station"]]
        if not things:
            self._move(check, "confirm", line["confirmed"])
        for thing, item in [(thing, self._set(check, thing, line["confirmed"])) for thing in things]:
            self._follow(check, thing, item)
        if line["finished"]:
            self._move(check, "finish", line["finished"])

    def _set(self, check, thing, confirmed):
        due_on = self._day(confirmed) + timedelta(days=int(thing["due_in"]))
        have = _have(check.standard, thing)
        move = "rectify" if check.state == "county_review" else "rectify_more"
        return self._move(check, move, confirmed, have=have, what=thing["what"], due_on=due_on).item

    def _follow(self, check, thing, item) -> None:
        if thing["mended"]:
            facts = {"item": item, "done_on": self._day(thing["mended"]), "note": thing["note"]}
            self._move(check, "mend", thing["mended"], by=self._head(thing["station"]), **facts)
        if thing["rechecked"]:
            self._move(check, "recheck", thing["rechecked"], item=item)

    def _move(self, check, key, days_ago, *, by=None, **facts):
        return check.move(workflow.MOVES[key], by=by or self.officer, at=self._at(days_ago), **facts)

    def _head(self, code):
        return self.company.staff[code][0]


def _have(standard, line) -> Have:
    return Have.objects.get(standard=standard, key=line["have"])
