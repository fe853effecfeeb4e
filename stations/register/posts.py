"""What a user's staff posts reach: the station of the post."""

from django.db.models import Q

from liaison.accounts.granting import Holding
from liaison.accounts.scope import Reach
from stations.register.models import POST_CHOICES, StaffPost

ROLE_OF_POST = {"head": "station_head", "deputy_head": "station_head"}


def reaches_of_posts(user, on):
    """Asked for every page, so without the usual order: that needs other tables."""
    held = StaffPost.objects.in_force(on).filter(user=user).order_by("pk")
    for post, station in held.values_list("post", "station_id"):
        yield Reach(role_of(post), station=station)


def role_of(post: str) -> str:
    return ROLE_OF_POST.get(post, "staff")


def of_roles(roles) -> Q:
    """The posts that give one of the roles."""
    return Q(post__in=[post for post, _label in POST_CHOICES if role_of(post) in roles])


HOLDING = Holding(StaffPost, of_roles)
