"""The addresses of what residents and representatives put forward."""

from django.urls import include, path

urlpatterns = [
    path("", include("feedback.opinions.urls")),
    path("", include("feedback.proposals.urls")),
]
