"""What a committee reaches: the stations it is paired with (对口联系)."""

from liaison.accounts.scope import Reach
from stations.register.models import Pairing

ROLE = "committee"


def reaches_of_pairings(reaches, on):
    """One reach a station, for whoever has the role over the paired committee. Nobody else costs a question."""
    committees = {reach.organisation for reach in reaches if reach.role == ROLE} - {None}
    if committees:
        paired = Pairing.objects.in_force(on).filter(organisation__in=committees)
        for station in sorted(set(paired.values_list("station", flat=True))):
            yield Reach(ROLE, station=station)
