"""How stations stand by the eight haves, for other programs of the office: same account, same reach, same sentences."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import permissions, serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from liaison.tools.dates import DayField
from liaison.tools.periods import Period
from stations.eight_haves.evaluation import evaluate
from stations.eight_haves.forms import VIEW, Question
from stations.eight_haves.plain import plain
from stations.register.models import Station

DATES = [
    OpenApiParameter("year", int, description=_("the year, as far as it has come; this year where left out")),
    OpenApiParameter("from", OpenApiTypes.DATE, description=_("first day of the period")),
    OpenApiParameter("to", OpenApiTypes.DATE, description=_("last day of the period")),
    OpenApiParameter("known_by", OpenApiTypes.DATE, description=_("what was known by the end of this day counts")),
]
PLACES = [
    OpenApiParameter("division", str, description=_("official code; the division and all below it")),
    OpenApiParameter("kind", str, description=_("kind of station")),
]


class Span(Question):
    """The questions of the page, or days instead of a year."""

    def __init__(self, given, today, here):
        super().__init__(given, today, here)
        self.fields = {name: DayField(required=False) for name in ("from", "to")} | self.fields

    def clean(self):
        try:
            self.period  # noqa: B018 (crossed days are told where they can be told once)
        except ValueError as error:
            self.add_error("to", str(error))
            return self.cleaned_data
        return super().clean()

    @property
    def period(self) -> Period:
        first, last = self.get("from"), self.get("to")
        last = last or (super().period.ends_on if first is None else self.today)
        return Period(first or last.replace(month=1, day=1), last)


class MayReadScorecards(permissions.BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated and request.user.has_perm(VIEW)


class CriterionSerializer(serializers.Serializer):
    """A measure, what it read, and what is asked; numbers as text, as they are compared."""

    measure = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    comparison = serializers.CharField()
    met = serializers.CharField(allow_null=True)
    basically = serializers.CharField(allow_null=True)
    is_required = serializers.BooleanField()
    standing = serializers.CharField()
    words = serializers.CharField()


class HaveSerializer(serializers.Serializer):
    """An item of the standard: how it stands, and in a sentence what is lacking."""

    key = serializers.CharField()
    name = serializers.CharField()
    standing = serializers.CharField()
    sentence = serializers.CharField()
    remarks = serializers.ListField(child=serializers.CharField())
    criteria = CriterionSerializer(many=True)


class ScorecardSerializer(serializers.Serializer):
    """How one station stands in a period, by what was known on a day."""

    station = serializers.CharField(help_text=_("code of the station"))
    name = serializers.CharField()
    kind = serializers.CharField()
    division = serializers.CharField()
    standard = serializers.CharField(allow_null=True)
    to = serializers.DateField()
    known_by = serializers.DateField()
    points = serializers.CharField(allow_null=True)
    haves = HaveSerializer(many=True)

    def get_fields(self):
        """`from` is a word of Python's own, so it cannot be an attribute."""
        return super().get_fields() | {"from": serializers.DateField()}


@method_decorator(login_not_required, name="dispatch")  # refused in JSON, not by the sign-in page
class ScorecardViewSet(viewsets.GenericViewSet):
    queryset = Station.objects.none()  # tells the schema what a code is
    permission_classes = (MayReadScorecards,)
    serializer_class = ScorecardSerializer
    pagination_class = PageNumberPagination
    filter_backends = ()
    lookup_field = "code"
    lookup_value_regex = "[^/.]+"

    @extend_schema(
        description=_("Scorecards of the stations to be inspected, within the account's reach."),
        parameters=[*DATES, *PLACES],
        responses=ScorecardSerializer(many=True),
    )
    def list(self, request):
        question = _asked(request, _visible(request))
        stations = self.paginate_queryset(question.stations())
        return self.get_paginated_response(_plain(question, stations))

    @extend_schema(description=_("The scorecard of a station."), parameters=DATES, responses=ScorecardSerializer)
    def retrieve(self, request, code):
        found = get_object_or_404(_visible(request).select_related("division"), code=code)
        (card,) = _plain(_asked(request, _visible(request)), [found])
        return Response(card)


def _visible(request):
    return Station.objects.visible_to(request.user, VIEW)


def _asked(request, here):
    """The question; what cannot be read is told by name."""
    question = Span(request.GET, timezone.localdate(), here)
    if not question.is_valid():
        raise ValidationError(question.errors)
    return question


def _plain(question, stations):
    return [plain(card) for card in evaluate(stations, question.period, question.known_by_day)]
