"""Sessions, groups of representatives, members of the standing committee, and last year's duty statements."""

from datetime import date

from liaison.accounts.models import User
from liaison.demo.library import phrase, phrases
from liaison.demo.places import DISTRICT
from representatives.models import CommitteePost, DutyStatement, Group, GroupMember, Mandate, Session, Term
from stations.register.models import Station
from stations.visits.models import Attendance

MEETS = (1, 8)  # of January
REVIEWED = (2, 20)  # of February
MEMBERS = 4


def organise(year, company) -> None:
    _meet(year.today)
    term = Term.objects.get(congress__division=DISTRICT)
    _form_groups(term, company)
    _seat_committee(term)
    _state_duty(year, term)


def _meet(today) -> None:
    """The first session opens the term; the others follow every January."""
    for term in Term.objects.all():
        later = [date(year, *MEETS) for year in range(term.starts_on.year + 1, today.year + 1)]
        days = [term.starts_on, *(day for day in later if term.starts_on < day <= today)]
        Session.objects.bulk_create(
            Session(term=term, ordinal=ordinal, starts_on=day) for ordinal, day in enumerate(days, 1)
        )


def _form_groups(term, company) -> None:
    """One by region at each station that has representatives of the district; the first of them leads it."""
    for station in Station.objects.filter(code__in=company.mandates).order_by("code"):
        placed = [mandate for mandate in company.mandates[station.code] if mandate.term_id == term.pk]
        if placed:
            name = phrase("group_name", place=_short(station.name))
            _group(term, name, "region", station.served_area, placed)


def _short(name) -> str:
    """Where it is, without what it is."""
    for ending in phrases("station_ending"):
        name = name.replace(ending, "")
    return name


def _group(term, name, kind, covers, mandates) -> None:
    group = Group.objects.create(term=term, name=name, kind=kind, covers=covers)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, mandate=mandate, role="member" if number else "leader", starts_on=mandate.starts_on)
        for number, mandate in enumerate(mandates)
    )


def _seat_committee(term) -> None:
    """The first of those elected sit in the standing committee as well."""
    CommitteePost.objects.bulk_create(
        CommitteePost(person=mandate.person, congress=term.congress, post="member", starts_on=term.starts_on)
        for mandate in _of(term)[:MEMBERS]
    )


def _state_duty(year, term) -> None:
    """What the visits of last year say of each, written by the township and reviewed by the district."""
    reviewed_on, told = date(year.today.year, *REVIEWED), year.today.year - 1
    if reviewed_on > year.last:
        return
    writer, reviewer = (User.objects.get(username=name) for name in ("township_officer", "officer"))
    facts = {"year": told, "written_by": writer, "reviewed_by": reviewer}
    DutyStatement.objects.bulk_create(
        DutyStatement(mandate=mandate, text=text, reviewed_on=reviewed_on, published_on=reviewed_on, **facts)
        for mandate in _of(term)
        if (text := _text(mandate, told))
    )


def _text(mandate, year) -> str:
    """Numbers of the visits themselves, so that nothing is told that did not happen."""
    seen = Attendance.objects.filter(mandate=mandate, status="present", visit__date__year=year)
    visits = [row.visit for row in seen.select_related("visit")]
    receptions = sum(visit.form == "reception" for visit in visits)
    if not visits:
        return ""
    return phrase("duty_statement", year=year, visits=len(visits), receptions=receptions)


def _of(term) -> list[Mandate]:
    return list(Mandate.objects.filter(term=term).select_related("person").order_by("pk"))
