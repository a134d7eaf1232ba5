"""Counting a very large vote: how long and how much memory, and what taps feel of its export."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median

import numpy as np
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commands import ready_database
from bot.db.models import BallotRow, GatheringRow, GatheringVotes, Pick, Problem, Round, RoundProblem, Village
from bot.db.session import Database
from bot.domain.clock import utc_now
from bot.domain.count import Ballots, Count
from bot.domain.exported import Files
from bot.domain.ranking import estimated
from bot.domain.strata import stratified
from bot.features.votes.ballot.callbacks import CastVote
from bot.features.votes.ranking_files.callbacks import Form
from bot.features.votes.ranking_files.exporting import ranking_files
from bot.features.votes.ranking_files.queries import Material, find_material
from bot.settings import Settings
from tests.bench.town import Town, settle
from tests.bench.traffic import Handle, at_work, drive, tap
from tests.samples.counts import Paper, Plain, material_of

PROBLEMS, VOTERS, SHEETS, VILLAGES = 200, 100_000, 500, 12
MOST_SECONDS, MOST_MEGABYTES, MOST_LATENCY = 5.0, 1000, 1.5
TAPS, TAPPING = 400, 4


@dataclass(frozen=True)
class Counted:
    """`seconds` and peak `megabytes` of a process on one core, and those of it before the count came."""

    seconds: float
    megabytes: float
    at_rest: float


@dataclass(frozen=True)
class Exported:
    """An export of the same vote: how long, how large, and the taps before and during it."""

    seconds: float
    megabytes: float
    idle: float
    busy: float
    taps: int

    @property
    def latency(self) -> float:
        return self.busy / self.idle


def large_material() -> Material:
    chance = np.random.default_rng(1)
    papers = [
        Paper(60, dict(enumerate(chance.integers(0, 61, PROBLEMS).tolist())), sheet % VILLAGES)
        for sheet in range(SHEETS)
    ]
    people = chance.integers(1_000, 9_000, VILLAGES * 4).tolist()
    made = material_of(Plain(PROBLEMS, [], papers, VILLAGES, people))
    return replace(made, count=replace(made.count, ballots=_ballots(chance)))


def _ballots(chance: np.random.Generator) -> Ballots:
    """Three picks each; some problems are liked more than others."""
    liking = chance.beta(1.2, 6, PROBLEMS)
    picked = np.zeros((VOTERS, PROBLEMS), np.bool_)
    for begin in range(0, VOTERS, 10_000):
        luck = np.log(chance.random((10_000, PROBLEMS), np.float32)) / liking
        best = np.argpartition(-luck, 3, axis=1)[:, :3]
        np.put_along_axis(picked[begin : begin + 10_000], best, True, axis=1)
    return Ballots(
        shown=np.ones_like(picked),
        picked=picked,
        village=chance.integers(0, VILLAGES, VOTERS).astype(np.int32),
        sex=chance.integers(0, 3, VOTERS).astype(np.int8),
        age=chance.integers(0, 3, VOTERS).astype(np.int8),
    )


def measure_counting() -> Counted:
    """In a process of its own, held to one core."""
    one = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.count"], env=one, check=True, capture_output=True, text=True
    )
    return Counted(**json.loads(done.stdout))


def count_alone() -> Counted:
    """Called in that process."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    count: Count = large_material().count
    at_rest = _peak_megabytes()
    begun = time.perf_counter()
    ranking = estimated(stratified(count))
    seconds = time.perf_counter() - begun
    if len(ranking.rows) != PROBLEMS or ranking.voters != VOTERS:
        raise AssertionError("the count is not the one that was asked for")
    return Counted(seconds, _peak_megabytes(), at_rest)


def _peak_megabytes() -> float:
    import resource  # there is none on Windows, where the rest of this room still imports

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure_export(settings: Settings, url: str) -> Exported:
    """Taps of the bot by themselves, and while the whole of it is read and made into a spreadsheet."""
    database = await ready_database(url)
    try:
        town = await settle(database, TAPS, PROBLEMS + 40, 20)
        round_id = await settle_large_vote(database)
        async with at_work(settings, database) as handle:
            some_taps = partial(_some_taps, handle, town, itertools.count(1))
            return await _export_beside(some_taps, database, round_id)
    finally:
        await database.close()


