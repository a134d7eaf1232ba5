"""Screens of a plan of 1,000 measures beside the same screens of one of 10."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from statistics import median

from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select

from bot.commands import ready_database
from bot.db.models import PlanMeasure, ResidentRow
from bot.db.queries import list_topics, list_villages
from bot.db.session import Database
from bot.domain.clock import utc_now
from bot.domain.plan import Measure, PlannedProblem, PlanText, Resolution
from bot.features.plan.drafting.queries import save_adopted, save_draft, save_resolution
from bot.features.plan.plan_queries import find_version, list_shares
from bot.features.plan.reading.callbacks import (
    ListDirections,
    ListMeasures,
    ListPlanVillages,
    OpenPlanOf,
    ShowPlanItem,
    View,
)
from bot.features.plan.reading.printing import draw, print_paper
from bot.features.plan.reading.queries import find_whole
from bot.settings import Settings
from tests.bench.town import settle
from tests.bench.traffic import Handle, at_work, drive, tap

SMALL, LARGE = 10, 1_000
# A screen of the large plan takes at most so many times as long as of the small one.
MOST_RATIO = 2.0
TAPS, ROUNDS = 40, 3
TODAY = date(2026, 9, 23)


@dataclass(frozen=True)
class Compared:
    """Median milliseconds of each screen, of the small and of the large plan; seconds of what is printed."""

    screens: dict[str, tuple[float, float]]
    pictures: float
    paper: float

    @property
    def worst(self) -> float:
        return max(large / small for small, large in self.screens.values())


def plan_of(measures: int, first_year: int) -> PlanText:
    """Three measures for each problem, in five directions, due over two years."""
    problems = tuple(
        PlannedProblem(
            0,
            4 + each % 5,
            f"Көйгөй {each}: жолдор бузулган, көпүрө жок",
            goal="Ар бир көчөгө жыл бою өтүүгө болот",
            measures=tuple(
                Measure(
                    0,
                    f"Иш-чара {each}-{place}: жолду тегиздөө, шагыл төгүү",
                    responsible="Айыл өкмөтү",
                    term="2026",
                    due_on=date(first_year + place % 2, 1 + each % 12, 28),
                    cost=1000 * each,
                )
                for place in range(3)
            ),
        )
        for each in range(-(-measures // 3))
    )
    return PlanText("Биргелешкен аракеттер планы", "ky", first_year, first_year + 1, problems)


async def measure(settings: Settings, url: str) -> Compared:
    database = await ready_database(url)
    try:
        town = await settle(database, 64, 40, 20)
        versions = [await _adopt(database, SMALL, 2026), await _adopt(database, LARGE, 2027)]
        screens = [await _screens(database, version_id) for version_id in versions]
        async with at_work(settings, database) as handle:
            timings = await _time(handle, town.people[0], screens)
        pictures, paper = await _print(database, versions[1])
    finally:
        await database.close()
    return Compared(
        {name: (median(small) * 1000, median(large) * 1000) for name, (small, large) in timings.items()},
        pictures,
        paper,
    )


async def _time(
    handle: Handle, person: int, screens: Sequence[Mapping[str, CallbackData]]
) -> dict[str, tuple[list[float], list[float]]]:
    """What each screen took, of the small plan and of the large one."""
    numbers = count(1)
    timings: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in screens[0]}
    for number in range(ROUNDS + 1):
        for name, found in timings.items():
            for each, of_plan in zip(found, screens, strict=True):
                updates = [tap(next(numbers), person, of_plan[name]) for _tap in range(TAPS)]
                timed = await drive(handle, updates, 1)
                # The first round warms up.
                if number:
                    each.extend(timed.each)
    return timings


async def _adopt(database: Database, measures: int, first_year: int) -> int:
    async with database.act() as db:
        row = (
            await db.execute(
                select(ResidentRow.id, ResidentRow.municipality_id)
                .where(ResidentRow.municipality_id.is_not(None))
                .limit(1)
            )
        ).one()
        version_id = await save_draft(
            db, row.municipality_id, plan_of(measures, first_year), row.id, utc_now()
        )
        await save_resolution(db, version_id, Resolution("1", TODAY, ""))
        version = await find_version(db, version_id, lock=True)
        assert version is not None
        await save_adopted(db, version, row.id, utc_now())
    return version_id


async def _screens(database: Database, version_id: int) -> dict[str, CallbackData]:
    async with database.read() as db:
        found = await db.execute(
            select(PlanMeasure.id).where(PlanMeasure.version_id == version_id).order_by(PlanMeasure.place)
        )
        items = found.scalars().all()

    def listed(view: View, key: int) -> ListMeasures:
        return ListMeasures(version_id=version_id, view=view, key=key, page=0)

    return {
        "the whole in one screen": OpenPlanOf(version_id=version_id),
        "by direction": ListDirections(version_id=version_id),
        "by village": ListPlanVillages(version_id=version_id, page=0),
        "one direction": listed(View.DIRECTION, 5),
        "my village": listed(View.VILLAGE, 1),
        "late measures": listed(View.LATE, 0),
        "a measure": ShowPlanItem(item_id=items[len(items) // 2]),
    }


async def _print(database: Database, version_id: int) -> tuple[float, float]:
    async with database.read() as db:
        version = await find_version(db, version_id)
        assert version is not None
        whole = await find_whole(db, version, TODAY)
        shares = await list_shares(db, version_id, TODAY)
        topics, villages = await list_topics(db), await list_villages(db, version.municipality_id)
    begun = time.perf_counter()
    await draw(whole, shares, "ky", TODAY)
    drawn = time.perf_counter()
    await print_paper(whole, topics, villages, "ky", TODAY)
    return drawn - begun, time.perf_counter() - drawn
