"""The one admin: entries grouped by the work, one door to sign in at."""

from operator import itemgetter
from urllib.parse import quote

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MOST_TO_DO = 15
GROUPS = {
    "work": _("Daily work"),
    "ledgers": _("Ledgers and reports"),
    "haves": _("the eight haves"),
    "registers": _("Basic information"),
    "settings": _("System settings"),
}


class ChoicesInWords(AutocompleteJsonView):
    """A record may say more of itself among choices (`in_choices`) than `__str__`, which history keeps for ever."""

    def serialize_result(self, obj, to_field_name):
        return {"id": str(getattr(obj, to_field_name)), "text": getattr(obj, "in_choices", str(obj))}


class WorkSite(AdminSite):
    """`人大代表联络站工作平台`. Who has no permission on an entry does not see it."""

    site_header = _("Work platform of the deputy liaison stations")
    site_title = _("Work platform of the deputy liaison stations")
    index_title = _("Workbench")
    site_url = "/"
    enable_nav_sidebar = True
    final_catch_all_view = False  # an address that is none is nobody's

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = []
        self.to_do = []
        self.pages = []
        self.imports = []
        self.begins_on = None
        self._menus = {}

    def add_waiting(self, source):
        """Apps add what waits for somebody: `source(user)` gives tiles for the first page.

        A tile is a dictionary: `name`, `value`, `href` (which opens exactly its rows); `in_words` where the value is
        no number but words, such as a day; `place` (default 0) puts it behind those of a smaller one.
        """
        self.waiting.append(source)

    def add_to_do(self, source):
        """Apps add what is to be done today: `source(user)` gives dictionaries for the list below the tiles.

        `rank` (a tuple, the smallest first), `name`, `href`, `gist`, `why`, `word` (of danger, or nothing), and the one
        next step: `step` and `step_href`.
        """
        self.to_do.append(source)

    def say_beginning(self, source):
        """Accounts tell whoever finds nothing here from which day on they will: `source(user)` gives it, or None."""
        self.begins_on = source

    def add_page(self, group, place, name, address, permission):
        """Apps add entries that are pages and no models: `address` is the name of a URL."""
        self.pages.append((group, place, name, address, permission))

    def add_import(self, pages):
        """Apps add how a register is filled from a file (`liaison.tools.importing.pages`)."""
        self.imports.append(pages)

    def import_address(self, user, model) -> str:
        """Where the model's register is filled from a file, for whoever may."""
        leading = [pages for pages in self.imports if model in pages.leads_from and pages.may(user)]
        return leading[0].address() if leading else ""

    def index(self, request, extra_context=None):
        tiles = [tile for source in self.waiting for tile in source(request.user)]
        tiles.sort(key=lambda tile: tile.get("place", 0))
        to_do = sorted((row for source in self.to_do for row in source(request.user)), key=lambda row: row["rank"])
        shown = {"tiles": tiles, "to_do": to_do[:MOST_TO_DO], "to_do_size": len(to_do)}
        page = super().index(request, shown | (extra_context or {}))
        if self.begins_on and not page.context_data["app_list"]:
            page.context_data["begins_on"] = self.begins_on(request.user)
        return page

    def each_context(self, request):
        return super().each_context(request) | {"shows_demo_data": settings.SHOWS_DEMO_DATA}

    def has_permission(self, request):
        return request.user.is_active and request.user.is_authenticated

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Everybody signs in at the same page."""
        wanted = request.GET.get("next", reverse("admin:index"))
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(wanted)}")

    def password_change(self, request, extra_context=None):
        """Passwords too are changed at the one page."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def autocomplete_view(self, request):
        return ChoicesInWords.as_view(admin_site=self)(request)

    def get_urls(self):
        """Without `r/<type>/<id>/`: it names records by id to whoever asks."""
        closed = ("view_on_site", "password_change_done")
        own = [url for pages in self.imports for url in pages.urls(self)]
        return own + [url for url in super().get_urls() if getattr(url, "name", "") not in closed]

    def get_app_list(self, request, app_label=None):
        """Groups in the order of the work, instead of apps in the order of the alphabet."""
        if app_label:
            return super().get_app_list(request, app_label)
        user = request.user
        held = (frozenset(user.get_all_permissions()), user.is_active and user.is_superuser, get_language())
        if held not in self._menus:
            self._menus[held] = self._menu(request)
        return self._menus[held]

    def _menu(self, request):
        """Two hundred questions, all of them about permissions: asked once of those who hold the same."""
        entries = [entry for app in super().get_app_list(request) for entry in app["models"]]
        groups = [self._group(request.user, key, label, entries) for key, label in GROUPS.items()]
        return [group for group in groups if group["models"]]

    def _group(self, user, key, label, entries):
        """Models and pages together by their places."""
        lists = [(self._registry[entry["model"]], entry) for entry in entries]
        chosen = [(list_.place, entry) for list_, entry in lists if list_.group == key] + list(self._pages(user, key))
        models = [entry for _place, entry in sorted(chosen, key=itemgetter(0))]
        return {"name": label, "app_label": key, "app_url": "", "has_module_perms": True, "models": models}

    def _pages(self, user, key):
        """(place, entry of the same shape as a model's) of each page of the group that the user may open."""
        for group, place, name, address, permission in self.pages:
            if group == key and user.has_perm(permission):
                entry = {"name": name, "object_name": address, "admin_url": reverse(address), "add_url": None}
                yield place, entry | {"perms": {}}
