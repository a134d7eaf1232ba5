"""Voters put together with those like them, so that a group counts by its people and not by its zeal.

A stratum is a village, a sex and an age group; one with few voters joins its nearest: first the ages
are put together, then the sexes, then the village, then the small villages of the municipality. Whatever is
published of the votes is made of strata, so each holds no phone ballots or at least ten of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.count import Count, Groups
from bot.domain.secrecy import FEWEST, countable, is_safe, numbers_by

# The strata of small villages put together belong to no single one.
REST = -1
_SEXES = _AGES = (1, 2)
_CELLS = tuple((sex, age) for sex in range(3) for age in range(3))
_TOLD = tuple((sex, age) for sex in _SEXES for age in _AGES)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """All that the ranking of M problems is reckoned from: V phone voters and B sheets in H strata."""

    round_id: int
    picks: int
    problem_ids: tuple[int, ...]
    supporters: tuple[int, ...]
    shown: NDArray[np.bool_]
    """(V, M)"""
    picked: NDArray[np.bool_]
    """(V, M)"""
    stratum: NDArray[np.int32]
    """(V,) index into the strata."""
    sheet_stratum: NDArray[np.int32]
    """(B,) index into the strata."""
    sheet_voted: NDArray[np.int64]
    """(B,) people."""
    sheet_votes: NDArray[np.int64]
    """(B, M) people."""
    village: NDArray[np.int32]
    """(H,) index into `Count.village_ids`; -1 for several small villages together."""
    sex: NDArray[np.int8]
    """(H,) 0 for both."""
    age: NDArray[np.int8]
    """(H,) 0 for all."""
    weight: NDArray[np.float64]
    """(H,) shares that add up to 1: of the population, or of the voters where that is not known."""
    is_weighted: bool
    """Whether the weights come from the population."""
    represented: float
    """The share of the population that lives in villages from which anybody voted; 1 when unknown."""
    withheld: int = 0
    """Phone ballots that stand in no stratum: so few that they would show."""
    beats: NDArray[np.bool_] | None = None
    """See `Groups.beats`."""

    @property
    def people(self) -> int:
        return len(self.stratum) + int(self.sheet_voted.sum())

    @property
    def voters(self) -> Numbers:
        """(H,) phone voters."""
        return np.bincount(self.stratum, minlength=len(self.weight)).astype(np.int64)

    @property
    def on_paper(self) -> Numbers:
        """(H,) voters on paper."""
        people = np.zeros(len(self.weight), np.int64)
        np.add.at(people, self.sheet_stratum, self.sheet_voted)
        return people


@dataclass(frozen=True, slots=True, eq=False)
class _Voters:
    """J is what `secrecy.numbers_by` counts of phone ballots; whoever did not tell both is in cell 0, 0."""

    phone: Numbers
    """(K, 3, 3, J) by village, sex and age group."""
    paper: Numbers
    """(K,) people; they count in the village as such."""
    population: Numbers
    """(K, 2, 2) people."""

    def ballots(self, village: int) -> int:
        return int(self.phone[village, :, :, 0].sum())

    def total(self, village: int) -> int:
        return self.ballots(village) + int(self.paper[village])

    def people(self, village: int, part: float) -> float:
        """Those of the village's people for whom so many of its voters stand."""
        return float(self.population[village].sum()) * part / max(self.total(village), 1)


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Cells of phone ballots and villages of sheets put together, and the people they stand for."""

    village: int
    sex: int
    age: int
    cells: tuple[tuple[int, int, int], ...]
    papers: tuple[int, ...]
    people: float

    def voters(self, voters: _Voters) -> int:
        ballots = sum(int(voters.phone[cell][0]) for cell in self.cells)
        return ballots + sum(int(voters.paper[village]) for village in self.papers)


def stratified(count: Count) -> Strata:
    """Nobody is left out but phone ballots so few that they would show. Without a population of every
    stratum the strata weigh as their voters do."""
    count = countable(count)
    return _strata_in(count, count.groups or _grouped(count))


def _grouped(count: Count) -> Groups:
    cells = _cells_of_voters(count)
    found = _weighed(_voters(count, cells), count.population)
    villages = len(count.village_ids)
    of_ballot, of_sheet = np.zeros((villages, 3, 3), np.int32), np.zeros(villages, np.int32)
    for place, each in enumerate(found.strata):
        for cell in each.cells:
            of_ballot[cell] = place
        of_sheet[list(each.papers)] = place
    return Groups(
        stratum=of_ballot[cells],
        sheet_stratum=np.array([of_sheet[sheet.village] for sheet in count.sheets], np.int32),
        village=np.array([each.village for each in found.strata], np.int32),
        sex=np.array([each.sex for each in found.strata], np.int8),
        age=np.array([each.age for each in found.strata], np.int8),
        weight=found.weight,
        is_weighted=found.is_weighted,
        represented=found.represented,
    )


def _strata_in(count: Count, groups: Groups) -> Strata:
    sheets = count.sheets
    return Strata(
        round_id=count.round_id,
        picks=count.picks,
        problem_ids=count.problem_ids,
        supporters=count.supporters,
        shown=count.ballots.shown,
        picked=count.ballots.picked,
        # Of ballots that are withheld none is left.
        stratum=groups.stratum[: len(count.ballots.picked)],
        sheet_stratum=groups.sheet_stratum,
        sheet_voted=np.array([sheet.voted for sheet in sheets], np.int64),
        sheet_votes=np.array([sheet.votes for sheet in sheets], np.int64).reshape(-1, len(count.problem_ids)),
        village=groups.village,
        sex=groups.sex,
        age=groups.age,
        weight=groups.weight,
        is_weighted=groups.is_weighted,
        represented=groups.represented,
        withheld=count.withheld,
        beats=groups.beats,
    )


_Cells = tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]


def _cells_of_voters(count: Count) -> _Cells:
    """The cell of each phone voter; whoever did not tell sex or age counts in the village as such."""
    ballots = count.ballots
    told = (ballots.sex > 0) & (ballots.age > 0)
    return ballots.village, np.where(told, ballots.sex, 0), np.where(told, ballots.age, 0)


def _voters(count: Count, cells: _Cells) -> _Voters:
    villages = len(count.village_ids)
    village, sex, age = cells
    numbers = numbers_by(count.ballots, village.astype(np.int64) * 9 + sex * 3 + age, villages * 9)
    paper = np.zeros(villages, np.int64)
    for sheet in count.sheets:
        paper[sheet.village] += sheet.voted
    nobody = np.zeros((villages, 2, 2), np.int64)
    population = nobody if count.population is None else count.population
    return _Voters(numbers.reshape(villages, 3, 3, -1), paper, population)


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    strata: list[_Stratum]
    weight: NDArray[np.float64]
    is_weighted: bool
    represented: float


def _weighed(voters: _Voters, population: Numbers | None) -> _Weighed:
    """The strata with their shares of the population of the villages that voted, or of the voters."""
    strata = _strata(voters)
    people = np.array([each.people for each in strata], np.float64)
    if population is not None and len(people) and (people > 0).all():
        voted = [village for village in range(len(population)) if voters.total(village)]
        represented = float(population[voted].sum() / population.sum())
        return _Weighed(strata, people / people.sum(), True, represented)
    numbers = np.array([each.voters(voters) for each in strata], np.float64)
    return _Weighed(strata, numbers / max(numbers.sum(), 1.0), False, 1.0)


def _strata(voters: _Voters) -> list[_Stratum]:
    """By village, in the order of the villages; the small ones together come last."""
    # A village of which nobody voted stands for nobody: its people are taken to think as all the others do.
    voted = [village for village in range(len(voters.paper)) if voters.total(village)]
    rest = _rest(voters, voted)
    found: list[_Stratum] = []
    for village in voted:
        if village not in rest:
            found += _of_village(voters, village)
        elif not rest[village]:
            people = voters.people(village, int(voters.paper[village]))
            found.append(_Stratum(village, 0, 0, (), (village,), people))
    return [*found, _together(voters, rest)] if rest else found


def _rest(voters: _Voters, voted: Sequence[int]) -> dict[int, bool]:
    """The villages whose phone ballots are put together, and of each whether its paper is, too.

    Paper hides no ballot, so what is enough by itself stays with its village. Where those together are still
    too few, the smallest of the other villages joins them, whole.
    """
    rest: dict[int, bool] = {}
    for village in voted:
        has_little_paper = voters.paper[village] < FEWEST
        ballots = voters.ballots(village)
        if (ballots and not _is_enough(voters.phone[village].sum(axis=(0, 1)))) or (
            not ballots and has_little_paper
        ):
            rest[village] = bool(has_little_paper)
    while rest:
        phone = voters.phone[list(rest)].sum(axis=(0, 1, 2))
        is_secret = not phone[0] or _is_enough(phone)
        if is_secret and _people(voters, rest) >= FEWEST:
            break
        others = [
            village for village in voted if village not in rest and (is_secret or voters.ballots(village))
        ]
        if not others:
            break
        number = voters.total if is_secret else voters.ballots
        rest[min(others, key=lambda each: (number(each), voters.total(each), each))] = True
    return rest


def _people(voters: _Voters, rest: dict[int, bool]) -> int:
    return sum(
        voters.total(village) if with_paper else voters.ballots(village)
        for village, with_paper in rest.items()
    )


def _is_enough(numbers: Numbers) -> bool:
    """`numbers` is (J,); of a screening no problem may have been shown to a few alone."""
    return bool(numbers[0] >= FEWEST) and is_safe(numbers)


def _together(voters: _Voters, rest: dict[int, bool]) -> _Stratum:
    villages = sorted(rest)
    parts = {village: voters.total(village) if rest[village] else voters.ballots(village) for village in rest}
    return _Stratum(
        REST if len(villages) > 1 else villages[0],
        0,
        0,
        tuple((village, *cell) for village in villages for cell in _CELLS),
        tuple(village for village in villages if rest[village]),
        sum(voters.people(village, parts[village]) for village in villages),
    )


def _of_village(voters: _Voters, village: int) -> list[_Stratum]:
    """The strata of one village; each has enough phone ballots, or is of paper alone."""
    groups = _groups(voters.phone[village])
    found = _with_untold(voters, village, groups) if groups else []
    if found and all(_holds_enough(voters, each) for each in found):
        return found
    cells = tuple((village, *cell) for cell in _CELLS)
    return [_Stratum(village, 0, 0, cells, (village,), voters.people(village, voters.total(village)))]


def _holds_enough(voters: _Voters, stratum: _Stratum) -> bool:
    numbers = sum((voters.phone[cell] for cell in stratum.cells), np.zeros(1, np.int64))
    return not stratum.cells or _is_enough(numbers)


_Group = tuple[int, int, tuple[tuple[int, int], ...]]


def _with_untold(voters: _Voters, village: int, groups: Sequence[_Group]) -> list[_Stratum]:
    """The groups of those who told, and the village as such: the others, and its paper.

    Where the others are too few to stand apart they join the largest group, where they change least.
    """
    untold, paper = voters.phone[village, 0, 0], int(voters.paper[village])
    is_apart = _is_enough(untold)
    with_paper = is_apart or paper >= FEWEST
    as_such = (int(untold[0]) if is_apart else 0) + (paper if with_paper else 0)
    share = 1 - as_such / voters.total(village)
    numbers = [sum(int(voters.phone[village][cell][0]) for cell in cells) for _sex, _age, cells in groups]
    largest = numbers.index(max(numbers))
    found = []
    for place, (sex, age, cells) in enumerate(groups):
        joined = () if is_apart or place != largest else ((0, 0),)
        papers = () if with_paper or place != largest else (village,)
        people = float(sum(voters.population[village, of[0] - 1, of[1] - 1] for of in cells)) * share
        held = tuple((village, *cell) for cell in (*cells, *joined))
        found.append(_Stratum(village, sex, age, held, papers, people))
    if as_such:
        rest = ((village, 0, 0),) if is_apart else ()
        papers = (village,) if with_paper else ()
        found.append(_Stratum(village, 0, 0, rest, papers, voters.people(village, as_such)))
    return found


def _groups(phone: Numbers) -> list[_Group]:
    """(sex, age, cells) of those who told both, as fine as ballots suffice; none when all are too few.

    `phone` is (3, 3, J).
    """
    sexes = [phone[sex, 1:].sum(axis=0) for sex in _SEXES]
    if all(map(_is_enough, sexes)):
        return [group for sex in _SEXES for group in _of_sex(sex, phone)]
    return [(0, 0, _TOLD)] if _is_enough(sexes[0] + sexes[1]) else []


def _of_sex(sex: int, phone: Numbers) -> list[_Group]:
    if all(_is_enough(phone[sex, age]) for age in _AGES):
        return [(sex, age, ((sex, age),)) for age in _AGES]
    return [(sex, 0, tuple((sex, age) for age in _AGES))]
