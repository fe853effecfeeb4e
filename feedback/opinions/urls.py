from django.urls import path

from feedback.opinions import views

app_name = "opinions"
urlpatterns = [
    path("opinions/new/", views.new, name="new"),
    path("opinions/track/", views.track, name="track"),
    path("s/<str:code>", views.short, name="short"),
]
