"""The addresses of stations."""

from django.urls import include, path

urlpatterns = [path("stations/", include("stations.register.urls"))]
