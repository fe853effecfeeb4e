"""The page that draws a sample of stations for an inspection, and the field forms of those drawn."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from liaison.tools.dates import DayField
from liaison.tools.fields import CleanText
from stations.assessment import field_form
from stations.assessment.reached import choices_of, lies_in
from stations.assessment.sampling import drawn
from stations.eight_haves.forms import years_offered
from stations.eight_haves.statistics import inspected_as_known
from stations.register.models import Station

MAY = "assessment.sample_stations"
USUAL, MOST = 5, 100


class SampleForm(forms.Form):
    """All of it stands in the address: whoever opens it sees the same sample."""

    division = forms.ChoiceField(
        label=_("division"),
        error_messages={"invalid_choice": _("No station to be inspected there is within your reach.")},
    )
    size = forms.IntegerField(
        label=_("how many stations"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "min_value": _("Please ask for at least one station."),
            "max_value": _("Please ask for at most %(limit_value)s stations."),
        },
    )
    seed = CleanText(label=_("seed"), max_length=50, help_text=_("Any words or number agreed on beforehand"))
    day = DayField(label=_("day of the drawing"))

    def __init__(self, given, *, reached, today):
        usual = {"size": str(USUAL), "day": today.isoformat()}
        super().__init__(usual | given.dict() if given else None, initial=usual)
        self.reached, self.today = reached, today
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        self.fields["division"].choices = choices_of(reached.select_related("division__parent"))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        there = inspected_as_known(self.reached, facts["day"], facts["day"])
        facts["stations"] = [station for station in there if lies_in(station, facts["division"])]
        if len(facts["stations"]) < facts["size"]:
            words = _("There are only %(count)s stations to be inspected there.") % {"count": len(facts["stations"])}
            self.add_error("size", words)
        return facts

    @property
    def sample(self) -> list[Station]:
        """Nothing where the question cannot be answered."""
        if not (self.is_bound and self.is_valid()):
            return []
        facts = self.cleaned_data
        return drawn(facts["stations"], facts["size"], facts["seed"], facts["day"])

    @property
    def query(self) -> str:
        facts = self.cleaned_data
        return urlencode({name: facts[name] for name in ("division", "size", "seed", "day")})


def guarded(view):
    return require_safe(never_cache(permission_required(MAY, raise_exception=True)(view)))


def _asked(request) -> SampleForm:
    reached = Station.objects.visible_to(request.user, MAY)
    return SampleForm(request.GET, reached=reached, today=timezone.localdate())


@guarded
def index(request):
    form = _asked(request)
    sample = form.sample
    context = {"title": _("Random sample"), "form": form, "sample": sample}
    if sample:
        context |= {
            "said": form.cleaned_data,
            "is_offered": form.cleaned_data["day"].year in years_offered(timezone.localdate()),
            "total": len(form.cleaned_data["stations"]),
            "place": dict(form.fields["division"].choices)[form.cleaned_data["division"]],
            "forms": f"{reverse('assessment:sample_forms')}?{form.query}",
        }
    return render(request, "stations/assessment/sample.html", context)


@guarded
def field_forms(request):
    """The papers of all that are drawn, one after another; no sample, no papers."""
    form = _asked(request)
    sample = form.sample
    if not sample:
        raise Http404
    back = f"{reverse('assessment:sample')}?{form.query}"
    return field_form.papers_of(request, sample, form.cleaned_data["day"], timezone.localdate(), back)
