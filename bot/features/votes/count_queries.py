"""The count of a closed stage, read into matrices."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Exposure, Pick, Problem, Round, RoundProblem, Supporter, Village
from bot.domain.ballot import Stage
from bot.domain.count import FROM_35, MAN, UNDER_35, WOMAN, Ballots, Count, Groups, Sheet
from bot.domain.gathering import People
from bot.domain.ranking import surely_before
from bot.domain.strata import Strata
from bot.domain.voter import AgeGroup, Sex
from bot.features.votes.gathering_queries import Gathering, counted, find_population, list_gatherings

# Ballots whose picks are read at a time, so that memory stays small and others have their turn.
_CHUNK = 2_000
_SEX = {None: 0, Sex.WOMAN: WOMAN, Sex.MAN: MAN}
_AGE = {None: 0, AgeGroup.UNDER_35: UNDER_35, AgeGroup.FROM_35: FROM_35}
_SEX_OF_PEOPLE = {People.WOMEN: WOMAN, People.MEN: MAN}
_AGE_OF_PEOPLE = {People.YOUTH: UNDER_35, People.ELDERS: FROM_35}


async def find_count(db: AsyncConnection, round_id: int) -> Count | None:
    """All that was voted in a stage, on the telephone and on paper; None when there is no such stage."""
    while True:
        before = await _find_cut_at(db, round_id)
        count = await _read_count(db, round_id)
        # Ballots get new numbers when the people are cut off: one that was read across that moment is torn.
        if await _find_cut_at(db, round_id) == before:
            return count


async def _find_cut_at(db: AsyncConnection, round_id: int) -> datetime | None:
    return (await db.execute(select(Round.cut_at).where(Round.id == round_id))).scalar()


async def _read_count(db: AsyncConnection, round_id: int) -> Count | None:
    found = select(Round.municipality_id, Round.stage, Round.picks, Round.frozen).where(Round.id == round_id)
    round_ = (await db.execute(found)).first()
    if round_ is None:
        return None
    problems = (await db.execute(_PROBLEMS.where(RoundProblem.round_id == round_id))).all()
    villages = (
        select(Village.id).where(Village.municipality_id == round_.municipality_id).order_by(Village.id)
    )
    village_ids = tuple((await db.execute(villages)).scalars())
    problem_ids = tuple(row.id for row in problems)
    sheets = counted(await list_gatherings(db, round_id))
    ballots, stratum = await _ballots(db, round_id, Stage(round_.stage), problem_ids, village_ids)
    return Count(
        round_id=round_id,
        picks=round_.picks,
        problem_ids=problem_ids,
        village_ids=village_ids,
        ballots=ballots,
        sheets=tuple(_sheet(each, problem_ids, village_ids) for each in sheets),
        supporters=_supporters(problems, round_.frozen),
        population=await _population(db, round_.municipality_id, village_ids, round_.frozen),
        groups=_groups(round_.frozen, stratum, len(problem_ids)),
    )


def frozen_of(count: Count) -> dict[str, Any]:
    """What has to be kept beside a published result, so that it comes out the same for ever after."""
    population = None
    if count.population is not None:
        population = {
            str(village_id): people.ravel().tolist()
            for village_id, people in zip(count.village_ids, count.population, strict=True)
        }
    supporters = dict(zip(map(str, count.problem_ids), count.supporters, strict=True))
    return {"supporters": supporters, "population": population}


def frozen_with_groups(count: Count, strata: Strata) -> dict[str, Any]:
    """The same, once the ballots no longer tell what the strata were made of."""
    lists = {name: getattr(strata, name).tolist() for name in _GROUPED}
    groups = {**lists, "is_weighted": strata.is_weighted, "represented": strata.represented}
    if not count.ballots.shown.all():
        groups["beats"] = np.packbits(surely_before(strata)).tobytes().hex()
    return {**frozen_of(count), "groups": groups}


_GROUPED = {
    "sheet_stratum": np.int32,
    "village": np.int32,
    "sex": np.int8,
    "age": np.int8,
    "weight": np.float64,
}


def _groups(frozen: Mapping[str, Any] | None, stratum: NDArray[np.int64], problems: int) -> Groups | None:
    kept = frozen.get("groups") if frozen else None
    if kept is None:
        return None
    lists: dict[str, Any] = {name: np.array(kept[name], kind) for name, kind in _GROUPED.items()}
    return Groups(
        stratum=stratum.astype(np.int32),
        **lists,
        is_weighted=kept["is_weighted"],
        represented=kept["represented"],
        beats=_beats(kept["beats"], problems) if "beats" in kept else None,
    )


def _beats(packed: str, problems: int) -> NDArray[np.bool_]:
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(packed), np.uint8), count=problems**2)
    return bits.astype(np.bool_).reshape(problems, problems)


def _supporters(problems: Sequence[Any], frozen: Mapping[str, Any] | None) -> tuple[int, ...]:
    if frozen is None:
        return tuple(row.supporters for row in problems)
    return tuple(frozen["supporters"].get(str(row.id), 0) for row in problems)


_PROBLEMS = (
    select(
        Problem.id,
        select(func.count())
        .where(Supporter.problem_id == Problem.id)
        .correlate(Problem)
        .scalar_subquery()
        .label("supporters"),
    )
    .join(RoundProblem, RoundProblem.problem_id == Problem.id)
    .order_by(Problem.id)
)


def _sheet(row: Gathering, problem_ids: Sequence[int], village_ids: Sequence[int]) -> Sheet:
    return Sheet(
        village=village_ids.index(row.village_id),
        voted=row.voted,
        already_voted=row.already_voted,
        votes=tuple(row.votes.get(problem_id, 0) for problem_id in problem_ids),
        sex=_SEX_OF_PEOPLE.get(row.people, 0),
        age=_AGE_OF_PEOPLE.get(row.people, 0),
    )


async def _ballots(
    db: AsyncConnection, round_id: int, stage: Stage, problem_ids: Sequence[int], village_ids: Sequence[int]
) -> tuple[Ballots, NDArray[np.int64]]:
    """Those with a pick, by their ids, so that a count always comes out the same; and (V,) their strata.

    The strata are -1 as long as the ballots are not cut from their voters.
    """
    picked_any = select(Pick.ballot_id).where(Pick.ballot_id == BallotRow.id).exists()
    told = await db.execute(
        select(BallotRow.id, BallotRow.village_id, BallotRow.sex, BallotRow.age_group, BallotRow.stratum)
        .where(BallotRow.round_id == round_id, picked_any)
        .order_by(BallotRow.id)
    )
    voters = await asyncio.to_thread(_told, told.all())
    picked = await _matrix(db, Pick, voters[:, 0], problem_ids)
    if stage is Stage.DECIDING:
        shown = np.ones_like(picked)
    else:
        shown = await _matrix(db, Exposure, voters[:, 0], problem_ids) | picked
    ballots = Ballots(
        shown=shown,
        picked=picked,
        village=np.searchsorted(village_ids, voters[:, 1]).astype(np.int32),
        sex=voters[:, 2].astype(np.int8),
        age=voters[:, 3].astype(np.int8),
    )
    return ballots, voters[:, 4]


def _told(rows: Sequence[Row[*tuple[Any, ...]]]) -> NDArray[np.int64]:
    """(V, 5) ballot, village, sex, age group and stratum."""
    numbers = [(row[0], row[1], _SEX[row[2]], _AGE[row[3]], -1 if row[4] is None else row[4]) for row in rows]
    return np.array(numbers, np.int64).reshape(-1, 5)


async def _matrix(
    db: AsyncConnection,
    table: type[Pick] | type[Exposure],
    ballot_ids: NDArray[np.int64],
    problem_ids: Sequence[int],
) -> NDArray[np.bool_]:
    """(V, M) which problems stand in the table for which ballot; `ballot_ids` (V,) ascend."""
    matrix = np.zeros((len(ballot_ids), len(problem_ids)), np.bool_)
    for begin in range(0, len(ballot_ids), _CHUNK):
        part = ballot_ids[begin : begin + _CHUNK]
        pairs = await db.execute(
            select(table.ballot_id, table.problem_id).where(
                table.ballot_id.between(int(part[0]), int(part[-1]))
            )
        )
        await asyncio.to_thread(_mark, matrix, pairs.all(), ballot_ids, problem_ids)
    return matrix


def _mark(
    matrix: NDArray[np.bool_],
    pairs: Sequence[Row[*tuple[Any, ...]]],
    ballot_ids: NDArray[np.int64],
    problem_ids: Sequence[int],
) -> None:
    """The ids of a round lie among those of others, which are passed over."""
    ids = np.array([tuple(pair) for pair in pairs], np.int64).reshape(-1, 2)
    voter = np.searchsorted(ballot_ids, ids[:, 0])
    known = voter < len(ballot_ids)
    known[known] &= ballot_ids[voter[known]] == ids[known, 0]
    matrix[voter[known], np.searchsorted(problem_ids, ids[known, 1])] = True


async def _population(
    db: AsyncConnection, municipality_id: int, village_ids: Sequence[int], frozen: Mapping[str, Any] | None
) -> NDArray[np.int64] | None:
    if frozen is not None:
        kept = frozen["population"]
        rows = [kept.get(str(village_id), [0] * 4) for village_id in village_ids] if kept else []
        return np.array(rows, np.int64).reshape(-1, 2, 2) if kept else None
    people = await find_population(db, municipality_id)
    if not people:
        return None
    table = np.zeros((len(village_ids), 2, 2), np.int64)
    for (village_id, sex, age_group), number in people.items():
        table[village_ids.index(village_id), _SEX[sex] - 1, _AGE[age_group] - 1] = number
    return table
