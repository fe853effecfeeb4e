from django.urls import path, re_path

from stations.eight_haves import views

FILE = r"\.(?P<kind>csv|xlsx)$"

app_name = "eight_haves"
urlpatterns = [
    path("", views.index, name="index"),
    re_path(rf"^stations{FILE}", views.download, name="download"),
    path("<slug:code>/", views.station, name="station"),
    re_path(rf"^(?P<code>[-\w]+)/scorecard{FILE}", views.scorecard, name="scorecard"),
    path("<slug:code>/<slug:have>/<int:place>/", views.criterion, name="criterion"),
    re_path(rf"^(?P<code>[-\w]+)/(?P<have>[-\w]+)/(?P<place>[0-9]{{1,3}})/rows{FILE}", views.rows, name="rows"),
]
