"""Voters put together with those like them, so that a group counts by its people and not by its zeal.

A stratum is a village, a sex and an age group; one with few voters joins its nearest: first the ages
are put together, then the sexes, then the village, then the small villages of the municipality.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.count import Count

FEWEST_IN_A_STRATUM = 10
# The strata of small villages put together belong to no single one.
REST = -1
_SEXES = _AGES = (1, 2)


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

    @property
    def people(self) -> int:
        return len(self.stratum) + int(self.sheet_voted.sum())


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Cells (village, sex, age group) put together, the voters in them, and the people they stand for."""

    village: int
    sex: int
    age: int
    cells: tuple[tuple[int, int, int], ...]
    voters: int
    people: float


def stratified(count: Count) -> Strata:
    """Nobody is left out. Without a population of every stratum the strata weigh as their voters do."""
    cells = _cells_of_voters(count)
    voters = _voters(count, cells)
    found = _weighed(voters, count.population)
    stratum_of = np.zeros(voters.shape, np.int32)
    for place, each in enumerate(found.strata):
        for cell in each.cells:
            stratum_of[cell] = place
    sheets = count.sheets
    return Strata(
        round_id=count.round_id,
        picks=count.picks,
        problem_ids=count.problem_ids,
        supporters=count.supporters,
        shown=count.ballots.shown,
        picked=count.ballots.picked,
        stratum=stratum_of[cells],
        sheet_stratum=np.array([stratum_of[sheet.village, 0, 0] for sheet in sheets], np.int32),
        sheet_voted=np.array([sheet.voted for sheet in sheets], np.int64),
        sheet_votes=np.array([sheet.votes for sheet in sheets], np.int64).reshape(-1, len(count.problem_ids)),
        village=np.array([each.village for each in found.strata], np.int32),
        sex=np.array([each.sex for each in found.strata], np.int8),
        age=np.array([each.age for each in found.strata], np.int8),
        weight=found.weight,
        is_weighted=found.is_weighted,
        represented=found.represented,
    )


_Cells = tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int8]]


def _cells_of_voters(count: Count) -> _Cells:
    """The cell of each phone voter; whoever did not tell sex or age counts in the village as such."""
    ballots = count.ballots
    told = (ballots.sex > 0) & (ballots.age > 0)
    return ballots.village, np.where(told, ballots.sex, 0), np.where(told, ballots.age, 0)


def _voters(count: Count, cells: _Cells) -> NDArray[np.int64]:
    """(K, 3, 3) voters by village, sex and age group; those on paper count in the village as such."""
    voters = np.zeros((len(count.village_ids), 3, 3), np.int64)
    np.add.at(voters, cells, 1)
    for sheet in count.sheets:
        voters[sheet.village, 0, 0] += sheet.voted
    return voters


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    strata: list[_Stratum]
    weight: NDArray[np.float64]
    is_weighted: bool
    represented: float


def _weighed(voters: NDArray[np.int64], population: NDArray[np.int64] | None) -> _Weighed:
    """The strata with their shares of the population of the villages that voted, or of the voters."""
    if population is not None:
        strata = _strata(voters, population)
        people = np.array([each.people for each in strata], np.float64)
        if len(people) and (people > 0).all():
            voted = voters.sum(axis=(1, 2)) > 0
            represented = float(population[voted].sum() / population.sum())
            return _Weighed(strata, people / people.sum(), True, represented)
    strata = _strata(voters, np.zeros((len(voters), 2, 2), np.int64))
    numbers = np.array([each.voters for each in strata], np.float64)
    return _Weighed(strata, numbers / max(numbers.sum(), 1.0), False, 1.0)


def _strata(voters: NDArray[np.int64], population: NDArray[np.int64]) -> list[_Stratum]:
    """By village, in the order of the villages; the small ones together come last."""
    totals = voters.sum(axis=(1, 2))
    # A village of which nobody voted stands for nobody: its people are taken to think as all the others do.
    by_size = sorted((int(total), village) for village, total in enumerate(totals) if total)
    small: list[int] = []
    while by_size and (by_size[0][0] < FEWEST_IN_A_STRATUM or 0 < totals[small].sum() < FEWEST_IN_A_STRATUM):
        small.append(by_size.pop(0)[1])
    found = [
        each
        for village in sorted(village for _total, village in by_size)
        for each in _of_village(village, voters[village], population[village])
    ]
    if small:
        found.append(_together(small, voters, population))
    return found


def _together(villages: list[int], voters: NDArray[np.int64], population: NDArray[np.int64]) -> _Stratum:
    cells = tuple((village, sex, age) for village in sorted(villages) for sex in range(3) for age in range(3))
    people = float(population[villages].sum())
    village = REST if len(villages) > 1 else villages[0]
    return _Stratum(village, 0, 0, cells, int(voters[villages].sum()), people)


def _of_village(village: int, voters: NDArray[np.int64], population: NDArray[np.int64]) -> list[_Stratum]:
    """The strata of one village; each has enough voters. `voters` is (3, 3), `population` (2, 2)."""
    groups = _groups(voters)
    unnamed = int(voters[0, 0])
    is_apart = unnamed >= FEWEST_IN_A_STRATUM or not groups
    told = voters.sum() - unnamed if is_apart else voters.sum()
    found = [_told(village, voters, population, group, told / voters.sum()) for group in groups]
    everybody = float(population.sum())
    if not groups:
        return [_Stratum(village, 0, 0, _every_cell(village), int(voters.sum()), everybody)]
    if is_apart:
        people = everybody * unnamed / voters.sum()
        return [*found, _Stratum(village, 0, 0, ((village, 0, 0),), unnamed, people)]
    # Too few to stand apart: they join the largest group, where they change least.
    largest = max(range(len(found)), key=lambda place: (found[place].voters, -place))
    joined = found[largest]
    found[largest] = _Stratum(
        village,
        joined.sex,
        joined.age,
        (*joined.cells, (village, 0, 0)),
        joined.voters + unnamed,
        joined.people,
    )
    return found


def _every_cell(village: int) -> tuple[tuple[int, int, int], ...]:
    return tuple((village, sex, age) for sex in range(3) for age in range(3))


_Group = tuple[int, int, tuple[tuple[int, int], ...]]


def _groups(voters: NDArray[np.int64]) -> list[_Group]:
    """(sex, age, cells) of those who told both, as fine as voters suffice; none when all are too few."""
    by_sex = [_of_sex(sex, voters) for sex in _SEXES]
    numbers = [voters[sex, 1:].sum() for sex in _SEXES]
    if min(numbers) >= FEWEST_IN_A_STRATUM:
        return [group for groups in by_sex for group in groups]
    if sum(numbers) >= FEWEST_IN_A_STRATUM:
        return [(0, 0, tuple((sex, age) for sex in _SEXES for age in _AGES))]
    return []


def _of_sex(sex: int, voters: NDArray[np.int64]) -> list[_Group]:
    if voters[sex, 1:].min() >= FEWEST_IN_A_STRATUM:
        return [(sex, age, ((sex, age),)) for age in _AGES]
    return [(sex, 0, tuple((sex, age) for age in _AGES))]


def _told(
    village: int, voters: NDArray[np.int64], population: NDArray[np.int64], group: _Group, share: float
) -> _Stratum:
    """`share` is that of the village's people that those who told of themselves stand for."""
    sex, age, cells = group
    people = float(sum(population[cell[0] - 1, cell[1] - 1] for cell in cells)) * share
    number = int(sum(voters[cell] for cell in cells))
    return _Stratum(village, sex, age, tuple((village, *cell) for cell in cells), number, people)
