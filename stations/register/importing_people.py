"""Representatives from a file, with their places at stations (编组进站): one primary station and perhaps others."""

from collections import defaultdict
from datetime import timedelta

from django.utils.translation import gettext as _

from liaison.tools.row_errors import RowRefused
from representatives.importing import RepresentativeFile
from stations.register.models import Station, StationAssignment

PLACE = "stations.add_stationassignment"


class PlacedRepresentativeFile(RepresentativeFile):
    """A place is known by its mandate and station. Another primary station ends the old place the day before."""

    order = (*RepresentativeFile.order, StationAssignment)

    def prepare(self, lines):
        super().prepare(lines)
        codes = {code for line in lines for code in (line.station, *(line.other_stations or []))} - {None}
        self.stations = {station.code: station for station in self._stations(codes)}
        placed = StationAssignment.objects.filter(mandate__term__in=self.terms.values())
        self.places = defaultdict(list)
        for place in placed.exclude(valid_to__lt=self.today).select_related("station"):
            self.places[place.mandate_id].append(place)

    def _stations(self, codes):
        return self.rows(Station, PLACE).filter(code__in=codes)

    def place(self, line, mandate, change):
        places = self.places[mandate.pk] if mandate.pk else []
        if line.station:
            self._place_first(line, mandate, self._station(line.station, "station"), places, change)
        for code in line.other_stations or []:
            station = self._station(code, "other_stations")
            if station.code != line.station and all(place.station_id != station.pk for place in places):
                self._add_place(mandate, station, change, is_primary=False)

    def _station(self, code, column):
        if code not in self.stations:
            raise RowRefused(_("there is no station {code}").format(code=code), column)
        return self.stations[code]

    def _place_first(self, line, mandate, station, places, change):
        here = next((place for place in places if place.station_id == station.pk), None)
        first = next((place for place in places if place.is_primary), None)
        if first is not None and first is not here:
            change.differs(self._end(first))
        if here is not None:
            change.differs(self.basket.change_last(here, "is_primary", True))
        else:
            self._add_place(mandate, station, change, is_primary=True)

    def _end(self, place):
        """Yesterday; one that has only begun stays, as a further station."""
        yesterday = self.today - timedelta(days=1)
        if place.valid_from > yesterday:
            return self.basket.change(place, is_primary=False)
        return self.basket.change(place, valid_to=yesterday)

    def _add_place(self, mandate, station, change, is_primary):
        begins = self.today if mandate.pk else max(mandate.starts_on, station.opened_on or mandate.starts_on)
        new = StationAssignment(mandate=mandate, station=station, is_primary=is_primary, valid_from=begins)
        new.valid_to = mandate.ends_on
        self.basket.put(new)
        change.adds(station)
