"""A representative's place at a station as it is typed: one primary station at a time, no place twice."""

from django import forms

from representatives.models import Mandate
from stations.register.models import StationAssignment
from stations.register.placements import why_not_to_place


class PlacementForm(forms.ModelForm):
    class Meta:
        model = StationAssignment
        fields = ("mandate", "station", "is_primary", "valid_from", "valid_to")

    def clean(self):
        """The mandate's row is taken first, so that of two at once the second sees the first."""
        facts = super().clean()
        mandate, station, begins = (facts.get(name) for name in ("mandate", "station", "valid_from"))
        if mandate and station and begins:
            Mandate.objects.select_for_update().get(pk=mandate.pk)
            self._check(StationAssignment(pk=self.instance.pk, **facts))
        return facts

    def _check(self, placement):
        for name, reason in why_not_to_place(placement).items():
            self.add_error(name, reason)
