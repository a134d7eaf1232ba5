"""What a facilitator sees of a stage: who takes part, never what they choose."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role, allowed
from bot.features.votes.rounds import (
    queries,
    screens as round_screens,
)
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.rounds.queries import RoundFacts
from bot.telegram.screen import Event, show

router = Router(name="turnout")


@router.callback_query(ShowTurnout.filter())
async def show_turnout(
    tap: CallbackQuery, callback_data: ShowTurnout, database: Database, resident: Resident, now: datetime
) -> None:
    async with database.read() as db:
        await facilitated(db, resident, callback_data.round_id)
    await show_turnout_of(tap, database, callback_data.round_id, now)


async def facilitated(
    db: AsyncConnection, resident: Resident, round_id: int, *, lock: bool = False
) -> RoundFacts:
    """The stage, if this person facilitates its municipality."""
    return allowed(resident, await queries.find_round(db, round_id, lock=lock), Role.FACILITATOR)


async def show_turnout_of(event: Event, database: Database, round_id: int, now: datetime) -> None:
    async with database.read() as db:
        facts = await queries.find_round(db, round_id)
        if facts is None:
            raise Gone
        villages = await queries.list_turnout(db, facts)
    await show(event, round_screens.turnout(facts, villages, now))
