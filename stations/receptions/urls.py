from django.urls import path

from stations.receptions import views

app_name = "receptions"
urlpatterns = [path("", views.schedule, name="list")]
