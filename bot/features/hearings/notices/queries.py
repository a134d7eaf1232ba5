"""Hearings as one resident sees them, and what they answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attendance, Hearing as HearingRow, Municipality as MunicipalityRow, Question
from bot.db.queries import upsert_into
from bot.domain.attendance import Answer
from bot.domain.hearing import HearingStatus
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import HearingCard, find_hearing, list_hearings
from bot.features.hearings.question_queries import is_public

# More than a municipality holds in many years.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class HearingView:
    """A hearing and the one who looks at it."""

    hearing: HearingCard
    answer: Answer
    is_own: bool
    has_answers: bool


async def find_view(db: AsyncConnection, hearing_id: int, resident: Resident) -> HearingView | None:
    """A hearing that was told, whoever asks for it; None for drafts."""
    hearing = await find_hearing(db, hearing_id)
    if hearing is None or hearing.status is HearingStatus.DRAFT:
        return None
    answered = exists().where(
        Question.hearing_id == hearing_id, Question.answered_at.is_not(None), is_public()
    )
    row = (
        await db.execute(
            select(answered.label("has_answers"), Attendance.read_at, Attendance.is_coming)
            .select_from(HearingRow)
            .outerjoin(
                Attendance,
                (Attendance.hearing_id == HearingRow.id) & (Attendance.resident_id == resident.id),
            )
            .where(HearingRow.id == hearing_id)
        )
    ).one()
    return HearingView(
        hearing,
        Answer(is_read=row.read_at is not None, is_coming=row.is_coming),
        is_own=resident.municipality_id == hearing.municipality_id,
        has_answers=row.has_answers,
    )


async def list_told(db: AsyncConnection, municipality_id: int, now: datetime) -> list[HearingCard]:
    """The coming hearings, the next one first, and then the past ones, the last one first."""
    told = await list_hearings(
        db,
        (HearingRow.municipality_id == municipality_id)
        & HearingRow.status.in_([HearingStatus.ANNOUNCED, HearingStatus.CANCELLED]),
        limit=MOST_LISTED,
        newest_first=True,
    )
    coming = [each for each in told if each.announcement.starts_at > now]
    return [*reversed(coming), *(each for each in told if each.announcement.starts_at <= now)]


async def find_reminder_hours(db: AsyncConnection, municipality_id: int) -> tuple[int, ...]:
    """How long before a hearing its residents are reminded."""
    row = (
        await db.execute(
            select(MunicipalityRow.first_reminder_hours, MunicipalityRow.second_reminder_hours).where(
                MunicipalityRow.id == municipality_id
            )
        )
    ).one()
    return tuple(sorted({hours for hours in row if hours}, reverse=True))


async def save_read(db: AsyncConnection, hearing_id: int, resident_id: int, now: datetime) -> None:
    """Once read is read: pressing again changes nothing."""
    statement = upsert_into(db, Attendance).values(
        hearing_id=hearing_id, resident_id=resident_id, read_at=now, is_coming=None, changed_at=now
    )
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=[Attendance.hearing_id, Attendance.resident_id],
            set_={"read_at": statement.excluded.read_at, "changed_at": statement.excluded.changed_at},
            where=Attendance.read_at.is_(None),
        )
    )


async def save_coming(
    db: AsyncConnection, hearing_id: int, resident_id: int, now: datetime, *, coming: bool
) -> None:
    """That it was read is only said by the button for it: the report counts presses."""
    statement = upsert_into(db, Attendance).values(
        hearing_id=hearing_id, resident_id=resident_id, is_coming=coming, changed_at=now
    )
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=[Attendance.hearing_id, Attendance.resident_id],
            set_={
                "is_coming": statement.excluded.is_coming,
                "changed_at": statement.excluded.changed_at,
            },
            where=Attendance.is_coming.is_distinct_from(literal(coming)),
        )
    )
