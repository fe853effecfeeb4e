"""Feeds lie beside the pages they belong to: `/receptions.ics`, `/stations/<code>/receptions.ics`."""

from django.urls import path

from stations.receptions import feeds

app_name = "feeds"
urlpatterns = [
    path("receptions.ics", feeds.all_stations, name="all"),
    path("stations/<slug:code>/receptions.ics", feeds.one_station, name="station"),
]
