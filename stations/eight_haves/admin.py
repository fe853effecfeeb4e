"""The entries of the eight haves in the work platform: how stations stand, and the standard they are judged by."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from stations.eight_haves import standard_admin, waiting  # noqa: F401 (they register themselves)
from stations.eight_haves.forms import VIEW

admin.site.add_page("haves", 10, _("Eight-haves attainment"), "eight_haves:index", VIEW)
