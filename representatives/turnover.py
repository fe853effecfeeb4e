"""换届: one reviewed act by which a congress's mandates end and those elected again go on in the new term.

What is previewed is what is done: the plan has a digest of all it stands on, and is refused where that has changed.
Whoever is new is entered or imported afterwards.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db import transaction

from liaison.tools.admin import record
from representatives.models import Congress, Mandate, MandateStatus, StatusReason, Term
from representatives.models.mandates import ACTIVE, ENDED
from representatives.standing import end_what_hangs_there, followers

TERM_OVER = "term_over"
COPIED = ("electoral_district", "electing_unit", "delegation")


class Changed(Exception):
    """Something the preview showed is not so any more."""


@dataclass(frozen=True)
class Plan:
    """The first day of a congress's new term, and the mandates (by key) whose holders were elected again."""

    congress: Congress
    ordinal: int
    starts_on: date
    elected_again: frozenset[int] = field(default_factory=frozenset)

    @property
    def last_day(self) -> date:
        return self.starts_on - timedelta(days=1)

    @cached_property
    def term(self) -> Term | None:
        """The new term, where it is registered already."""
        return self.congress.terms.filter(ordinal=self.ordinal).first()

    @cached_property
    def old(self) -> list[Mandate]:
        """Mandates of earlier terms that are not over, as they were entered."""
        return list(sitting(self.congress, self.ordinal))

    @cached_property
    def in_new_term(self) -> dict[int, int]:
        """Person -> mandate of those registered in the new term already."""
        found = Mandate.objects.filter(term=self.term).exclude(status=ENDED) if self.term else Mandate.objects.none()
        return dict(found.values_list("person_id", "pk"))

    @property
    def going_on(self) -> list[Mandate]:
        return [row for row in self.old if self._goes_on(row)]

    @property
    def ending(self) -> list[Mandate]:
        return [row for row in self.old if not self._goes_on(row)]

    @property
    def digest(self) -> str:
        """Of everything the preview showed; any difference makes another."""
        keys = [row.pk for row in self.old]
        rows = [(row.pk, row.person_id, row.status, row.starts_on, row.ends_on) for row in self.old]
        facts = [self.congress.pk, self.ordinal, self.starts_on, self.term and self.term.starts_on]
        hanging = [follower.facts(keys) for follower in followers()]
        said = [facts, sorted(self.elected_again), rows, sorted(self.in_new_term.items()), hanging]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()

    def _goes_on(self, mandate) -> bool:
        return mandate.pk in self.elected_again or mandate.person_id in self.in_new_term


def sitting(congress: Congress, ordinal: int):
    """Mandates of the congress's terms before this one that are not over."""
    rows = Mandate.objects.filter(term__congress=congress, term__ordinal__lt=ordinal).exclude(status=ENDED)
    return rows.select_related("person", "term__congress").order_by("id")


def carry_out(plan: Plan, digest: str, by) -> Plan:
    """All or nothing; raises Changed where the digest is not that of what stands there now."""
    with transaction.atomic():
        Congress.objects.select_for_update().get(pk=plan.congress.pk)
        list(sitting(plan.congress, plan.ordinal).select_for_update(of=("self",)))
        now = Plan(plan.congress, plan.ordinal, plan.starts_on, plan.elected_again)
        if now.digest != digest:
            raise Changed
        if now.old:
            _do(now, by)
    return now


def _do(plan, by):
    going_on, ending = plan.going_on, plan.ending
    term = plan.term or Term.objects.create(congress=plan.congress, ordinal=plan.ordinal, starts_on=plan.starts_on)
    _end_terms(plan)
    successors = _elect(plan, term, going_on)
    _end_mandates(plan, by)
    for follower in followers():
        follower.went_on(successors, plan.starts_on)
    end_what_hangs_there([row.pk for row in plan.old], plan.last_day)
    detail = {"term": plan.ordinal, "ended": len(ending), "went_on": len(going_on)}
    record("turnover", term, actor=by, detail=detail | {"valid_from": plan.starts_on.isoformat()})


def _end_terms(plan):
    open_terms = plan.congress.terms.filter(ordinal__lt=plan.ordinal, ends_on=None, starts_on__lte=plan.last_day)
    open_terms.update(ends_on=plan.last_day)


def _elect(plan, term, going_on) -> list[tuple[Mandate, Mandate]]:
    """(old, new) of each who goes on; a mandate of the new term that is registered already is taken as it is."""
    found = {row.person_id: row for row in Mandate.objects.in_bulk(plan.in_new_term.values()).values()}
    for old in going_on:
        if old.person_id not in found:
            found[old.person_id] = _successor(old, term, plan.starts_on)
    return [(old, found[old.person_id]) for old in going_on]


def _successor(old, term, starts_on):
    kept = {name: getattr(old, name) for name in COPIED}
    return Mandate.objects.create(person=old.person, term=term, starts_on=starts_on, **kept)


def _end_mandates(plan, by):
    """Set by set: a province has thousands."""
    reason = StatusReason.objects.get(pk=TERM_OVER)
    with_history = set(MandateStatus.objects.filter(mandate__in=plan.old).values_list("mandate", flat=True))
    lines = [_line(row, ACTIVE, row.starts_on, by) for row in plan.old if row.pk not in with_history]
    lines += [_line(row, ENDED, _last_day_of(row, plan), by, reason) for row in plan.old]
    MandateStatus.objects.bulk_create(lines, batch_size=500)
    for row in plan.old:
        row.status, row.ends_on = ENDED, _last_day_of(row, plan)
    Mandate.objects.bulk_update(plan.old, ["status", "ends_on"], batch_size=500)


def _line(mandate, status, since, by, reason=None):
    return MandateStatus(mandate=mandate, status=status, since=since, reason=reason, entered_by=by)


def _last_day_of(mandate, plan) -> date:
    """An earlier end stays; whoever began later than that ends the day they began."""
    return max(mandate.starts_on, min(mandate.ends_on or plan.last_day, plan.last_day))
