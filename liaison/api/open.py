"""What anybody may read: what stands on the public pages, and nothing else."""

import django_filters
from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import permissions, serializers, viewsets

from feedback.opinions.publications import Publication
from liaison.public.people import persons, seats_here
from liaison.rulebook.office import served_office
from representatives.models import LEVEL_CHOICES, Mandate, Person
from stations.receptions.models import Reception
from stations.register.models import Station


def described(what):
    """The words of the schema and its page for a list and its records."""
    return extend_schema_view(
        list=extend_schema(description=what, summary=what), retrieve=extend_schema(description=what, summary=what)
    )


def here(rows):
    """Those of the division this installation serves."""
    office = served_office()
    return rows.within(office.division_id) if office else rows


@method_decorator(login_not_required, name="dispatch")
class Open(viewsets.ReadOnlyModelViewSet):
    """A list and its records, for everybody: no account is asked for and none is looked at."""

    permission_classes = (permissions.AllowAny,)
    authentication_classes = ()
    lookup_value_regex = "[0-9]{1,18}"


class StationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Station
        fields = ("code", "name", "kind", "division", "address", "phone", "hours", "focus", "brand", "opened_on")


@described(_("Operating stations."))
class StationViewSet(Open):
    queryset = Station.objects.operating().order_by("code")
    serializer_class = StationSerializer
    filterset_fields = ("division", "kind")
    lookup_field = "code"
    lookup_value_regex = "[^/.]+"


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Station
        fields = ("code", "name")


class MandateSerializer(serializers.ModelSerializer):
    """A seat with the stations where its holder is met."""

    congress = serializers.CharField(source="term.congress.name")
    level = serializers.IntegerField(source="term.congress.level")
    term = serializers.IntegerField(source="term.ordinal")
    stations = serializers.SerializerMethodField()

    class Meta:
        model = Mandate
        fields = ("congress", "level", "term", "electoral_district", "electing_unit", "stations")

    @extend_schema_field(PlaceSerializer(many=True))
    def get_stations(self, mandate):
        return PlaceSerializer([place.station for place in mandate.places], many=True).data


class RepresentativeSerializer(serializers.ModelSerializer):
    """A person in office. Contact goes through the station; no telephone or address is kept."""

    work = serializers.SerializerMethodField(help_text=_("empty unless the office shows it"))
    mandates = MandateSerializer(many=True, source="seats")

    class Meta:
        model = Person
        fields = ("id", "name", "work", "mandates")

    def get_work(self, person) -> str:
        return person.work if person.is_work_public else ""


class RepresentativeFilter(django_filters.FilterSet):
    level = django_filters.ChoiceFilter(method="of_level", choices=LEVEL_CHOICES, label=_("level of the congress"))
    station = django_filters.CharFilter(method="at_station", label=_("code of the station"))

    def of_level(self, people, name, level):
        seats = seats_here(timezone.localdate()).filter(term__congress__level=level)
        return people.filter(pk__in=seats.values("person"))

    def at_station(self, people, name, code):
        placed = Station.objects.operating().filter(code=code).values("assignments__mandate")
        return people.filter(pk__in=seats_here(timezone.localdate()).filter(pk__in=placed).values("person"))


@described(_("Representatives in office of the congresses here and those placed at stations here."))
class RepresentativeViewSet(Open):
    queryset = Person.objects.none()
    serializer_class = RepresentativeSerializer
    filterset_class = RepresentativeFilter

    def get_queryset(self):
        seats = seats_here(timezone.localdate())
        return persons(seats, seats)


class ReceptionSerializer(serializers.ModelSerializer):
    """A reception day; `planned_on` lies before `date` where it was moved because of a day of rest."""

    station = serializers.CharField(source="station.code")
    representatives = serializers.SerializerMethodField()

    class Meta:
        model = Reception
        fields = (
            "id",
            "station",
            "date",
            "planned_on",
            "starts_at",
            "ends_at",
            "place",
            "status",
            "reason",
            "representatives",
        )

    def get_representatives(self, reception) -> list[str]:
        return [mandate.person.name for mandate in reception.mandates.all()]


class ReceptionFilter(django_filters.FilterSet):
    station = django_filters.CharFilter(field_name="station__code", label=_("code of the station"))
    date = django_filters.DateFilter(label=_("day"))


@described(_("Reception days to come, cancelled ones among them."))
class ReceptionViewSet(Open):
    queryset = Reception.objects.none()
    serializer_class = ReceptionSerializer
    filterset_class = ReceptionFilter

    def get_queryset(self):
        return here(Reception.objects.all()).announced(timezone.localdate()).with_names()


class ResultSerializer(serializers.ModelSerializer):
    """What was solved, in reviewed words."""

    station = serializers.SerializerMethodField(help_text=_("code of the station"))
    category = serializers.SerializerMethodField()
    outcome = serializers.CharField(source="opinion.outcome")

    class Meta:
        model = Publication
        fields = ("id", "title", "text", "published_on", "station", "category", "outcome")

    def get_station(self, publication) -> str:
        station = publication.opinion.station
        return station.code if station else ""

    def get_category(self, publication) -> str:
        category = publication.opinion.category
        return category.name if category else ""


class ResultFilter(django_filters.FilterSet):
    station = django_filters.CharFilter(field_name="opinion__station__code", label=_("code of the station"))


@described(_("Opinions whose result is published, in reviewed words only."))
class ResultViewSet(Open):
    queryset = Publication.objects.none()
    serializer_class = ResultSerializer
    filterset_class = ResultFilter

    def get_queryset(self):
        return here(Publication.objects.all()).published(timezone.localdate()).with_facts()