async def _some_taps(handle: Handle, town: Town, numbers: Iterator[int]) -> list[float]:
    """Everybody taps once; how long each answer took."""
    chosen = {"round_id": town.round_id, "problem_id": town.problems[0], "page": 0}
    updates = [
        tap(next(numbers), person, CastVote(**chosen, on=bool(place % 2)))
        for place, person in enumerate(town.people)
    ]
    return list((await drive(handle, updates, TAPPING)).each)


async def _export_beside(
    some_taps: Callable[[], Awaitable[list[float]]], database: Database, round_id: int
) -> Exported:
    await some_taps()
    idle = await some_taps()
    begun = time.perf_counter()
    exporting = asyncio.ensure_future(_export(database, round_id))
    busy: list[float] = []
    while not exporting.done():
        busy += await some_taps()
    files, voters = await exporting
    seconds = time.perf_counter() - begun
    if voters != VOTERS:
        raise AssertionError(f"{voters} voters were read")
    idle += await some_taps()
    size = sum(map(len, files.values())) / 1024**2
    return Exported(seconds, size, median(idle), median(busy), len(busy))


async def _export(database: Database, round_id: int) -> tuple[Files, int]:
    """As the button does it."""
    async with database.read() as db:
        material = await find_material(db, round_id, "ky")
    if material is None:
        raise AssertionError("the vote is not there")
    files = await ranking_files(material, Form.SPREADSHEET, "ky", utc_now())
    return files, len(material.count.ballots.village)


async def settle_large_vote(database: Database) -> int:
    """The vote of `large_material` in the database, closed, in the municipality that is there."""
    count, now = large_material().count, datetime.now(UTC)
    async with database.act() as db:
        municipality_id = (await db.execute(select(Problem.municipality_id).limit(1))).scalar_one()
        villages = (
            await db.execute(select(Village.id).where(Village.municipality_id == municipality_id))
        ).scalars()
        problems = (await db.execute(select(Problem.id).order_by(Problem.id).limit(PROBLEMS))).scalars()
        village_ids, problem_ids = villages.all(), problems.all()
        times = {"opened_at": now - timedelta(days=9), "closes_at": now, "closed_at": now}
        opened = insert(Round).values(municipality_id=municipality_id, picks=3, **times)
        round_id: int = (await db.execute(opened.returning(Round.id))).scalar_one()
        listed = [{"round_id": round_id, "problem_id": each} for each in problem_ids]
        await db.execute(insert(RoundProblem), listed)
        first: int = ((await db.execute(select(func.max(BallotRow.id)))).scalar() or 0) + 1
        homes = [village_ids[place % len(village_ids)] for place in count.ballots.village.tolist()]
        common = {"round_id": round_id, "seed": 1, "created_at": now, "changed_at": now}
        rows = [{"id": first + place, "village_id": home, **common} for place, home in enumerate(homes)]
        await db.execute(insert(BallotRow), rows)
        voters, chosen = np.nonzero(count.ballots.picked)
        pairs = zip(voters.tolist(), chosen.tolist(), strict=True)
        picks = [{"ballot_id": first + voter, "problem_id": problem_ids[each]} for voter, each in pairs]
        await db.execute(insert(Pick), picks)
        await _settle_sheets(db, round_id, count, village_ids, problem_ids)
    return round_id


async def _settle_sheets(
    db: AsyncConnection, round_id: int, count: Count, village_ids: Sequence[int], problem_ids: Sequence[int]
) -> None:
    now = datetime.now(UTC)
    written = {"place": "Мектеп", "people": "mixed", "method": "sheets", "women": 30, "men": 30}
    signed = {"first_signatory": "1", "second_signatory": "2", "entered_at": now, "held_on": now.date()}
    sheets = [
        {
            "round_id": round_id,
            "batch": str(place),
            "village_id": village_ids[sheet.village % len(village_ids)],
            "voted": sheet.voted,
            **written,
            **signed,
        }
        for place, sheet in enumerate(count.sheets)
    ]
    await db.execute(insert(GatheringRow), sheets)
    ids = (await db.execute(select(GatheringRow.id).order_by(GatheringRow.id))).scalars().all()
    votes = [
        {"gathering_id": gathering_id, "problem_id": problem_ids[column], "votes": number}
        for gathering_id, sheet in zip(ids, count.sheets, strict=True)
        for column, number in enumerate(sheet.votes)
        if number
    ]
    await db.execute(insert(GatheringVotes), votes)


if __name__ == "__main__":
    found = count_alone()
    print(json.dumps({"seconds": found.seconds, "megabytes": found.megabytes, "at_rest": found.at_rest}))
