"""Facts that come with the program: the pilot places, the topics, and words that a hint looks for."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.domain.date_words import DateWords, date_words as put_in_order
from bot.domain.text_folding import fold

MUNICIPALITIES = "municipalities.csv"
VILLAGES = "villages.csv"
TOPICS = "topics.csv"
MISSING_OBJECTS = "missing_objects.csv"
DISTRICTS = "districts.csv"
GLOSSARY = "glossary.csv"
ENDINGS = "endings.csv"
PLAN_WORDS = "plan_words.csv"
DATE_WORDS = "date_words.csv"


@dataclass(frozen=True, slots=True)
class MissingObjects:
    """Folded beginnings of words that name a building, and of words that say it is lacking."""

    buildings: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """Words of both languages with one meaning. Of one group `apart`, terms are similar and not the same."""

    kind: str
    apart: str
    words: tuple[str, ...]


def packaged(name: str) -> bytes:
    """The content of a file of this folder."""
    return files(__name__).joinpath(name).read_bytes()


@cache
def missing_objects() -> MissingObjects:
    rows = list(csv.DictReader(packaged(MISSING_OBJECTS).decode().splitlines()))
    return MissingObjects(_beginnings(rows, "building"), _beginnings(rows, "lack"))


@cache
def glossary() -> tuple[GlossaryRow, ...]:
    """What villages have problems with, in both languages, and words that say nothing about a problem."""
    return tuple(
        GlossaryRow(row["kind"], row["apart"], tuple(f"{row['ky']};{row['ru']}".split(";")))
        for row in csv.DictReader(packaged(GLOSSARY).decode().splitlines())
    )


@cache
def endings() -> tuple[str, ...]:
    """Endings of words, which say nothing about their meaning."""
    return tuple(row["ending"] for row in csv.DictReader(packaged(ENDINGS).decode().splitlines()))


def _beginnings(rows: list[dict[str, str]], kind: str) -> tuple[str, ...]:
    return tuple(row["beginning"] for row in rows if row["kind"] == kind)


@cache
def district_centres() -> dict[str, tuple[float, float]]:
    """About where each district lies, by its Kyrgyz name: latitude and longitude of its main town."""
    rows = csv.DictReader(packaged(DISTRICTS).decode().splitlines())
    return {row["district_ky"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How offices write: folded beginnings of words, and whole headings of the columns of a plan."""

    months: tuple[tuple[str, ...], ...]
    quarters: tuple[str, ...]
    thousands: tuple[str, ...]
    millions: tuple[str, ...]
    funding: dict[str, tuple[str, ...]]
    headings: dict[str, tuple[str, ...]]


@cache
def plan_words() -> PlanWords:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in csv.DictReader(packaged(PLAN_WORDS).decode().splitlines()):
        # A space at the end says that the word ends there; comparing needs no other signs.
        words = tuple(fold(each) + " " * each.endswith(" ") for each in row["words"].split(";"))
        found.setdefault(row["kind"], {})[row["key"]] = words
    return PlanWords(
        months=tuple(found["month"][str(number)] for number in range(1, 13)),
        quarters=found["quarter"][""],
        thousands=found["thousand"][""],
        millions=found["million"][""],
        funding=found["funding"],
        headings=found["heading"],
    )


@cache
def date_words() -> DateWords:
    """How people write days and hours, in both languages."""
    rows = csv.DictReader(packaged(DATE_WORDS).decode().splitlines())
    return put_in_order((row["sign"], row["words"]) for row in rows)
