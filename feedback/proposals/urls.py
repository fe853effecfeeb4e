from django.urls import path

from feedback.proposals import views

app_name = "proposals"
urlpatterns = [
    path("proposals/", views.proposal_list, name="list"),
    path("proposals/<str:key>/", views.proposal, name="proposal"),
]
