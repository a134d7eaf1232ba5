"""The record of a hearing: who was present, what was asked, and the minutes."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Hearing as HearingRow, ResidentRow
from bot.domain.question import Counts
from bot.features.hearings.hearing_queries import HearingCard, find_hearing, follows, save_corrected
from bot.features.hearings.questions.queries import count_questions


@dataclass(frozen=True, slots=True)
class Minutes:
    file_id: str
    is_photo: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    hearing: HearingCard
    counts: Counts
    women: int | None
    men: int | None
    minutes: Minutes | None
    corrected_at: datetime | None = None
    # Whether the last correction was told to those who follow the hearing.
    correction_told: bool = False

    @property
    def present(self) -> int | None:
        return None if self.women is None or self.men is None else self.women + self.men

    def as_facts(self) -> dict[str, Any]:
        """What is told of it, with the numbers of this moment."""
        return {
            **self.hearing.announcement.as_facts(),
            "women": self.women,
            "men": self.men,
            # What waits is the officers' business alone.
            "counts": asdict(replace(self.counts, waiting=0)),
            "has_minutes": self.minutes is not None,
            "corrected_at": self.corrected_at.isoformat() if self.corrected_at else None,
        }


async def find_record(db: AsyncConnection, hearing_id: int) -> Record | None:
    hearing = await find_hearing(db, hearing_id)
    if hearing is None:
        return None
    row = (
        await db.execute(
            select(
                HearingRow.present_women,
                HearingRow.present_men,
                HearingRow.minutes_file_id,
                HearingRow.minutes_is_photo,
                HearingRow.minutes_name,
                HearingRow.record_corrected_at,
            ).where(HearingRow.id == hearing_id)
        )
    ).one()
    corrected = row.record_corrected_at
    return Record(
        hearing,
        await count_questions(db, hearing_id),
        row.present_women,
        row.present_men,
        Minutes(row.minutes_file_id, bool(row.minutes_is_photo), row.minutes_name)
        if row.minutes_file_id
        else None,
        corrected,
        corrected is not None and await _is_told(db, corrected_notice(hearing_id, corrected)),
    )


def corrected_notice(hearing_id: int, corrected_at: datetime) -> str:
    return f"hearing:{hearing_id}:record:{int(corrected_at.timestamp())}"


async def save_record(db: AsyncConnection, hearing_id: int, now: datetime, **values: object) -> bool:
    """Whether this call changed the record; once it is public, the moment of the change is shown."""
    differs = [getattr(HearingRow, name).is_distinct_from(value) for name, value in values.items()]
    either = differs[0]
    for each in differs[1:]:
        either |= each
    done = await db.execute(update(HearingRow).where(HearingRow.id == hearing_id, either).values(**values))
    if done.rowcount:
        await save_corrected(db, hearing_id, now)
    return done.rowcount > 0


async def save_recorded(db: AsyncConnection, hearing_id: int, now: datetime) -> bool:
    """Whether this call made the record public: that happens once."""
    done = await db.execute(
        update(HearingRow)
        .where(HearingRow.id == hearing_id, HearingRow.recorded_at.is_(None))
        .values(recorded_at=now)
    )
    return done.rowcount > 0


async def count_followers(db: AsyncConnection, hearing_id: int) -> int:
    """How many would be told of the record."""
    found = await db.execute(select(func.count()).select_from(ResidentRow).where(follows(hearing_id)))
    return int(found.scalar_one())


async def _is_told(db: AsyncConnection, notice: str) -> bool:
    return bool((await db.execute(select(exists().where(Broadcast.notice == notice)))).scalar())
