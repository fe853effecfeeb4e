"""What anybody may read: what stands on the public pages, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import permissions, serializers, viewsets

from stations.register.models import Station


@method_decorator(login_not_required, name="dispatch")
class Open(viewsets.ReadOnlyModelViewSet):
    """A list and its records, for everybody: no account is asked for and none is looked at."""

    permission_classes = (permissions.AllowAny,)
    authentication_classes = ()


class StationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Station
        fields = ("code", "name", "kind", "division", "address", "phone", "hours", "focus", "brand", "opened_on")


def described(what):
    """The words of the schema and its page for a list and its records."""
    return extend_schema_view(
        list=extend_schema(description=what, summary=what), retrieve=extend_schema(description=what, summary=what)
    )


@described(_("Operating stations."))
class StationViewSet(Open):
    queryset = Station.objects.operating().order_by("code")
    serializer_class = StationSerializer
    filterset_fields = ("division", "kind")
    lookup_field = "code"
