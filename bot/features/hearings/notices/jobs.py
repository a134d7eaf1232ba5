"""Residents are reminded of a hearing before it begins, once at each of the municipality's hours."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast
from bot.db.session import Database
from bot.domain.hearing import HearingNotice
from bot.domain.notices import NoticeTopic
from bot.features.hearings.hearing_queries import find_hearing, is_coming_or_silent, was_told
from bot.features.hearings.notices.reminder_queries import (
    DueReminder,
    find_whether_still_due,
    list_due_reminders,
)


async def remind(database: Database, now: datetime) -> int:
    """Queue the reminders whose moment has come; return how many this call began.

    Any number of processes may do it at once: a reminder that another has begun is not begun again.
    """
    async with database.read() as db:
        due = await list_due_reminders(db, now)
    begun = 0
    for each in due:
        async with database.act() as db:
            begun += await _begin(db, each)
    return begun


async def _begin(db: AsyncConnection, due: DueReminder) -> bool:
    if not await find_whether_still_due(db, due):
        return False
    hearing = await find_hearing(db, due.hearing_id)
    if hearing is None:
        return False
    return await broadcast(
        db,
        notice=due.notice,
        municipality_id=hearing.municipality_id,
        kind=HearingNotice.REMINDER,
        facts=hearing.announcement.as_facts(),
        to=was_told(hearing.id) & is_coming_or_silent(hearing.id),
        topic=NoticeTopic.REMINDERS,
        expires_at=due.starts_at,
        hearing_id=hearing.id,
    )
