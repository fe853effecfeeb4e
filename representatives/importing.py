"""Representatives from a file, a line a mandate (domain.md annex E).

A mandate is known by name, congress, term and electoral district or electing unit. A name alone is no key: where a line
may be about somebody known under another spelling, another district or another congress, it is asked.
"""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from liaison.divisions.importing import spellings
from liaison.tools.importing import cells
from liaison.tools.importing.columns import Columns
from liaison.tools.importing.plan import ANOTHER, Change, Subject
from liaison.tools.row_errors import RowRefused
from representatives.models import (
    LEVEL_CHOICES,
    STATUS_CHOICES,
    Delegation,
    Group,
    GroupMember,
    Mandate,
    MandateStatus,
    Person,
    Term,
)
from representatives.models.mandates import ACTIVE, ENDED, SUSPENDED
from representatives.models.persons import GENDER_CHOICES

LEVELS = {
    "全国级": 1,
    "省": 2,
    "省级人大": 2,
    "市": 3,
    "县": 4,
    "区级": 4,
    "区县级": 4,
    "区": 4,
    "乡": 5,
    "乡镇级": 5,
    "镇": 5,
}
BY_VOTERS = (4, 5)  # elected by the voters of a district; the others by a unit (选举法 art. 3)


def _month(text):
    return f"{cells.month(text):%Y-%m}"


COLUMNS = Columns(
    Path(__file__).parent / "data" / "import_representatives.csv",
    {
        "name": cells.words(50),
        "level": cells.one_of(LEVEL_CHOICES, **LEVELS),
        "term": cells.ordinal,
        "division": cells.code,
        "seat": cells.words(100),
        "gender": cells.one_of(GENDER_CHOICES, 男="male", 女="female"),
        "ethnic_group": cells.words(20),
        "born_in": _month,
        "party": cells.words(50),
        "education": cells.words(50),
        "work": cells.words(100),
        "delegation": cells.words(100),
        "group": cells.words(100),
        "station": cells.code,
        "other_stations": cells.codes,
        "certificate": cells.words(30),
        "status": cells.one_of(STATUS_CHOICES, 在任=ACTIVE, 在职=ACTIVE, 暂停=SUSPENDED, 终止=ENDED),
        "starts_on": cells.day,
        "ends_on": cells.day,
        "same_person": cells.words(30),
    },
)
OF_THE_PERSON = ("gender", "ethnic_group", "born_in", "party", "education", "work")


