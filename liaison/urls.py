"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from liaison import views
from liaison.public.about import accessibility, privacy
from liaison.public.preferences import choose
from liaison.public.views import home
from liaison.remarks.views import new as new_remark

urlpatterns = [
    path("", home, name="home"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
    path("feedback/", new_remark, name="remark"),
    path("preferences/", choose, name="preferences"),
    path("representatives/", include("liaison.public.people_urls")),
    path("", include("feedback.urls")),
    path("", include("stations.urls")),
    path("", include("liaison.public.urls")),
    path("notices/", include("liaison.notices.urls")),
    path("mine/", include("liaison.duty.urls")),
    path("archives/", include("liaison.duty.archive_urls")),
    path("dashboard/network/", include("liaison.duty.network_urls")),
    path("dashboard/", include("liaison.dashboard.urls")),
    path("accounts/", include("liaison.accounts.urls")),
    path("accounts/entrance/", views.entrance, name="entrance"),
    path("api/", include("liaison.api.urls")),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
