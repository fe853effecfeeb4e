from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from liaison.api.docs import docs
from liaison.api.figures import FigureViewSet
from liaison.api.open import ReceptionViewSet, RepresentativeViewSet, ResultViewSet, StationViewSet
from liaison.api.scorecards import ScorecardViewSet

router = SimpleRouter()
router.register("stations", StationViewSet, basename="station")
router.register("representatives", RepresentativeViewSet, basename="representative")
router.register("receptions", ReceptionViewSet, basename="reception")
router.register("opinions", ResultViewSet, basename="result")
router.register("figures", FigureViewSet, basename="figure")
router.register("scorecards", ScorecardViewSet, basename="scorecard")

urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("docs/", docs, name="docs"),
]
