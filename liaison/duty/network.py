"""The contact network (双联系、树状图): from the chairs to members, to representatives, to groups of residents.

A tree of one congress on a day, drawn for one user: of the representatives of a division in reach, and of those who
have their place at a station in reach. However large it is, the number of questions asked of the database is the same.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liaison.accounts.scope import divisions_within
from liaison.duty import exchange
from liaison.duty.exchange import VIEW, Exchange, latest
from liaison.tools.periods import Period, months_before
from representatives.models import CommitteePost, Congress, Contact, Mandate
from representatives.models.posts import POST_CHOICES
from stations.register.models import StationAssignment
from stations.visits.pairings import SILENT_MONTHS

RANKS = {post: rank for rank, (post, _words) in enumerate(POST_CHOICES)}
MEMBER, REPRESENTATIVE, GROUP = "member", "representative", "group"


@dataclass
class Branch:
    """One line of the tree. `breaks` say in words what is broken at this branch itself, not below it."""

    kind: str
    pk: int  # of the post, the mandate or the group
    name: str
    note: str = ""
    since: date | None = None
    last_on: date | None = None
    breaks: list[str] = field(default_factory=list)
    exchange: Exchange = field(default_factory=Exchange)
    people: set[int] = field(default_factory=set)
    below: list["Branch"] = field(default_factory=list)

    def lines(self, *above: "Branch") -> Iterator[tuple["Branch", ...]]:
        """This branch and all below it, each with those above it before it."""
        yield (*above, self)
        for branch in self.below:
            yield from branch.lines(*above, self)

    @cached_property
    def broken(self) -> int:
        """How many branches are broken, here and below."""
        return bool(self.breaks) + self.broken_below

    @cached_property
    def broken_below(self) -> int:
        return sum(branch.broken for branch in self.below)


@dataclass(frozen=True)
class Network:
    """`members` hold posts; `unlinked` are representatives with whom no member keeps contact."""

    congress: Congress
    members: list[Branch]
    unlinked: list[Branch]

    @property
    def branches(self) -> list[Branch]:
        return [*self.members, *self.unlinked]

    @property
    def people(self) -> set[int]:
        return set().union(*(branch.people for branch in self.branches))

    @property
    def exchange(self) -> Exchange:
        found = Exchange()
        for branch in self.branches:
            found |= branch.exchange
        return found

    @property
    def broken(self) -> int:
        return sum(branch.broken for branch in self.branches)

    def lines(self) -> Iterator[tuple[Branch, ...]]:
        for branch in self.branches:
            yield from branch.lines()

    def find(self, kind: str, pk: int) -> Branch | None:
        return next((line[-1] for line in self.lines() if (line[-1].kind, line[-1].pk) == (kind, pk)), None)


def mandates_of(user, on: date) -> QuerySet:
    """In office, and of a division in reach or with a place at a station in reach."""
    placed = StationAssignment.objects.visible_to(user, VIEW).in_force(on).order_by().values("mandate")
    own = Q(term__congress__division__in=divisions_within(user, VIEW))
    return Mandate.objects.active(on).filter(own | Q(pk__in=placed))


def congresses_of(user, on: date) -> list[Congress]:
    """Those with a network to draw; first the one that is meant when nothing is said.

    That is the highest within reach, or else, for whoever works below it, the nearest above.
    """
    posts = CommitteePost.objects.in_force(on).filter(congress=OuterRef("pk"))
    theirs = mandates_of(user, on).order_by().values("term__congress")
    rows = Congress.objects.filter(Q(pk__in=theirs) | Q(division__in=divisions_within(user, VIEW)))
    own = Q(division__in=divisions_within(user, VIEW))
    rows = rows.annotate(has_posts=Exists(posts), is_own=Exists(Congress.objects.filter(own, pk=OuterRef("pk"))))
    return sorted(rows, key=_how_near)


def _how_near(congress):
    return (
        not congress.has_posts,
        not congress.is_own,
        congress.level if congress.is_own else -congress.level,
        congress.pk,
    )


def network_of(user, congress: Congress, period: Period, on: date) -> Network:
    """`congress` as `congresses_of` gives it. Links are those of the day; what went up is that of the period."""
    trunk = _Trunk(user, congress, on)
    leaves = _Leaves(trunk, user, period)
    members = [leaves.member(post) for post in trunk.posts]
    return Network(congress, members, [leaves.without_member(mandate) for mandate in trunk.unlinked])


class _Trunk:
    """The rows of which the tree is made."""

    def __init__(self, user, congress, on):
        self.on, reach = on, mandates_of(user, on)
        links = Contact.objects.in_force(on).select_related("mandate__person", "mandate__term__congress")
        self.up = list(links.filter(post__congress=congress, mandate__in=reach.order_by().values("pk")))
        posts = CommitteePost.objects.in_force(on).filter(congress=congress).select_related("person")
        known = {link.post_id for link in self.up}
        self.posts = sorted((post for post in posts if congress.is_own or post.pk in known), key=_by_rank)
        holders = {post.person_id for post in posts}
        seats = list(reach.filter(term__congress=congress).select_related("person", "term__congress").order_by("pk"))
        self.seats_of_members = [seat for seat in seats if seat.person_id in self.members]
        linked = {link.mandate_id for link in self.up}
        self.unlinked = [seat for seat in seats if seat.pk not in linked and seat.person_id not in holders]
        mandates = {*linked, *(seat.pk for seat in seats)}
        self.down = list(
            links.filter(mandate__in=mandates, group__isnull=False).select_related("mandate", "group__division")
        )

    @property
    def members(self) -> set[int]:
        return {post.person_id for post in self.posts}

    @property
    def representatives(self) -> set[int]:
        """Persons below the members, with a member or without."""
        return {link.mandate.person_id for link in self.up} | {seat.person_id for seat in self.unlinked}


def _by_rank(post):
    return RANKS[post.post], post.starts_on, post.pk


class _Leaves:
    """Branches made of the rows, with what is derived for each."""

    def __init__(self, trunk, user, period):
        self.trunk, on = trunk, trunk.on
        self.silent_since = months_before(on, SILENT_MONTHS)
        everybody = trunk.members | trunk.representatives
        self.exchanges = exchange.exchanges(user, period, everybody)
        self.met = exchange.met(trunk.members, trunk.representatives, on)
        self.went_to = exchange.went_to({link.mandate.person_id for link in trunk.down}, on)
        self.logged = exchange.logged([link.pk for link in (*trunk.up, *trunk.down)], on)
        self.links_of, self.groups_of = defaultdict(list), defaultdict(list)
        for link in trunk.up:
            self.links_of[link.post_id].append(link)
        for link in sorted(trunk.down, key=lambda link: (link.starts_on, link.pk)):
            self.groups_of[link.mandate_id].append(link)

    def member(self, post) -> Branch:
        """The member's own groups of residents stand beside the representatives."""
        links = sorted(self.links_of[post.pk], key=lambda link: (link.starts_on, link.pk))
        below = [self.linked(link, post) for link in links]
        branch = Branch(MEMBER, post.pk, post.person.name, post.get_post_display(), post.starts_on)
        branch.breaks += [] if below else [_("keeps contact with no representative")]
        seats = [seat for seat in self.trunk.seats_of_members if seat.person_id == post.person_id]
        branch.below = below + [group for seat in seats for group in self.groups(seat)]
        branch.people = {post.person_id}.union(*(each.people for each in below))
        branch.last_on = latest(*(each.last_on for each in below))
        return self._with_exchange(branch)

    def linked(self, link, post) -> Branch:
        branch = self._representative(link.mandate, link.starts_on)
        branch.last_on = latest(self.met.get((post.person_id, link.mandate.person_id)), self.logged.get(link.pk))
        self._look_for_silence(branch)
        return branch

    def without_member(self, mandate) -> Branch:
        branch = self._representative(mandate, None)
        branch.breaks.insert(0, _("no committee member keeps contact"))
        return branch

    def _representative(self, mandate, since) -> Branch:
        note = mandate.electoral_district or mandate.electing_unit
        branch = Branch(REPRESENTATIVE, mandate.pk, mandate.person.name, note, since, people={mandate.person_id})
        branch.below = self.groups(mandate)
        branch.breaks += [] if branch.below else [_("keeps contact with no group of residents")]
        return self._with_exchange(branch)

    def groups(self, mandate) -> list[Branch]:
        return [self._group(link) for link in self.groups_of[mandate.pk]]

    def _group(self, link) -> Branch:
        group = link.group
        branch = Branch(GROUP, group.pk, group.name, note_of(group), link.starts_on)
        visited = self.went_to.get((link.mandate.person_id, group.division_id))
        branch.last_on = latest(visited, self.logged.get(link.pk))
        self._look_for_silence(branch)
        return branch

    def _look_for_silence(self, branch):
        """As for pairings: a young link is not silent yet."""
        is_heard = branch.last_on is not None and branch.last_on >= self.silent_since
        if branch.since < self.silent_since and not is_heard:
            words = _("no contact for over %(months)s months") % {"months": SILENT_MONTHS}
            branch.breaks.insert(0, words)

    def _with_exchange(self, branch):
        for person in branch.people:
            if person in self.exchanges:
                branch.exchange |= self.exchanges[person]
        return branch


def note_of(group) -> str:
    """Where the residents live and how many households they are."""
    size = group.households and ngettext("%(count)s household", "%(count)s households", group.households)
    size = size % {"count": group.households} if size else ""
    return " · ".join(filter(None, (group.division.name, group.covers, size)))
