"""What a new visit begins with: the reception it tells of, or the last visit at the same station."""

from django.http import Http404

from stations.receptions.models import CANCELLED, Reception
from stations.visits.models import ENTRY_TYPES, Visit

COPIED = ("starts_at", "ends_at", "place", "form", "recorder", *ENTRY_TYPES.values())  # never what was said


def reception_of(request) -> Reception | None:
    """The one in the address; somebody else's is not there."""
    asked = request.GET.get("reception")
    if asked is None:
        return None
    found = None
    if asked.isascii() and asked.isdigit() and len(asked) < 18:
        found = Reception.objects.visible_to(request.user, "visits.add_visit").filter(pk=asked).first()
    if found is None:
        raise Http404
    return found


def from_reception(reception) -> dict:
    """Its day, hours and place; whoever was to receive is ticked, and is unticked who did not come.

    Those who were given leave are ticked as on leave, with the reason beside the name (`reasons`).
    """
    expected = [str(pk) for pk in reception.mandates.values_list("pk", flat=True)]
    away = on_leave(reception)
    facts = {name: getattr(reception, name) for name in ("date", "starts_at", "ends_at", "place")}
    roll = {"present": expected, "leave": list(away), "reasons": away}
    return facts | {"form": "reception", "enters_representatives": True} | roll


def on_leave(reception) -> dict[str, str]:
    """Mandate -> reason, every one of whoever was given leave and has not been put back among those who receive."""
    given = reception.requests.of_leave().agreed()
    given = given.exclude(mandate__person__in=reception.mandates.values("person"))
    return {str(pk): reason for pk, reason in given.values_list("mandate__person__mandates", "reason")}


def named_for(station, day, hour) -> set[str]:
    """Whose turn it was: the mandates named for the day's receptions, and those given leave; empty where none is named.

    Of several on one day, the one that was held at that hour, or all of them.
    """
    held = Reception.objects.filter(station=station, date=day).exclude(status=CANCELLED)
    held = held.prefetch_related("mandates").order_by("pk")
    meant = [row for row in held if hour and row.starts_at <= hour < row.ends_at] or list(held)
    named = {str(mandate.pk) for row in meant for mandate in row.mandates.all()}
    return named.union(*map(on_leave, meant)) if named else named


def last_visit(station) -> Visit | None:
    return Visit.objects.filter(station=station, voided_on=None).first()


def from_last(station) -> dict:
    """复制上一次: everything that is the same every month."""
    last = last_visit(station)
    if last is None:
        return {}
    there = last.attendances.values_list("mandate_id", "status")
    roll = {word: [str(pk) for pk, status in there if status == word] for word in ("present", "leave")}
    return {name: getattr(last, name) for name in COPIED} | roll
