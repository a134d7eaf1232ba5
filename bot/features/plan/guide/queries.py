"""The calendar of a municipality: the usual days, and those it has changed."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import CalendarEntry
from bot.db.queries import Subject, save_journal, upsert_into
from bot.domain.planning_calendar import (
    USUAL,
    YearStep,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A step of the year with its days as MMDD; `is_own` where the municipality has set them."""

    step: YearStep
    first_day: int
    last_day: int
    is_own: bool


async def list_calendar(db: AsyncConnection, municipality_id: int) -> list[Entry]:
    rows = await db.execute(
        select(CalendarEntry.step, CalendarEntry.first_day, CalendarEntry.last_day).where(
            CalendarEntry.municipality_id == municipality_id
        )
    )
    own = {YearStep(row.step): (row.first_day, row.last_day) for row in rows}
    return [Entry(step, *own.get(step, USUAL[step]), is_own=step in own) for step in YearStep]


async def save_days(
    db: AsyncConnection, municipality_id: int, step: YearStep, days: tuple[int, int], by: int
) -> None:
    values = {"first_day": days[0], "last_day": days[1]}
    saved = upsert_into(db, CalendarEntry).values(municipality_id=municipality_id, step=step, **values)
    await db.execute(
        saved.on_conflict_do_update(
            index_elements=[CalendarEntry.municipality_id, CalendarEntry.step], set_=values
        )
    )
    await _record(db, municipality_id, step, by)


async def reset_days(db: AsyncConnection, municipality_id: int, step: YearStep, by: int) -> None:
    """Back to what is usual; nothing is recorded where nothing was changed."""
    gone = await db.execute(
        delete(CalendarEntry).where(
            CalendarEntry.municipality_id == municipality_id, CalendarEntry.step == step
        )
    )
    if gone.rowcount:
        await _record(db, municipality_id, step, by)


async def _record(db: AsyncConnection, municipality_id: int, step: YearStep, by: int) -> None:
    await save_journal(db, "calendar.changed", by=by, of=Subject(municipality_id), after=step)
