"""The addresses of stations."""

from django.urls import include, path

urlpatterns = [
    path("stations/", include("stations.register.urls")),
    path("eight-haves/", include("stations.eight_haves.urls")),
    path("assessments/", include("stations.assessment.urls")),
    path("receptions/", include("stations.receptions.urls")),
    path("", include("stations.receptions.feed_urls")),
]
