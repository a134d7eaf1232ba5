"""Which hearings are to be reminded of, and to whom."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Hearing as HearingRow, Municipality as MunicipalityRow
from bot.domain.hearing import HearingNotice, HearingStatus
from bot.domain.reminders import due_reminder


@dataclass(frozen=True, slots=True)
class DueReminder:
    hearing_id: int
    hours: int
    starts_at: datetime

    @property
    def notice(self) -> str:
        """Names the beginning, too: a hearing that was moved is reminded of anew."""
        beginning = self.starts_at.astimezone(UTC).isoformat()
        return f"hearing:{self.hearing_id}:reminder:{self.hours}:{beginning}"


async def list_due_reminders(db: AsyncConnection, now: datetime) -> list[DueReminder]:
    """Those that nobody has begun to send yet."""
    told_at = (
        select(func.max(Broadcast.created_at))
        .where(
            Broadcast.hearing_id == HearingRow.id,
            Broadcast.kind.in_([HearingNotice.ANNOUNCED, HearingNotice.CHANGED]),
        )
        .correlate(HearingRow)
        .scalar_subquery()
    )
    rows = await db.execute(
        select(
            HearingRow.id,
            HearingRow.starts_at,
            func.coalesce(told_at, HearingRow.announced_at, HearingRow.created_at),
            MunicipalityRow.first_reminder_hours,
            MunicipalityRow.second_reminder_hours,
        )
        .join(MunicipalityRow, MunicipalityRow.id == HearingRow.municipality_id)
        .where(HearingRow.status == HearingStatus.ANNOUNCED, HearingRow.starts_at > now)
        .order_by(HearingRow.starts_at, HearingRow.id)
    )
    due = [
        DueReminder(key, hours, starts_at)
        for key, starts_at, told, *wanted in rows
        if starts_at and (hours := due_reminder(starts_at, told, wanted, now))
    ]
    begun = await db.execute(
        select(Broadcast.notice).where(Broadcast.notice.in_([each.notice for each in due]))
    )
    known = set(begun.scalars())
    return [each for each in due if each.notice not in known]


async def find_whether_still_due(db: AsyncConnection, due: DueReminder) -> bool:
    """Whether it still begins then; it cannot be moved or called off until this transaction ends."""
    row = (
        await db.execute(
            select(HearingRow.starts_at, HearingRow.status)
            .where(HearingRow.id == due.hearing_id)
            .with_for_update()
        )
    ).one()
    return (row.starts_at, row.status) == (due.starts_at, HearingStatus.ANNOUNCED)
