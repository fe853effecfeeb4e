"""A staff post as its giver fills it in: only what stands below the giver's own role, only where they keep accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison.accounts import granting
from liaison.tools.admin import record
from stations.register.models import POST_CHOICES, StaffPost, Station
from stations.register.posts import role_of

FIXED = ("station", "user")  # whose post it was stays what it was; only what is open is filled in


class PostForm(forms.ModelForm):
    keeper = None

    class Meta:
        model = StaffPost
        fields = ("station", "user", "name", "post", "staffing_mode", "is_full_time", "valid_from", "valid_to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "post" not in self.fields:  # looked at only
            return
        given = granting.roles_given_by(self.keeper)
        kept = self.instance.post if self.instance.pk else ""
        choices = [row for row in POST_CHOICES if role_of(row[0]) in given or row[0] == kept]
        self.fields["post"].choices = [("", "---------"), *choices]
        if self.instance.pk:
            self._fix()

    def _fix(self):
        for name in FIXED:
            kept = getattr(self.instance, f"{name}_id")
            if kept:  # the one it has, and no list of others: their names are not everybody's
                self.fields[name].queryset = self.fields[name].queryset.model.objects.filter(pk=kept)
                self.fields[name].disabled = True

    def clean(self):
        facts = super().clean()
        station, post = facts.get("station"), facts.get("post")
        if station and post and not self._may(station, post, facts.get("user")):
            self.add_error("post", _("You may not give this post there"))
            detail = {"station": station.pk, "post": post}
            record("post", station, actor=self.keeper, result="refused", detail=detail)
        return facts

    def _may(self, station: Station, post: str, account) -> bool:
        place = {"division": station.division_id, "station": station.pk}
        return account != self.keeper and granting.may_give(self.keeper, role_of(post), **place)
