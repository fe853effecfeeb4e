from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "stations.register"
    label = "stations"
    verbose_name = _("stations")

    def ready(self):
        from liaison.accounts import granting, scope
        from representatives import standing
        from representatives.models.reaching import set_placing
        from stations.register import placements
        from stations.register.pairings import reaches_of_pairings
        from stations.register.posts import HOLDING, reaches_of_posts

        scope.add_source(reaches_of_posts)
        scope.add_follower(reaches_of_pairings)
        granting.add_holding(HOLDING)
        set_placing(placements.within)
        standing.add_follower(placements.FOLLOWER)
