"""A representative's own part of the contact network: who keeps contact with them, and with whom they do."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from liaison.duty import exchange
from liaison.duty.network import note_of
from representatives.models import Contact


@dataclass(frozen=True)
class Tie:
    """One link, as the representative reads it."""

    name: str
    note: str
    last_on: date | None


def ties_of(own) -> dict[str, list[Tie]]:
    """`members` above and `groups` below, of the mandates in office on the day; `others` whom a member looks after."""
    links = Contact.objects.in_force(own.on).filter(Q(mandate__in=own.seats) | Q(post__person=own.person))
    links = links.select_related("post__person", "group__division", "mandate__person")
    links = list(links.order_by("starts_on", "pk"))
    return _ties(own, links) if links else {"members": [], "groups": [], "others": []}


def _ties(own, links) -> dict[str, list[Tie]]:
    me = own.person.pk
    others = [link for link in links if link.mandate.person_id != me]
    up = [link for link in links if link.post and link not in others]
    down = [link for link in links if link.group]
    above, below = {link.post.person_id for link in up}, {link.mandate.person_id for link in others}
    met = exchange.met({me}, above | below, own.on)
    went_to, logged = exchange.went_to({me}, own.on), exchange.logged([link.pk for link in links], own.on)
    return {
        "members": [_up(link, met.get((me, link.post.person_id)), logged) for link in up],
        "others": [_other(link, met.get((me, link.mandate.person_id)), logged) for link in others],
        "groups": [_down(link, went_to.get((me, link.group.division_id)), logged) for link in down],
    }


def _up(link, met_on, logged) -> Tie:
    return Tie(link.post.person.name, link.post.get_post_display(), exchange.latest(met_on, logged.get(link.pk)))


def _other(link, met_on, logged) -> Tie:
    mandate = link.mandate
    place = mandate.electoral_district or mandate.electing_unit
    return Tie(mandate.person.name, place, exchange.latest(met_on, logged.get(link.pk)))


def _down(link, visited_on, logged) -> Tie:
    return Tie(link.group.name, note_of(link.group), exchange.latest(visited_on, logged.get(link.pk)))
