"""The pages of a standard beside its own: an item of it, what it would change, publishing, taking a draft away."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from liaison.tools.admin import record
from stations.eight_haves.drafts import PublishedStands, refuse_published
from stations.eight_haves.have_forms import HaveForm
from stations.eight_haves.models import Have
from stations.eight_haves.publishing import NotPublishable, of_contents, publish
from stations.eight_haves.standard_forms import PublishForm
from stations.eight_haves.trying import try_out
from stations.eight_haves.views import VIEW
from stations.register.models import Station

PAGE = 50
LARGEST_KEY = 2**63
NOT_KEPT = _("This standard has been published meanwhile; what was just typed is not kept.")


def if_draft(view):
    """What has been published meanwhile leads to the page of the standard, and says so; permissions are asked first."""

    @wraps(view)
    def page(self, request, pk, **kwargs):
        try:
            return view(self, request, pk, **kwargs)
        except PublishedStands as refusal:
            said = [NOT_KEPT] if request.method == "POST" else []
            messages.warning(request, " ".join(map(str, [*said, refusal])))
            return redirect("admin:eight_haves_standard_change", pk)

    return page


class StandardPages:
    """For the ScopedAdmin of standards. What may not be seen is not there; what is published is not changed."""

    def address(self, name, standard, *args):
        return reverse(f"admin:eight_haves_standard_{name}", args=(standard.pk, *args))

    def hold(self, standard):
        """Until the end of the transaction, so that nobody publishes it meanwhile."""
        with transaction.atomic():
            refuse_published([standard.pk])

    def get_urls(self):
        pages = {
            "<int:pk>/haves/new/": ("newhave", self.new_have_view),
            "<int:pk>/haves/<int:have>/": ("have", self.have_view),
            "<int:pk>/trial/": ("trial", require_safe(self.trial_view)),
            "<int:pk>/publish/": ("publish", self.publish_view),
            "<int:pk>/remove/": ("remove", self.remove_view),
        }
        own = [
            path(route, self.admin_site.admin_view(view), name=f"eight_haves_standard_{name}")
            for route, (name, view) in pages.items()
        ]
        return own + super().get_urls()

    def _visible(self, request, pk):
        found = self.get_queryset(request).filter(pk=pk).first() if pk < LARGEST_KEY else None
        if found is None:
            raise Http404
        return found

    def _draft(self, request, pk, action):
        """The draft, for whoever may do so much with it."""
        found = self._visible(request, pk)
        if not self._may(request, action, found):
            raise PermissionDenied
        if found.is_published:
            raise PublishedStands
        return found

    def _page(self, request, template, standard, title, **context):
        whole = self.admin_site.each_context(request) | {"title": title, "opts": self.opts, "original": standard}
        return TemplateResponse(request, f"admin/{template}.html", whole | context)

    @if_draft
    def new_have_view(self, request, pk):
        with transaction.atomic():
            standard = self._draft(request, pk, "change")
            return self._have_page(request, standard, Have(standard=standard))

    @if_draft
    def have_view(self, request, pk, have):
        with transaction.atomic():
            standard = self._draft(request, pk, "change")
            found = standard.haves.filter(pk=have).first() if have < LARGEST_KEY else None
            if found is None:
                raise Http404
            return self._have_page(request, standard, found)

    def _have_page(self, request, standard, have):
        if request.method == "POST":
            self.hold(standard)
        form = HaveForm(request.POST or None, standard=standard, instance=have)
        if request.method == "POST" and form.is_valid():
            return self._kept(request, standard, form)
        title = have.name if have.pk else _("Add an item")
        return self._page(request, "eight_haves/standard/have", standard, title, form=form, have=have)

    def _kept(self, request, standard, form):
        """On to the fields of what is new, or back to the standard."""
        is_new = form.instance.pk is None
        have = form.save()
        self.log_change(request, standard, str(have.name))
        if is_new:
            messages.success(request, _("The item is added. Now choose what it asks."))
        elif have.pk and form.cleaned_data["measure"]:
            messages.success(request, _("The measure is added. Now write from which number on it is met."))
        else:
            messages.success(request, _("Kept."))
            return redirect(self.address("change", standard))
        return redirect(self.address("have", standard, have.pk))

    def trial_view(self, request, pk):
        standard, today = self._visible(request, pk), timezone.localdate()
        context = {"today": today, "is_tryable": standard.is_known}
        if standard.is_known:
            context |= self._tried(request, standard, today)
        return self._page(request, "eight_haves/standard/trial", standard, _("Try it on stations"), **context)

    def _tried(self, request, standard, today):
        rows = Station.objects.visible_to(request.user, VIEW).standing(today).filter(standard.stations_judged)
        trial = try_out(standard, rows.select_related("division"), today)
        changes = trial.changes()
        return {
            "size": len(trial.now),
            "counts": trial.counts(),
            "change_size": len(changes),
            "page": Paginator(changes, PAGE).get_page(request.GET.get("page")),
        }

    @if_draft
    def publish_view(self, request, pk):
        standard = self._draft(request, pk, "publish")
        days = {"valid_from": standard.valid_from, "valid_to": standard.valid_to}
        form, obstacles = PublishForm(request.POST or None, initial=days), list(of_contents(standard))
        if request.method == "POST" and form.is_valid():
            try:
                return self._published(request, standard, form)
            except NotPublishable as refusal:
                obstacles = form.take_in(refusal.obstacles)
        context = {"form": form, "obstacles": obstacles}
        return self._page(request, "eight_haves/standard/publish", standard, _("Publish"), **context)

    def _published(self, request, standard, form):
        publish(standard, by=request.user, **form.cleaned_data)
        messages.success(request, _("Published. It never changes from now on; what is new goes into a new version."))
        return redirect(self.address("change", standard))

    @if_draft
    def remove_view(self, request, pk):
        standard = self._draft(request, pk, "change")
        if request.method == "POST":
            return self._removed(request, standard)
        words = _("%(standard)s is taken away with all its items.") % {"standard": standard}
        title = _("Take the draft away")
        return self._page(request, "move", standard, title, form=forms.Form(), matter_words=words)

    def _removed(self, request, standard):
        with transaction.atomic():
            self.hold(standard)
            record("removed", standard, actor=request.user, detail={"what": str(standard)})
            standard.delete()
        messages.success(request, _("The draft is taken away."))
        return redirect("admin:eight_haves_standard_changelist")
