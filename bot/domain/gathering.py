"""A gathering that votes on paper: what its sheet tells, and what no sheet can tell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_PEOPLE = 100_000
# A gathering of fewer would show its own people how each of them chose.
FEWEST_VOTED = 5
LONGEST_WORDS = 100
LONGEST_BATCH = 20
_BATCH = re.compile(r"[\w .\-№]+")


class People(StrEnum):
    """Whom a gathering was called for."""

    WOMEN = "women"
    MEN = "men"
    YOUTH = "youth"
    ELDERS = "elders"
    MIXED = "mixed"


class Method(StrEnum):
    """How a gathering voted."""

    SHEETS = "sheets"
    HANDS = "hands"
    COMMISSION = "commission"


class Line(StrEnum):
    """What a sheet tells, in the order in which it is told."""

    BATCH = "batch"
    VILLAGE = "village"
    DAY = "day"
    PLACE = "place"
    PEOPLE = "people"
    METHOD = "method"
    WOMEN = "women"
    MEN = "men"
    VOTED = "voted"
    ALREADY = "already"
    FIRST = "first"
    SECOND = "second"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Tally:
    """A sheet, read. `votes` by problem; those that nobody chose may be left out."""

    village_id: int
    held_on: date
    place: str
    people: People
    method: Method
    women: int
    men: int
    voted: int
    already_voted: int
    first_signatory: str
    second_signatory: str
    votes: Mapping[int, int]

    @property
    def present(self) -> int:
        return self.women + self.men

    def says_the_same(self, other: "Tally") -> bool:
        """Whether both are one and the same sheet, whatever zeros were written out."""
        return _bare(self) == _bare(other)

    def looks_like(self, other: "Tally") -> bool:
        """Whether village, day and figures are the same: one sheet under two numbers would count twice."""
        return _figures(self) == _figures(other)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to be entered under its number; `photo` is Telegram's number of the picture."""

    batch: str
    tally: Tally
    photo: str | None = None


def _bare(tally: Tally) -> tuple[object, ...]:
    lines = (tally.place, tally.people, tally.method, tally.first_signatory, tally.second_signatory)
    return (*_figures(tally), *lines, tally.women, tally.men, tally.already_voted)


def _figures(tally: Tally) -> tuple[object, ...]:
    votes = tuple(sorted((key, votes) for key, votes in tally.votes.items() if votes))
    return (tally.village_id, tally.held_on, tally.voted, votes)


def is_sheet_number(written: str) -> bool:
    """Whether it is short enough and of letters, digits, spaces, dots and hyphens alone."""
    return len(written) <= LONGEST_BATCH and _BATCH.fullmatch(written) is not None


class Mistake(StrEnum):
    """Why a sheet cannot be right."""

    TOO_EARLY = "before the vote was opened"
    IN_FUTURE = "in the future"
    TOO_MANY_PEOPLE = "more people than can be"
    TOO_FEW_VOTED = "so few that their votes would show"
    MORE_THAN_PRESENT = "more voted than were present"
    MORE_THAN_VOTED = "more than voted"
    TOO_MANY_VOTES = "more votes than the voters have"


@dataclass(frozen=True, slots=True)
class Flaw:
    """`limit` is the number that was broken; `problem_id` says which votes."""

    line: Line
    mistake: Mistake
    given: int = 0
    limit: int = 0
    problem_id: int | None = None


def flaws(tally: Tally, picks: int, opened_on: date, today: date) -> list[Flaw]:
    """Everything that cannot be, in the order of the sheet; none for a sound sheet."""
    day = flaw_of_day(tally.held_on, opened_on, today)
    return [*([day] if day else []), *_of_people(tally), *_of_votes(tally, picks)]


def flaw_of_day(held_on: date, opened_on: date, today: date) -> Flaw | None:
    """A gathering votes while the vote is on."""
    if held_on < opened_on:
        return Flaw(Line.DAY, Mistake.TOO_EARLY)
    return Flaw(Line.DAY, Mistake.IN_FUTURE) if held_on > today else None


def _of_people(tally: Tally) -> Iterator[Flaw]:
    for line, number in ((Line.WOMEN, tally.women), (Line.MEN, tally.men), (Line.VOTED, tally.voted)):
        if number > MOST_PEOPLE:
            yield Flaw(line, Mistake.TOO_MANY_PEOPLE, number, MOST_PEOPLE)
    if tally.voted > tally.present:
        yield Flaw(Line.VOTED, Mistake.MORE_THAN_PRESENT, tally.voted, tally.present)
    elif tally.voted < FEWEST_VOTED:
        yield Flaw(Line.VOTED, Mistake.TOO_FEW_VOTED, tally.voted, FEWEST_VOTED)
    if tally.already_voted > tally.voted:
        yield Flaw(Line.ALREADY, Mistake.MORE_THAN_VOTED, tally.already_voted, tally.voted)


def _of_votes(tally: Tally, picks: int) -> Iterator[Flaw]:
    for problem_id, votes in tally.votes.items():
        if votes > tally.voted:
            yield Flaw(Line.VOTES, Mistake.MORE_THAN_VOTED, votes, tally.voted, problem_id)
    total, most = sum(tally.votes.values()), tally.voted * picks
    if total > most:
        yield Flaw(Line.VOTES, Mistake.TOO_MANY_VOTES, total, most)


@dataclass(frozen=True, slots=True)
class TypedVotes:
    """What somebody typed about the votes: by the problems' numbers, and the pieces nobody understands."""

    votes: Mapping[int, int]
    not_understood: Sequence[str]
    not_listed: Sequence[int]
    repeated: Sequence[int]

    @property
    def is_sound(self) -> bool:
        return not (self.not_understood or self.not_listed or self.repeated)


_PAIR = re.compile(r"\s*[№#]?\s*(\d{1,6})\s*(?:[-\u2013\u2014:=.)]|\s)\s*(\d{1,6})\s*")


def read_votes(typed: str, listed: Sequence[int]) -> TypedVotes:
    """Read "12 - 30" pairs, a line each or with commas between; the first is a problem's number."""
    votes: dict[int, int] = {}
    not_understood, not_listed, repeated = [], [], []
    for piece in filter(str.strip, re.split(r"[\n,;]", typed)):
        pair = _PAIR.fullmatch(piece)
        if pair is None:
            not_understood.append(piece.strip())
            continue
        number = int(pair[1])
        if number not in listed:
            not_listed.append(number)
        elif number in votes:
            repeated.append(number)
        else:
            votes[number] = int(pair[2])
    return TypedVotes(votes, not_understood, not_listed, repeated)


def read_numbers(typed: str, how_many: int) -> list[int] | None:
    """So many whole numbers with anything between them; None when there are more, or fewer."""
    numbers = [int(each) for each in re.findall(r"\d{1,9}", typed)]
    return numbers if len(numbers) == how_many else None
