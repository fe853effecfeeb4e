from django.urls import path

from liaison.duty import archive_pages

app_name = "duty_archives"
urlpatterns = [
    path("", archive_pages.index, name="list"),
    path("archives.xlsx", archive_pages.sheet, name="sheet"),
    path("<int:pk>/", archive_pages.person, name="person"),
    path("<int:pk>/paper/", archive_pages.paper, name="paper"),
    path("<int:pk>/archive.docx", archive_pages.as_word, name="word"),
    path("<int:pk>/archive.pdf", archive_pages.as_pdf, name="pdf"),
]
