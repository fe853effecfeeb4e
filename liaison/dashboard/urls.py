from django.urls import path, re_path

from liaison.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.index, name="index"),
    path("coverage/", views.coverage, name="coverage"),
    path("brief/", views.brief, name="brief"),
    re_path(r"^(?P<key>[a-z_]+)\.(?P<kind>csv|xlsx)$", views.download, name="download"),
    path("<slug:key>/", views.figure, name="figure"),
]
