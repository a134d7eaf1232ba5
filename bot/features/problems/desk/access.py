"""What every act at the desk asks first: the role, in the municipality of the problem itself."""

from datetime import datetime

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import AlreadyDecided, HeldByAnother
from bot.domain.roles import Resident, Role, allowed
from bot.features.problems.desk import queries, screens
from bot.features.problems.desk.queries import Report
from bot.telegram.act import Act
from bot.telegram.names import name_of
from bot.telegram.screen import Screen


async def moderated(
    db: AsyncConnection, resident: Resident, problem_id: int, now: datetime, *, lock: bool = False
) -> Report:
    """The problem, if this person facilitates its municipality."""
    report = await queries.find_report(db, problem_id, now, reader=resident.id, lock=lock)
    return allowed(resident, report, Role.FACILITATOR)


async def undecided(
    db: AsyncConnection, resident: Resident, problem_id: int, now: datetime, *, lock: bool = False
) -> Report:
    report = await moderated(db, resident, problem_id, now, lock=lock)
    if report.card.status is not ProblemStatus.SUBMITTED:
        raise AlreadyDecided(report.card.status)
    require_free(report)
    return report


def require_free(report: Report) -> None:
    if report.holder is not None:
        raise HeldByAnother


async def open_and_hold(
    act: Act, database: Database, bot: Bot, resident: Resident, problem_id: int
) -> Screen:
    """The desk card; a waiting problem is held by whoever opens it, unless somebody else has it.

    Also the way back from whatever was to be typed, which is awaited no longer.
    """
    async with act() as db:
        if resident.awaiting:
            await save_awaiting(db, resident.id, None)
        report = await moderated(db, resident, problem_id, act.now)
        if report.card.status is ProblemStatus.SUBMITTED and report.holder is None:
            await queries.save_freed(db, resident.id, besides=problem_id)
            await queries.save_held(db, problem_id, resident.id, act.now)
    return await card(database, bot, report, resident, act.now)


async def card(database: Database, bot: Bot, report: Report, resident: Resident, now: datetime) -> Screen:
    async with database.read() as db:
        narrowing = await queries.find_narrowing(db, resident.id, report.municipality_id)
        desk = await queries.find_desk(db, report.municipality_id, narrowing, now)
    name = await name_of(bot, report.holder.telegram_id) if report.holder else ""
    return screens.report(report, desk.narrowed if desk else 0, name)
