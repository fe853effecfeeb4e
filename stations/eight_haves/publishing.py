"""Publishing a standard, the one door from draft to published: what stands in its way, and the step itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison.audit.trail import record
from stations.eight_haves.drafts import DRAFT, PUBLISHED
from stations.eight_haves.models import CROSSED, NO_KIND, Criterion, Have, Standard
from stations.eight_haves.thresholds import wrong_with


@dataclass(frozen=True)
class Obstacle:
    """Why a standard cannot be published: the field of the page, or the item, at which it is mended."""

    words: str
    field: str = ""
    have: Have | None = None


class NotPublishable(Exception):
    def __init__(self, obstacles: list[Obstacle]):
        self.obstacles = obstacles
        super().__init__("; ".join(str(obstacle.words) for obstacle in obstacles))


def publish(standard: Standard, by, valid_from: date, valid_to: date | None = None) -> Standard:
    """Two at once: one succeeds. NotPublishable with every reason."""
    with transaction.atomic():
        found = _held(standard)
        found.valid_from, found.valid_to = valid_from, valid_to
        if obstacles := [*of_days(found, timezone.localdate()), *of_contents(found)]:
            raise NotPublishable(obstacles)
        said = {"valid_from": valid_from, "valid_to": valid_to}
        stamp = {"state": PUBLISHED, "published_at": timezone.now(), "published_by": by}
        if not Standard.objects.filter(pk=found.pk, state=DRAFT).update(**said, **stamp):
            raise NotPublishable([_already_published()])
    found.refresh_from_db()
    record("publish_standard", found, actor=by, detail={"from": str(valid_from), "to": str(valid_to or "")})
    return found


def _held(standard):
    """As it is now, with all of its division locked: two of them begin on one day only one after the other."""
    rows = Standard.objects.select_for_update().filter(division=standard.division_id).order_by("pk")
    found = next((row for row in rows if row.pk == standard.pk), None)
    if found is None or found.is_published:
        raise NotPublishable([_already_published()])
    return found


def _already_published():
    return Obstacle(_("Somebody else has just published or moved this standard, please look at it again."))


def of_days(standard: Standard, today: date) -> Iterator[Obstacle]:
    """No score of the past changes, and on one day only one standard begins for a kind of station."""
    if standard.valid_from < today:
        yield Obstacle(_("A standard begins today or later, so that no earlier score changes."), "valid_from")
    if standard.valid_to and standard.valid_to < standard.valid_from:
        yield Obstacle(CROSSED, "valid_to")
    same_day = Standard.objects.published().filter(division=standard.division_id, valid_from=standard.valid_from)
    for other in same_day.exclude(pk=standard.pk):
        if set(other.kinds) & set(standard.kinds):
            words = _("%(standard)s begins on the same day for the same kinds of stations, please choose another day.")
            yield Obstacle(words % {"standard": other}, "valid_from")


def of_contents(standard: Standard) -> Iterator[Obstacle]:
    haves = list(standard.haves.prefetch_related("criteria__thresholds"))
    if not standard.kinds:
        yield Obstacle(NO_KIND)
    if not haves:
        yield Obstacle(_("This standard has no item yet, please add one."))
    for have in haves:
        yield from _of_have(have)


def _of_have(have):
    criteria = list(have.criteria.all())
    if not criteria:
        words = _("“%(have)s”: nothing is asked here yet, please choose a measure.")
        yield Obstacle(words % {"have": have.name}, have=have)
    for criterion in criteria:
        for words in of_criterion(criterion):
            facts = {"have": have.name, "measure": criterion, "words": words}
            yield Obstacle(_("“%(have)s”, “%(measure)s”: %(words)s") % facts, have=have)


def of_criterion(criterion: Criterion) -> Iterator[str]:
    """What is wrong with one criterion, in words."""
    measure, thresholds = criterion.known_measure, list(criterion.thresholds.all())
    if measure is None:
        yield _("this measure is not known here, please take it away.")
    elif set(criterion.options) - {option.key for option in measure.options}:
        yield _("it has settings its measure does not know, please save it again.")
    if not thresholds:
        yield _("please write from which number on it is met.")
    elif measure:
        found = (words for row in thresholds for _mark, words in wrong_with(row.met, row.basically, criterion))
        yield from dict.fromkeys(found)  # each once, however many kinds of stations have it
