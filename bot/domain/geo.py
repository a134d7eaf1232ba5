"""A place on the map, and whether it may have been pinned by mistake."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
# Districts are large and their centres known to a tenth of a degree only: nearer than this is near.
FAR_KM = 90.0
# Kyrgyzstan lies within these degrees.
SOUTH, NORTH, WEST, EAST = 39.1, 43.3, 69.2, 80.3


@dataclass(frozen=True, slots=True)
class Point:
    """In degrees."""

    latitude: float
    longitude: float

    @property
    def is_in_the_country(self) -> bool:
        return SOUTH <= self.latitude <= NORTH and WEST <= self.longitude <= EAST


def distance_km(one: Point, other: Point) -> float:
    """Along the great circle (the haversine formula)."""
    north = sin(radians(other.latitude - one.latitude) / 2) ** 2
    east = sin(radians(other.longitude - one.longitude) / 2) ** 2
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * east
    return 2 * EARTH_KM * asin(sqrt(min(1.0, north + across)))


def seems_far(pin: Point, centre: Point | None) -> bool:
    """Whether to ask if a pin is right. Where no centre is known only the country can be told."""
    if not pin.is_in_the_country:
        return True
    return centre is not None and distance_km(pin, centre) > FAR_KM
