"""Muting whoever only spams: from the card of a problem, without learning who its author is."""

from datetime import datetime
from typing import Any

from aiogram import Bot, Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.db.queries import find_municipality, save_journal
from bot.db.session import Database
from bot.db.silence_queries import find_silence
from bot.domain.refusals import CannotMute, Gone
from bot.domain.roles import Resident
from bot.domain.silence import length_of
from bot.features.problems.desk import access, muting_queries, muting_screens, muting_texts
from bot.features.problems.desk.access import moderated
from bot.features.problems.desk.callbacks import AskHowLong, AskWhyMute, LiftSilence, MuteAuthor
from bot.features.problems.desk.deliveries import MUTED, UNMUTED
from bot.features.problems.desk.queries import Report
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="muting")


@router.callback_query(AskWhyMute.filter())
async def ask_why_mute(
    tap: CallbackQuery, callback_data: AskWhyMute, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        report, _author_id = await _mutable(db, resident, callback_data.problem_id, now)
    await show(tap, muting_screens.why_mute(report.card))


@router.callback_query(AskHowLong.filter())
async def ask_how_long(
    tap: CallbackQuery, callback_data: AskHowLong, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        report, _author_id = await _mutable(db, resident, callback_data.problem_id, now)
    await show(tap, muting_screens.how_long(report.card, callback_data.why))


@router.callback_query(MuteAuthor.filter())
async def mute_author(
    tap: CallbackQuery, bot: Bot, callback_data: MuteAuthor, act: Act, database: Database, resident: Resident
) -> None:
    """The same press again finds them muted and tells nobody."""
    length = length_of(callback_data.days)
    if length is None:
        raise Gone
    async with act() as db:
        await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        # Read anew under the lock: a colleague may have muted them a moment ago.
        report, author_id = await _mutable(db, resident, callback_data.problem_id, act.now)
        if report.muted_until is None:
            until = await muting_queries.save_silence(
                db,
                act.now,
                problem_id=report.card.id,
                municipality_id=report.municipality_id,
                author_id=author_id,
                why=callback_data.why,
                length=length,
                by=resident.id,
            )
            # Of the problem: whoever reads it learns nothing of the person.
            why = {"mute_reason": callback_data.why, "after": f"{until:%Y-%m-%d}"}
            await save_journal(db, "problem.author_muted", by=resident.id, of=report, **why)
            await _tell(db, report, author_id, MUTED, act.now)
    screen = await access.open_and_hold(act, database, bot, resident, callback_data.problem_id)
    await show(tap, screen, toast=muting_texts.muted_toast())


@router.callback_query(LiftSilence.filter())
async def lift_silence(
    tap: CallbackQuery, bot: Bot, callback_data: LiftSilence, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        await moderated(db, resident, callback_data.problem_id, act.now, lock=True)
        report = await moderated(db, resident, callback_data.problem_id, act.now)
        if report.muted_until is not None:
            author_id = await muting_queries.save_lifted(db, report.card.id, act.now)
            await save_journal(db, "problem.author_unmuted", by=resident.id, of=report)
            # Another problem of theirs may have muted them for longer.
            if author_id and await find_silence(db, author_id, report.municipality_id, act.now) is None:
                await _tell(db, report, author_id, UNMUTED, act.now)
    screen = await access.open_and_hold(act, database, bot, resident, callback_data.problem_id)
    await show(tap, screen, toast=muting_texts.lifted_toast())


async def _mutable(
    db: AsyncConnection, resident: Resident, problem_id: int, now: datetime
) -> tuple[Report, int]:
    """The problem and its author. Why somebody cannot be muted is not said: it would tell who they are."""
    report = await moderated(db, resident, problem_id, now)
    author_id = report.author_id
    if author_id is None or author_id == resident.id:
        raise CannotMute
    if await muting_queries.find_whether_staff(db, author_id, report.municipality_id):
        raise CannotMute
    return report, author_id


async def _tell(db: AsyncConnection, report: Report, author_id: int, kind: str, now: datetime) -> None:
    """It is meant for this one person, and comes even where news of problems are switched off."""
    place = await find_municipality(db, report.municipality_id)
    silence = await find_silence(db, author_id, report.municipality_id, now)
    facts: dict[str, Any] = {"ky": place.name.ky, "ru": place.name.ru} if place else {}
    if silence is not None:
        facts |= {"until": silence.until.isoformat(), "why": silence.why}
    notice = f"silence:{report.card.id}:{kind}:{int(now.timestamp() * 1000)}"
    await save_delivery(db, notice=notice, resident_id=author_id, kind=kind, facts=facts)
