"""What a user's grants reach."""

from django.db.models import Q

from liaison.accounts.granting import Holding
from liaison.accounts.models import Grant
from liaison.accounts.scope import Reach


def reaches_of_grants(user, on):
    """Asked for every page, so without the usual order: that needs other tables."""
    held = Grant.objects.in_force(on).filter(user=user).order_by("pk")
    for role, division, organisation in held.values_list("role", "division_id", "organisation_id"):
        yield Reach(role, division=division, organisation=organisation)


def _of_roles(roles):
    return Q(role__in=roles)


HOLDING = Holding(Grant, _of_roles)
