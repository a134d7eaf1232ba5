"""Facts that come with the program: the pilot places, the topics, and words that a hint looks for."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MUNICIPALITIES = "municipalities.csv"
VILLAGES = "villages.csv"
TOPICS = "topics.csv"
MISSING_OBJECTS = "missing_objects.csv"
DISTRICTS = "districts.csv"
GLOSSARY = "glossary.csv"


@dataclass(frozen=True, slots=True)
class MissingObjects:
    """Folded beginnings of words that name a building, and of words that say it is lacking."""

    buildings: tuple[str, ...]
    lacks: tuple[str, ...]


def packaged(name: str) -> bytes:
    """The content of a file of this folder."""
    return files(__name__).joinpath(name).read_bytes()


@cache
def missing_objects() -> MissingObjects:
    rows = list(csv.DictReader(packaged(MISSING_OBJECTS).decode().splitlines()))
    return MissingObjects(_beginnings(rows, "building"), _beginnings(rows, "lack"))


def _beginnings(rows: list[dict[str, str]], kind: str) -> tuple[str, ...]:
    return tuple(row["beginning"] for row in rows if row["kind"] == kind)


@cache
def district_centres() -> dict[str, tuple[float, float]]:
    """About where each district lies, by its Kyrgyz name: latitude and longitude of its main town."""
    rows = csv.DictReader(packaged(DISTRICTS).decode().splitlines())
    return {row["district_ky"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}


@cache
def glossary() -> dict[str, str]:
    """Folded beginnings of words in Kyrgyz and Russian, each with the thing that it means."""
    rows = csv.DictReader(packaged(GLOSSARY).decode().splitlines())
    return {row["beginning"]: row["concept"] for row in rows}