class RepresentativeFile(Subject):
    """Each line is a seat in a congress that the bringer keeps. Rooms above place it at stations (`place`)."""

    name = "representatives"
    model = Mandate
    listed_with = (Mandate, Person)
    columns = COLUMNS
    permission = "representatives.add_mandate"
    order = (Person, Delegation, Mandate, MandateStatus, Group, GroupMember)

    def prepare(self, lines):
        self._prepare_terms(lines)
        self._prepare_mandates()
        self._prepare_people(lines)
        terms = self.terms.values()
        self.delegations = {(row.term_id, row.name): row for row in Delegation.objects.filter(term__in=terms)}
        self.groups = {(row.term_id, row.name): row for row in Group.objects.filter(term__in=terms)}
        members = GroupMember.objects.in_force(self.today).filter(mandate__term__in=terms)
        self.members = set(members.values_list("group__name", "mandate_id"))

    def _prepare_terms(self, lines):
        codes = {spelling for line in lines if line.division for spelling in spellings(line.division)}
        terms = self.rows(Term, self.permission).select_related("congress")
        wanted = [term for term in terms if term.congress.division_id in codes or term.congress.division_id is None]
        self.terms = {(term.congress.level, term.congress.division_id, term.ordinal): term for term in wanted}

    def _prepare_mandates(self):
        mandates = Mandate.objects.filter(term__in=self.terms.values())
        self.mandates = {}
        self.of_person = defaultdict(list)
        self.people: dict[int, Person] = {}  # each only once: what is changed twice must be the same object
        for mandate in mandates.select_related("person", "sits_with", "term__congress").order_by("id"):
            self._remember(mandate)

    def _remember(self, mandate):
        mandate.person = self.people.setdefault(mandate.person_id, mandate.person)
        self.mandates[mandate.term_id, mandate.person.name, seat_of(mandate)] = mandate
        self.of_person[id(mandate.person)].append(mandate)

    def _prepare_people(self, lines):
        """Who is known under the names of the file, however they are spelled, and the new ones by their lines."""
        wanted = {cells.plain_name(line.name) for line in lines if line.name}
        names = Person.objects.values_list("pk", "name")
        found = [pk for pk, name in names if cells.plain_name(name) in wanted]
        people = self._in_portions(Person.objects.prefetch_related("mandates__term__congress"), found)
        self.near = defaultdict(list)
        for person in people:
            person = self._one(person)
            self.near[cells.plain_name(person.name)].append(person)
        self.own = set(self.rows(Person, "representatives.change_person").values_list("pk", flat=True))
        self.new_people: dict[str, list[tuple]] = defaultdict(list)
        self.same: dict[str, Person] = {}
        self.listed: dict[tuple, int] = {}
        self._prepare_same(lines)

    def _one(self, person):
        """The object of the person that there is, with all their mandates at hand."""
        one = self.people.setdefault(person.pk, person)
        one.all_mandates = list(person.mandates.all())
        return one

    def _in_portions(self, rows, keys, size=500):
        return [row for start in range(0, len(keys), size) for row in rows.filter(pk__in=keys[start : start + size])]

    def _prepare_same(self, lines):
        """A number that several lines share means whom any of them is known to be."""
        for line in lines:
            term = self._term(line)
            if line.same_person and term and (known := self.mandates.get((term.pk, line.name, line.seat))):
                self.same.setdefault(line.same_person, known.person)

    def _term(self, line):
        codes = [None] if line.level == 1 else spellings(line.division or "")
        return next(filter(None, (self.terms.get((line.level, code, line.term)) for code in codes)), None)

    # One line

    def take(self, line):
        term = self._term(line)
        if term is None:
            raise RowRefused(_("the term does not exist"), "term")
        key = (term.pk, line.name, line.seat)
        self._refuse_repeat(key, line)
        self._refuse_days(line, term)
        change = Change(line.number, f"{line.name} {term}")
        mandate = self.mandates.get(key) or self._mandate(line, term, change)
        self._tell_person(line, mandate.person, change)
        self._tell_mandate(line, mandate, change)
        self._join_group(line, mandate, change)
        self.place(line, mandate, change)
        return change

    def place(self, line, mandate, change):
        """Nowhere, here: stations stand above."""

    def _refuse_repeat(self, key, line):
        if self.listed.setdefault(key, line.number) != line.number:
            said = _("{name} stands in line {line} already").format(name=line.name, line=self.listed[key])
            raise RowRefused(said, "name")

    def _refuse_days(self, line, term):
        begins = line.starts_on or term.starts_on
        if line.ends_on and line.ends_on < begins:
            raise RowRefused(_("The end lies before the beginning."), "ends_on")
        if term.ends_on and begins > term.ends_on:
            raise RowRefused(_("the term had ended by then"), "starts_on")

    def _mandate(self, line, term, change) -> Mandate:
        """Of somebody known, or of somebody new."""
        person, is_of_the_file = self._person(line, term)
        if person is None:
            person = self.basket.put(Person(name=line.name, **line.told(OF_THE_PERSON)))
            self.new_people[cells.plain_name(line.name)].append((line, term, person))
        if line.same_person:
            self.same[line.same_person] = person
        held = self._held(person, term, line)
        if held and (is_of_the_file or (seat_of(held) == line.seat and held.person.name == line.name)):
            raise RowRefused(_("This person already holds a mandate of this term."), "name")
        return self._corrected(held, line, change) if held else self._add(line, term, person, change)

    def _held(self, person, term, line):
        """The person's seat in the term that is not over when this one begins."""
        begins = line.starts_on or term.starts_on
        held = [mandate for mandate in self.of_person[id(person)] if mandate.term_id == term.pk]
        return next((mandate for mandate in held if mandate.ends_on is None or mandate.ends_on >= begins), None)

    def _corrected(self, mandate, line, change):
        """The known seat of the same person, as the file spells it."""
        self._respell(line, mandate.person, change)
        change.differs(self.basket.change(mandate, **self._seat(line)))
        return mandate

    def _add(self, line, term, person, change):
        change.is_new()
        self._respell(line, person, change)
        self._refuse_status(line)
        new = Mandate(person=person, term=term, starts_on=line.starts_on or term.starts_on, **self._seat(line))
        new.certificate_no, new.ends_on = line.certificate or "", line.ends_on
        new.status, new.delegation = line.status or ACTIVE, line.delegation or ""
        self.basket.put(new)
        if new.status == ENDED:
            self._put_history(new)
        self.mandates[term.pk, line.name, line.seat] = new
        self.of_person[id(person)].append(new)
        return new

    def _put_history(self, mandate):
        """As `standing.write` leaves it; a file does not say why it ended."""
        for status, since in ((ACTIVE, mandate.starts_on), (ENDED, mandate.ends_on)):
            self.basket.put(MandateStatus(mandate=mandate, status=status, since=since, entered_by=self.user))

    def _seat(self, line):
        name = "electoral_district" if line.level in BY_VOTERS else "electing_unit"
        return {name: line.seat}

    def _refuse_status(self, line):
        if line.status == SUSPENDED:
            raise RowRefused(_("please suspend on the mandate's page, with the law's reason"), "status")
        if (line.status == ENDED) != (line.ends_on is not None):
            raise RowRefused(_("an ended mandate needs its last day, others have none"), "ends_on")

    def _respell(self, line, person, change):
        if person.name != line.name and self._may_tell(person):
            change.differs(self.basket.change(person, name=line.name))

    def _may_tell(self, person):
        """Of somebody who sits only in other congresses, the office there tells more."""
        return person.pk is None or person.pk in self.own

    # Who it is

    def _person(self, line, term):
        """(the person, whether the file itself brought them); None for somebody new."""
        if line.same_person in self.same:
            person = self.same[line.same_person]
            return person, any(person is new for _line, _term, new in self.new_people[cells.plain_name(line.name)])
        near = self._candidates(line, term)
        if not near:
            return None, False
        answer = self.ask(line, f"{line.name} {term} {line.seat}", [(key, words) for key, words, _who in near])
        chosen = next((who for key, _words, who in near if key == answer), None)
        return chosen, answer != ANOTHER and answer.startswith("line")

    def _candidates(self, line, term) -> list[tuple[str, str, Person]]:
        """The likeliest first: who holds this very seat."""
        plain = cells.plain_name(line.name)
        known = [(f"person:{person.pk}", _words_of(person), person) for person in self.near[plain]]
        known.sort(key=lambda found: not self._sits_there(found[2], term, line))
        new = [
            (
                f"line:{other.number}",
                _("line {line}: {name}").format(line=other.number, name=f"{other.name} {other.seat}"),
                who,
            )
            for other, other_term, who in self.new_people[plain]
            if self._may_be_one(line, term, other, other_term)
        ]
        return known + new

    def _sits_there(self, person, term, line):
        return any(held.term_id == term.pk and seat_of(held) == line.seat for held in person.all_mandates)

    def _may_be_one(self, line, term, other, other_term):
        """Two lines of one name in one congress are two people, if they are spelled alike; so are two numbers."""
        if line.same_person and other.same_person:
            return False
        return line.name != other.name or term != other_term

    # What the line says of them

    def _tell_person(self, line, person, change):
        if self._may_tell(person):
            change.differs(self.basket.change(person, **line.told(OF_THE_PERSON)))

    def _tell_mandate(self, line, mandate, change):
        if mandate.pk and line.status and line.status != mandate.status:
            raise RowRefused(_("the status differs, please change it on the mandate's page"), "status")
        facts = {"certificate_no": line.certificate, "starts_on": line.starts_on, "delegation": line.delegation}
        found = self.basket.change(mandate, **facts)
        if line.delegation and getattr(mandate.sits_with, "name", "") != line.delegation:
            self._seat_with(line, mandate)
        change.differs(found)

    def _seat_with(self, line, mandate):
        delegation = self.delegations.get((mandate.term_id, line.delegation))
        if delegation is None:
            delegation = self.basket.put(Delegation(term=mandate.term, name=line.delegation))
            self.delegations[mandate.term_id, line.delegation] = delegation
        if mandate.pk is None:
            mandate.sits_with = delegation
        elif delegation.pk:
            self.basket.change(mandate, sits_with=delegation)
        else:
            self.basket.point(mandate, "sits_with", delegation)

    def _join_group(self, line, mandate, change):
        if not line.group or (line.group, mandate.pk) in self.members:
            return
        group = self.groups.get((mandate.term_id, line.group))
        if group is None:
            group = self.groups[mandate.term_id, line.group] = self.basket.put(
                Group(term=mandate.term, name=line.group)
            )
        begins = self.today if mandate.pk else mandate.starts_on
        self.basket.put(GroupMember(group=group, mandate=mandate, starts_on=begins))
        change.adds(group)


def seat_of(mandate) -> str:
    return mandate.electoral_district if mandate.term.congress.level in BY_VOTERS else mandate.electing_unit


def _words_of(person) -> str:
    """As far as the public knows them, and where they work, which tells two of a name apart."""
    held = [f"{mandate.term} {seat_of(mandate)}" for mandate in person.all_mandates]
    return "，".join(filter(None, [person.name, person.work, *held]))
