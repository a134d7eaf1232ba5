"""The monthly round does not wait for somebody to think of it."""

from datetime import datetime

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.features.plan.plan_queries import find_current, find_summary
from bot.features.plan.progress import queries

# From this day of a month on officers are reminded of what nobody has spoken of yet, once.
REMINDING_DAY = 20


async def remind_of_round(database: Database, now: datetime) -> int:
    """How many municipalities were reminded now."""
    moment = now.astimezone(BISHKEK)
    if moment.day < REMINDING_DAY:
        return 0
    today, reminded = moment.date(), 0
    async with database.read() as db:
        places = await queries.list_planned_municipalities(db, today)
    for municipality_id in places:
        async with database.act() as db:
            current = await find_current(db, municipality_id)
            asked = await queries.count_asked(db, current.id, moment) if current else 0
            if current is None or not asked:
                continue
            summary = await find_summary(db, current.id, today)
            facts = {"asked": asked, "late": summary.late}
            reminded += await queries.save_round_reminder(db, municipality_id, current.plan_id, facts, today)
    return reminded
