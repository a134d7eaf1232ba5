"""Screens over many problems, one tap at a time: what a person waits for when nobody else is there."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from bot.commands import ready_database
from bot.db.models import Problem
from bot.db.session import Database
from bot.features.problems.likeness_queries import Looked, find_near
from bot.features.problems.reporting.callbacks import BrowseProblems
from bot.features.votes.ballot.callbacks import CastVote
from bot.settings import Settings
from bot.telegram.navigation import GoHome
from tests.bench.town import TEXT, settle
from tests.bench.traffic import Timing, at_work, bare_handler, drive, talking, tap

PROBLEMS = 5_000
TAPS = 60
PAGES: Mapping[str, CallbackData] = {
    "home screen": GoHome(),
    "first page of all problems": BrowseProblems(village_id=0, topic_id=0, page=0),
    "page in the middle": BrowseProblems(village_id=0, topic_id=0, page=370),
    "one topic": BrowseProblems(village_id=0, topic_id=3, page=0),
}


async def measure(settings: Settings, url: str) -> dict[str, Timing]:
    database = await ready_database(url)
    town = await settle(database, 64, PROBLEMS, 20)
    numbers, timings = count(1), {}
    try:
        async with at_work(settings, database) as handle:
            for name, data in PAGES.items():
                updates = [tap(next(numbers), town.people[each % 64], data) for each in range(TAPS + 5)]
                await drive(handle, updates[:5], 1)
                timings[name] = await drive(handle, updates[5:], 1)
        first, later = await measure_likeness(database)
        timings["problems like a report, first look"] = first
        timings["problems like a report"] = later
    finally:
        await database.close()
    return timings


async def measure_likeness(database: Database) -> tuple[Timing, Timing]:
    """The first look, which prepares all problems as every start does, and the later ones."""
    async with database.act() as db:
        found = await db.execute(select(Problem.municipality_id, Problem.village_id).limit(1))
        municipality_id, village_id = found.one()
        # Whatever has changed within the last seconds is read anew; no town reports 5,000 in ten seconds.
        await db.execute(update(Problem).values(changed_at=datetime.now(UTC) - timedelta(hours=1)))
    each = []
    for number in range(TAPS + 1):
        begun = time.perf_counter()
        looked_for = Looked(f"{TEXT.format(number=number)} жана көчөдө жарык жок", village_id)
        await find_near(database, municipality_id, looked_for, None)
        each.append(time.perf_counter() - begun)
    return Timing(each[0], 0, each[:1]), Timing(sum(each[1:]), 0, each[1:])


async def measure_bare(settings: Settings) -> Timing:
    """The two calls alone, for comparison."""
    data = CastVote(round_id=1, problem_id=1, page=0, on=True)
    updates = [tap(number, 1, data) for number in range(TAPS)]
    async with talking(settings) as bot:
        return await drive(bare_handler(bot), updates, 1)
