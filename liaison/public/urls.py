"""The addresses of pages composed from several apps."""

from django.urls import path

from liaison.public import views

app_name = "public"
urlpatterns = [
    path("stations/<slug:code>/", views.station, name="station"),
    path("stations/<slug:code>/qr.svg", views.station_qr, name="station_qr"),
    path("results/", views.results, name="results"),
    path("results/<int:pk>/", views.result, name="result"),
]
