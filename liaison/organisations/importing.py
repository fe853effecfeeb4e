"""Organisations from a file: one is known by its division and its name."""

from pathlib import Path

from django.utils.translation import gettext as _

from liaison.divisions import importing as divisions
from liaison.organisations.models import KIND_CHOICES, Organisation
from liaison.tools.importing import cells
from liaison.tools.importing.columns import Columns
from liaison.tools.importing.plan import Change, Subject
from liaison.tools.row_errors import RowRefused

KINDS = {
    "部门": "department",
    "代表工委": "deputy_work_committee",
    "政府办": "government_office",
    "街道办": "street_office",
}
KINDS |= {"乡镇政府": "township_government", "村居": "village_committee", "人大主席团": "township_presidium"}
COLUMNS = Columns(
    Path(__file__).parent / "data" / "import_organisations.csv",
    {
        "name": cells.words(100),
        "division": cells.code,
        "kind": cells.one_of(KIND_CHOICES, **KINDS),
        "short_name": cells.words(50),
        "parent": cells.words(100),
        "phone": cells.words(50),
        "handles": cells.is_so,
    },
)
FACTS = ("kind", "short_name", "phone", "address", "handles")


class OrganisationFile(Subject):
    """Each line is a body of a division that the bringer keeps."""

    name = "organisations"
    model = Organisation
    columns = COLUMNS
    permission = "organisations.add_organisation"
    order = (Organisation,)

    def prepare(self, lines):
        own = divisions.within(self.user, self.permission)
        self.divisions = divisions.found(own, {line.division for line in lines})
        above = {code for division in self.divisions.values() for code in _and_above(division.code)}
        known = Organisation.objects.filter(division_id__in=above)
        self.known = {(each.division_id, each.name): each for each in known}
        self.listed = {}

    def take(self, line):
        division = self.divisions.get(line.division)
        if division is None:
            raise RowRefused(_("there is no division {code}").format(code=line.division), "division")
        key = (division.code, line.name)
        self._refuse_repeat(key, line)
        change = Change(line.number, line.name)
        organisation = self.known.get(key) or self._add(division, line, change)
        change.differs(self.basket.change(organisation, **line.told(FACTS)))
        if line.parent:
            self.afterwards.append((line, lambda: self._put_below(organisation, line, change)))
        return change

    def _refuse_repeat(self, key, line):
        if self.listed.setdefault(key, line.number) != line.number:
            said = _("{name} stands in line {line} already").format(name=line.name, line=self.listed[key])
            raise RowRefused(said, "name")

    def _add(self, division, line, change):
        change.is_new()
        new = self.basket.put(Organisation(division=division, name=line.name, **line.told(FACTS)))
        self.known[division.code, line.name] = new
        return new

    def _put_below(self, organisation, line, change):
        """Below a body of its own division, or else of the nearest one above."""
        hits = [self.known.get((code, line.parent)) for code in _and_above(organisation.division_id)]
        parent = next(filter(None, hits), None)
        if parent is None or parent is organisation:
            raise RowRefused(_("there is no {name} here").format(name=line.parent), "parent")
        if parent.pk:
            change.differs(self.basket.change(organisation, parent=parent))
        else:
            self.basket.point(organisation, "parent", parent)


def _and_above(code):
    """The codes a division may hang below, itself first."""
    from_below = [code[:12], code[:9], code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
    return list(dict.fromkeys(each for each in from_below if len(each) <= len(code)))
