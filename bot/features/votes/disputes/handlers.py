"""Holding the ballots of a disputed result, and letting go of them when the dispute is settled."""

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, save_journal
from bot.db.session import Database
from bot.domain.refusals import NotCountedYet
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.disputes import queries, screens
from bot.features.votes.disputes.callbacks import AskToEndDispute, DisputeResult, EndDispute, OpenDispute
from bot.features.votes.disputes.queries import Disputable
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.screen import Event, show

router = Router(name="disputes")

# Those who check a count.
_CHECKING = (Role.FACILITATOR, Role.MONITOR)


@router.callback_query(OpenDispute.filter())
async def open_dispute(
    tap: CallbackQuery, callback_data: OpenDispute, database: Database, resident: Resident, settings: Settings
) -> None:
    await _show(tap, database, resident, callback_data.round_id, settings)


@router.callback_query(DisputeResult.filter())
async def dispute_result(
    tap: CallbackQuery,
    callback_data: DisputeResult,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """One that is disputed already keeps its first reason; ballots that are cut cannot be held any more."""
    round_id, reason = callback_data.round_id, callback_data.reason
    async with act() as db:
        vote = await _checked(db, resident, round_id, lock=True)
        if vote.cut_at is None and await queries.save_dispute(db, round_id, reason, resident.id, act.now):
            await save_journal(
                db, "vote.disputed", by=resident.id, of=Subject(vote.municipality_id, round_id), reason=reason
            )
    await _show(tap, database, resident, round_id, settings)


@router.callback_query(AskToEndDispute.filter())
async def ask_to_end_dispute(
    tap: CallbackQuery,
    callback_data: AskToEndDispute,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    async with database.read() as db:
        vote = await _checked(db, resident, callback_data.round_id)
    if vote.dispute is None:
        await _show(tap, database, resident, vote.round_id, settings)
    else:
        await show(tap, screens.sure_to_end(vote, settings.ballots_kept_days))


@router.callback_query(EndDispute.filter())
async def end_dispute(
    tap: CallbackQuery,
    callback_data: EndDispute,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    async with act() as db:
        vote = await _checked(db, resident, callback_data.round_id, lock=True)
        if await queries.save_settled(db, vote.round_id, resident.id, act.now):
            await save_journal(
                db, "vote.undisputed", by=resident.id, of=Subject(vote.municipality_id, vote.round_id)
            )
    await _show(tap, database, resident, vote.round_id, settings)


async def _show(
    event: Event, database: Database, resident: Resident, round_id: int, settings: Settings
) -> None:
    async with database.read() as db:
        vote = await _checked(db, resident, round_id)
    if vote.cut_at is not None:
        await show(event, screens.already_cut(vote, vote.cut_at))
    elif vote.dispute is not None:
        await show(event, screens.disputed(vote, vote.dispute))
    else:
        await show(event, screens.undisputed(vote, settings.ballots_kept_days))


async def _checked(
    db: AsyncConnection, resident: Resident, round_id: int, *, lock: bool = False
) -> Disputable:
    """A vote of a municipality whose counts this person checks; refuses one whose result is not public."""
    vote = allowed(resident, await queries.find_disputable(db, round_id, lock=lock), *_CHECKING)
    if vote.counted_at is None:
        raise NotCountedYet
    return vote
