from django.urls import path

from liaison.duty import answers, record_pages, turns, views

app_name = "duty"
urlpatterns = [
    path("", views.index, name="index"),
    path("receptions/", views.receptions, name="receptions"),
    path("receptions/<int:pk>/", turns.reception, name="reception"),
    path("receptions/<int:pk>/swap/", turns.swap, name="swap"),
    path("stations/", views.stations, name="stations"),
    path("visits/", views.visits, name="visits"),
    path("opinions/", views.opinions, name="opinions"),
    path("opinions/<int:pk>/", answers.opinion, name="opinion"),
    path("proposals/", views.proposals, name="proposals"),
    path("record/", record_pages.record, name="record"),
    path("record/paper/", record_pages.record_paper, name="record_paper"),
    path("record/record.docx", record_pages.record_word, name="record_word"),
    path("record/correct/", record_pages.correct, name="correct"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
]
