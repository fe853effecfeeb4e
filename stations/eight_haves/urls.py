from django.urls import path, re_path

from stations.eight_haves import views

app_name = "eight_haves"
urlpatterns = [
    path("", views.index, name="index"),
    re_path(r"^stations\.(?P<kind>csv|xlsx)$", views.download, name="download"),
    path("<slug:code>/", views.station, name="station"),
]
