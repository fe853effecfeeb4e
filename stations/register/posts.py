"""What a user's staff posts reach: the station of the post."""

from liaison.accounts.scope import Reach
from stations.register.models import StaffPost

ROLE_OF_POST = {"head": "station_head", "deputy_head": "station_head"}


def reaches_of_posts(user, on):
    for post in StaffPost.objects.in_force(on).filter(user=user):
        yield Reach(ROLE_OF_POST.get(post.post, "staff"), station=post.station_id)
