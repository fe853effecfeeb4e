"""The dashboard's figures for other programs of the office: same account, same reach, same numbers."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import permissions, serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from liaison.dashboard import layout
from liaison.dashboard.filters import VIEW, DashboardFilter
from liaison.tools.sheets import headings, page_rows

QUESTION = [
    OpenApiParameter("division", str, description=_("official code; the division and all below it")),
    OpenApiParameter("from", OpenApiTypes.DATE, description=_("first day of the period")),
    OpenApiParameter("to", OpenApiTypes.DATE, description=_("last day of the period")),
]


class MayReadFigures(permissions.BasePermission):
    def has_permission(self, request, view):
        return request.user.is_authenticated and request.user.has_perm(VIEW)


class FigureSerializer(serializers.Serializer):
    """A number with its definition; for a rate with what was divided by what."""

    key = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    numerator = serializers.IntegerField(source="numerator_count", allow_null=True)
    denominator = serializers.IntegerField(source="denominator_count", allow_null=True)


class RowsSerializer(FigureSerializer):
    """The figure and one page of the rows it counts."""

    columns = serializers.ListField(child=serializers.CharField())
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


@method_decorator(login_not_required, name="dispatch")  # refused in JSON, not by the sign-in page
class FigureViewSet(viewsets.GenericViewSet):
    permission_classes = (MayReadFigures,)
    serializer_class = FigureSerializer
    filter_backends = ()
    pagination_class = None  # of the list, which is short; a figure's rows come in pages
    lookup_field = "key"
    lookup_value_regex = "[a-z_]+"

    @extend_schema(
        description=_("The dashboard's figures within the account's reach."),
        parameters=QUESTION,
        responses=FigureSerializer(many=True),
    )
    def list(self, request):
        figures = layout.figures_of(self._asked(request))
        return Response(FigureSerializer(figures.values(), many=True).data)

    @extend_schema(
        description=_("A figure and the rows it counts."),
        parameters=[*QUESTION, OpenApiParameter("page", int, description=_("page of the rows"))],
        responses=RowsSerializer,
    )
    def retrieve(self, request, key):
        figure = layout.figures_of(self._asked(request), [key]).get(key)
        if figure is None:
            raise Http404
        pages = PageNumberPagination()
        rows = pages.paginate_queryset(figure.rows, request, self)
        page = pages.get_paginated_response(list(page_rows(figure.columns, rows))).data
        return Response(FigureSerializer(figure).data | {"columns": headings(figure.columns)} | page)

    def _asked(self, request):
        """The question; what cannot be read is told by name."""
        question = DashboardFilter(request, timezone.localdate())
        if not question.is_valid():
            raise ValidationError(question.errors)
        return question.asked()
