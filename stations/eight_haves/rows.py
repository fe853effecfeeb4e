"""The records behind a value, as far as the reader may see records of their kind."""

from liaison.accounts.scope import view_permission
from stations.eight_haves.evaluation import Result
from stations.register.models import Station


def seen_by(user, result: Result) -> list:
    """Those at stations where the user may look at such records; a station's points may lie out of reach."""
    rows = list(result.reading.rows)
    if not rows:
        return []
    permission = view_permission(type(_record(rows[0])))
    stations = Station.objects.visible_to(user, permission).filter(pk__in={row.station_id for row in rows})
    allowed = set(stations.values_list("pk", flat=True)) if user.has_perm(permission) else set()
    return [row for row in rows if row.station_id in allowed]


def _record(row):
    """What is known of a record may stand before the record itself."""
    return getattr(row, "row", row)
