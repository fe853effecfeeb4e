"""The addresses of pages composed from several apps."""

from django.urls import path

from liaison.public import plates, reception_notices, stations, views

app_name = "public"
urlpatterns = [
    path("stations/<slug:code>/", stations.station, name="station"),
    path("stations/<slug:code>/qr.svg", plates.station_qr, name="station_qr"),
    path("stations/<slug:code>/plate/", plates.page, name="plate"),
    path("stations/<slug:code>/plate.svg", plates.as_svg, name="plate_svg"),
    path("stations/<slug:code>/plate.pdf", plates.as_pdf, name="plate_pdf"),
    path("stations/<slug:code>/notice/", reception_notices.of_a_month, name="month_notice"),
    path("receptions/<int:pk>/notice/", reception_notices.of_a_day, name="day_notice"),
    path("results/", views.results, name="results"),
    path("results/<int:pk>/", views.result, name="result"),
]
