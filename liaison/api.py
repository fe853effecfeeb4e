"""`/api/v1/`: read only, the same rows as the pages. So far the public list of stations."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from rest_framework import permissions, routers, serializers, viewsets

from stations.register.models import Station


class StationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Station
        fields = ("code", "name", "kind", "division", "address", "phone", "hours", "focus", "brand", "opened_on")


@method_decorator(login_not_required, name="dispatch")
class StationViewSet(viewsets.ReadOnlyModelViewSet):
    """Operating stations; what stands on their public page, nothing else."""

    queryset = Station.objects.operating().order_by("code")
    serializer_class = StationSerializer
    permission_classes = (permissions.AllowAny,)
    authentication_classes = ()
    filterset_fields = ("division", "kind")
    lookup_field = "code"


router = routers.SimpleRouter()
router.register("stations", StationViewSet, basename="station")
