"""`/representatives/`."""

from django.urls import path

from liaison.public.people import feed, people, person

app_name = "representatives"
urlpatterns = [
    path("", people, name="list"),
    path("<int:pk>/", person, name="person"),
    path("<int:pk>/receptions.ics", feed, name="feed"),
]
