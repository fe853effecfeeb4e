"""The entry of the eight-haves page in the work platform: it is a page, and keeps no records of its own."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from stations.eight_haves.forms import VIEW

admin.site.add_page("haves", 10, _("Eight-haves attainment"), "eight_haves:index", VIEW)
