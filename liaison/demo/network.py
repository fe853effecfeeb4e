"""The contact network: who keeps contact with whom, and the contacts that were no visits.

The last member keeps contact with nobody yet, a link has long been silent, and two representatives have been left out:
that is what broken branches are.
"""

from datetime import timedelta
from itertools import cycle

from liaison.demo.library import phrases, pieces, rows
from liaison.demo.people import SINCE
from liaison.demo.places import DISTRICT
from representatives.models import CommitteePost, Contact, ContactEvent, Mandate, ResidentGroup
from stations.register.models import StationAssignment

LEFT_OUT = 2
LONGEST_AGO = 100  # days
WAYS = ("phone", "door_to_door", "in_person", "wechat", "meeting")


def link(last) -> None:
    posts = {row.person.name: row for row in CommitteePost.objects.select_related("person")}
    seats = Mandate.objects.filter(term__congress__division=DISTRICT).select_related("person").order_by("pk")
    by_name = {row.person.name: row for row in seats}
    for row in rows("contacts"):
        _link_as_told(last, row, posts.get(row["member"]), by_name.pop(row["representative"]))
    others = [mandate for name, mandate in by_name.items() if name not in posts][:-LEFT_OUT]
    _link_the_others(last, others, list(posts.values())[:-1])


def _link_as_told(last, row, post, mandate) -> None:
    up = [Contact.objects.create(mandate=mandate, post=post, starts_on=SINCE)] if post else []
    down = [_below(mandate, *group) for group in pieces(row["groups"], "/")]
    for days, way, heard, answered in pieces(row["events"], ">"):
        day = last - timedelta(days=int(days))
        _write_down(day, up, row["member"], way=way, heard=heard, answered=answered)
        _write_down(day, down, row["representative"], way="door_to_door")


def _write_down(day, links, who, **told) -> None:
    ContactEvent.objects.bulk_create(ContactEvent(contact=link, on=day, who=who, **told) for link in links)


def _below(mandate, name, division, covers, households) -> Contact:
    facts = {"division_id": division, "covers": covers, "households": int(households)}
    group = ResidentGroup.objects.create(name=name, **facts)
    return Contact.objects.create(mandate=mandate, group=group, starts_on=SINCE)


def _link_the_others(last, mandates, posts) -> None:
    """In turn with the members, each with a group of their electoral district, and seen within the last months."""
    places = StationAssignment.objects.filter(mandate__in=mandates).values_list("mandate", "station__division")
    divisions = dict(places)
    (name,) = phrases("resident_group")
    for number, (mandate, post, way) in enumerate(zip(mandates, cycle(posts), cycle(WAYS), strict=False)):
        up = Contact.objects.create(mandate=mandate, post=post, starts_on=SINCE)
        facts = divisions[mandate.pk], mandate.electoral_district, 30 + 7 * number % 60
        down = _below(mandate, name.format(name=mandate.person.name), *facts)
        _write_down(last - timedelta(days=(number * 17) % LONGEST_AGO + 1), [up, down], "", way=way)
