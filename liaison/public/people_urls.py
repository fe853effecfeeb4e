"""`/representatives/`."""

from django.urls import path

from liaison.public.people import people, person

app_name = "representatives"
urlpatterns = [path("", people, name="list"), path("<int:pk>/", person, name="person")]
