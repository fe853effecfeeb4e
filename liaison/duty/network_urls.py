from django.urls import path, re_path

from liaison.duty import network_pages

app_name = "network"
urlpatterns = [
    path("", network_pages.index, name="index"),
    path("print/", network_pages.printed, name="print"),
    re_path(r"^branches\.(?P<kind>csv|xlsx)$", network_pages.download, name="download"),
    path("<slug:key>/", network_pages.rows, name="rows"),
]
