"""A pin far from home is asked about; where the centre of a district is not known, only the country tells."""

import csv
import io

import pytest

from bot.data import MUNICIPALITIES, district_centres, packaged
from bot.domain.geo import (
    Point,
    distance_km,
    seems_far,
)

UZGEN, OSH, BISHKEK = Point(40.8, 73.3), Point(40.53, 72.8), Point(42.87, 74.6)
MOSCOW, NOWHERE = Point(55.75, 37.6), Point(0.0, 0.0)


def test_the_distance_is_that_of_the_map() -> None:
    assert distance_km(UZGEN, UZGEN) == 0
    assert distance_km(OSH, BISHKEK) == pytest.approx(301, abs=5)
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(20015, abs=5)


@pytest.mark.parametrize(
    ("pin", "centre", "far"),
    [
        (OSH, UZGEN, False),
        (BISHKEK, UZGEN, True),
        (BISHKEK, None, False),
        (MOSCOW, UZGEN, True),
        (MOSCOW, None, True),
        (NOWHERE, None, True),
        (Point(39.0, 73.3), Point(39.6, 73.3), True),
    ],
)
def test_only_what_is_far_or_abroad_seems_far(pin: Point, centre: Point | None, far: bool) -> None:
    assert seems_far(pin, centre) is far


def test_the_districts_of_the_pilot_have_a_centre_in_the_country_and_no_others() -> None:
    rows = csv.DictReader(io.StringIO(packaged(MUNICIPALITIES).decode()))
    centres = district_centres()
    assert {row["district_ky"] for row in rows} == set(centres)
    assert all(Point(*centre).is_in_the_country for centre in centres.values())
    assert b"approximate" in packaged("districts.csv")
