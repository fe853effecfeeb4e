"""人大代表履职档案: what is on record of a person's duty in some days, as sections for the page, Word and PDF alike.

Sections and their order are those of `domain.md` 2.11; every figure comes from the record.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feedback.proposals import progress
from liaison.duty.record import Record, record_of
from liaison.duty.sources import PROPOSAL, REPORT
from liaison.tools.periods import Period
from liaison.tools.word import Section
from representatives.models import CommitteePost, DutyStatement, GroupMember, Mandate, Person
from representatives.models.duty import IN_SESSION, PRESENCE_CHOICES, PRESENT
from stations.register.models import StationAssignment

MEETINGS, OUTREACH, TRAINING = ("congress", "sitting_in"), ("reception", "outreach"), ("training",)
FACTS = ("gender", "ethnic_group", "born_in", "party", "education")


@dataclass(frozen=True)
class Archive:
    """All that stands on the paper."""

    person: Person
    period: Period
    title: str
    name: str
    days: str
    sections: list[Section]

    @property
    def texts(self) -> list[str]:
        """Everything that is read on the paper, in its order."""
        return [self.title, self.name, self.days, *(text for section in self.sections for text in section.texts)]


def of(person, period: Period, *, is_own: bool = False) -> Archive:
    """`is_own`: with the facts about the person that are not public; for themselves and for who keeps the register."""
    record = record_of(person.pk, period)
    sections = [
        _person(person, period, is_own),
        _summary(record),
        _meetings(record),
        _proposals(record),
        _activities(record),
        _outreach(record),
        _training(record),
        *_reports(record),
        *_statements(person, period),
        _checklist(record),
        _signatures(),
    ]
    words = period.words
    return Archive(
        person,
        period,
        _("Duty archive of a representative of the people's congress"),
        person.name,
        words,
        [section for section in sections if section],
    )


def _person(person, period, is_own) -> Section:
    shown = [name for name in FACTS if getattr(person, name) and (is_own or getattr(person, f"is_{name}_public"))]
    facts = [(str(person._meta.get_field(name).verbose_name), _fact(person, name)) for name in shown]
    if person.work and (is_own or person.is_work_public):
        facts.append((str(person._meta.get_field("work").verbose_name), person.work))
    facts += [(_("mandate"), words) for words in _seats(person, period)]
    facts += [(_("station"), words) for words in _stations(person, period)]
    facts += [(_("group of representatives"), words) for words in _groups(person, period)]
    facts += [(_("post"), words) for words in _posts(person, period)]
    return Section(_("Basic facts"), facts=[(pgettext("person", "name"), person.name), *facts])


def _fact(person, name) -> str:
    return str(person.get_gender_display()) if name == "gender" else getattr(person, name)


def _lasting(rows, period, names=("starts_on", "ends_on")):
    """Those that held on some day of the period."""
    first, last = names
    return rows.filter(**{f"{first}__lte": period.ends_on}).exclude(**{f"{last}__lt": period.starts_on})


def _seats(person, period):
    rows = _lasting(Mandate.objects.filter(person=person), period).select_related("term__congress")
    for seat in rows.order_by("starts_on", "id"):
        yield " ".join(
            filter(
                None,
                (
                    str(seat.term),
                    seat.electoral_district or seat.electing_unit,
                    seat.delegation,
                    seat.certificate_no,
                    str(seat.get_status_display()),
                ),
            )
        )


def _stations(person, period):
    rows = StationAssignment.objects.filter(mandate__person=person).select_related("station")
    held = _lasting(rows, period, ("valid_from", "valid_to")).order_by("valid_from", "id")
    return dict.fromkeys(row.station.name for row in held)


def _groups(person, period):
    rows = GroupMember.objects.filter(mandate__person=person).select_related("group")
    for row in _lasting(rows, period).order_by("starts_on", "id"):
        yield f"{row.group.name} {row.get_role_display()}"


def _posts(person, period):
    rows = CommitteePost.objects.filter(person=person).select_related("congress", "committee")
    for row in _lasting(rows, period).order_by("starts_on", "id"):
        yield " ".join(filter(None, (str(row.congress), str(row.get_post_display()), str(row.committee or ""))))


def _summary(record: Record) -> Section:
    rows = [[line.group_words, line.kind.name, str(line.count)] for line in record.lines]
    return Section(_("How often"), headings=[_("when"), _("kind of duty"), _("times")], rows=rows)


def _meetings(record) -> Section:
    kinds = {line.kind.pk for line in record.lines if line.kind.group == IN_SESSION or line.kind.pk in MEETINGS}
    rows = [row for row in record.rows if row.kind in kinds - {PROPOSAL, REPORT}]
    counts = {key: sum(row.status == key for row in rows) for key, _words in PRESENCE_CHOICES}
    words = [f"{words} {counts[key]}" for key, words in PRESENCE_CHOICES]
    return _of_rows(_("Meetings"), record, rows, with_status=True, words=["　".join(words)])


def _proposals(record) -> Section:
    rows = [row for row in record.rows if row.kind == PROPOSAL and row.key.startswith("proposal:")]
    lines = [
        [
            str(row.date),
            row.source.label,
            row.what,
            row.where,
            str(progress.state_in_house(row.source)),
            str(row.source.reply_type or "") if row.source.has_reply else "",
            _("delivered") if row.source.is_delivered else "",
        ]
        for row in rows
    ]
    others = [row for row in record.rows if row.kind == PROPOSAL and row not in rows]
    lines += [[str(row.date), "", row.what, "", str(row.status_words), "", ""] for row in others]
    headings = [_("date"), _("number"), _("title"), _("part"), _("status"), _("reply type"), _("delivered")]
    return Section(
        _("Bills and proposals"), headings=headings, rows=lines, words=[] if lines else [_("none on record")]
    )


def _activities(record) -> Section:
    elsewhere = {*MEETINGS, *OUTREACH, *TRAINING, PROPOSAL, REPORT}
    kinds = {line.kind.pk for line in record.lines if line.kind.group != IN_SESSION} - elsewhere
    return _of_rows(_("Activities"), record, [row for row in record.rows if row.kind in kinds])


def _outreach(record) -> Section:
    return _of_rows(_("Receiving and visiting residents"), record, [row for row in record.rows if row.kind in OUTREACH])


def _training(record) -> Section:
    return _of_rows(_("Study and training"), record, [row for row in record.rows if row.kind in TRAINING])


def _of_rows(title, record, rows, *, with_status=False, words=()) -> Section:
    """Leave and absence are told where meetings are told; elsewhere whoever was not there has done nothing."""
    names = {line.kind.pk: line.kind.name for line in record.lines}
    told = [row for row in rows if with_status or row.status == PRESENT]
    headings = [
        _("date"),
        _("kind of duty"),
        pgettext("duty", "what was done"),
        _("where"),
        *([pgettext("meeting", "attendance")] if with_status else []),
    ]
    lines = [
        [str(row.date), names[row.kind], row.what, row.where, *([str(row.status_words)] if with_status else [])]
        for row in told
    ]
    return Section(title, headings=headings, rows=lines, words=list(words) if lines else [_("none on record")])


def _reports(record) -> list[Section]:
    rows = [row for row in record.rows if row.kind == REPORT and row.status == PRESENT]
    reports = [row.source for row in rows if row.key.startswith("report:")]
    others = [row for row in rows if not row.key.startswith("report:")]
    title = _("Reports to voters")
    if not rows:
        return [Section(title, words=[_("none on record")])]
    found = [Section(title, facts=_report(report)) for report in reports]
    return found + ([_of_rows(title, record, others)] if others else [])


def _report(report) -> list[tuple[str, str]]:
    name = {field.name: str(field.verbose_name) for field in report._meta.fields}
    votes = "　".join(f"{words} {number}" for words, number in report.votes)
    facts = [
        (name["date"], str(report.date)),
        (name["place"], report.place),
        (name["form"], str(report.get_form_display())),
        (name["audience"], str(report.audience)),
        (_("votes"), votes),
    ]
    told = [(name[key], getattr(report, key)) for key in ("summary", "questions", "follow_ups")]
    return facts + [(words, text) for words, text in told if text]


def _statements(person, period):
    years = (period.starts_on.year, period.ends_on.year)
    rows = DutyStatement.objects.filter(mandate__person=person, year__range=years, reviewed_on__isnull=False)
    for row in rows.order_by("year", "id"):
        yield Section(_("Yearly duty statement, %(year)s") % {"year": row.year}, words=row.text.splitlines())


def _checklist(record) -> Section | None:
    lines = [
        [str(ticked.year), ticked.item.words, ticked.item.kind.name, str(ticked.item.at_least), str(ticked.done)]
        for ticked in record.checklist
    ]
    headings = [_("year"), _("wording"), _("kind of duty"), _("at least"), _("done so far")]
    return Section(_("Yearly checklist"), headings=headings, rows=lines) if lines else None


def _signatures() -> Section:
    who = (
        _("the representative"),
        _("the group of representatives"),
        _("the township congress or street work committee"),
        _("the work committee of the standing committee"),
    )
    rows = [[words, "", "", ""] for words in who]
    headings = [pgettext("signature", "who"), pgettext("signature", "opinion"), _("signature"), _("date")]
    return Section(_("Signatures"), headings=headings, rows=rows, is_to_write_on=True)
