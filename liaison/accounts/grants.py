"""What a user's grants reach."""

from liaison.accounts.models import Grant
from liaison.accounts.scope import Reach


def reaches_of_grants(user, on):
    for grant in Grant.objects.in_force(on).filter(user=user):
        yield Reach(grant.role, division=grant.division_id, organisation=grant.organisation_id)
