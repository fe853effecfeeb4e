from django.urls import path

from stations.register import views

app_name = "stations"
urlpatterns = [path("", views.station_list, name="list")]
