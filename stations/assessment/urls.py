from django.urls import path

from stations.assessment import binder_pages, field_form, frozen_pages, sample_pages

app_name = "assessment"
urlpatterns = [
    path("sample/", sample_pages.index, name="sample"),
    path("sample/forms/", sample_pages.field_forms, name="sample_forms"),
    path("forms/<slug:code>/", field_form.page, name="field_form"),
    path("binders/<slug:code>/", binder_pages.page, name="binder"),
    path("binders/<slug:code>/binder.pdf", binder_pages.as_pdf, name="binder_pdf"),
    path("<int:pk>/", frozen_pages.page, name="frozen"),
    path("<int:pk>/paper/", frozen_pages.paper, name="frozen_paper"),
    path("<int:pk>/scorecard.xlsx", frozen_pages.workbook, name="frozen_workbook"),
]
