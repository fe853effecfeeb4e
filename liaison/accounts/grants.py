"""What a user's grants reach."""

from django.db.models import Q

from liaison.accounts.granting import Holding
from liaison.accounts.models import Grant
from liaison.accounts.scope import Reach


def reaches_of_grants(user, on):
    for grant in Grant.objects.in_force(on).filter(user=user):
        yield Reach(grant.role, division=grant.division_id, organisation=grant.organisation_id)


def _of_roles(roles):
    return Q(role__in=roles)


HOLDING = Holding(Grant, _of_roles)
