"""Forget me: what will happen, a second question, and then at once."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.number_hashes import NumberHashes
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.residents.erasure import queries, screens
from bot.features.residents.erasure.callbacks import AskToForget, ConfirmForgetting, ForgetMe
from bot.telegram.act import Act
from bot.telegram.commands import withdraw_own_commands
from bot.telegram.screen import show

router = Router(name="forgetting")


@router.callback_query(AskToForget.filter())
async def ask_to_forget(tap: CallbackQuery, database: Database, resident: Resident, now: datetime) -> None:
    async with database.read() as db:
        traces = await queries.find_traces(db, resident.id, now)
    await show(tap, screens.what_will_happen(traces))


@router.callback_query(ConfirmForgetting.filter())
async def confirm_forgetting(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    async with database.read() as db:
        since = await queries.find_since(db, resident.id)
    if since is None:
        raise Gone
    await show(tap, screens.are_you_sure(since))


@router.callback_query(ForgetMe.filter())
async def forget_me(
    tap: CallbackQuery, bot: Bot, callback_data: ForgetMe, act: Act, resident: Resident, hashes: NumberHashes
) -> None:
    """The goodbye is in the language that was theirs until now."""
    async with act() as db:
        if not await queries.save_forgotten(db, resident, callback_data.since, hashes, act.now):
            raise Gone
    await show(tap, screens.goodbye())
    await withdraw_own_commands(bot, tap.from_user.id)
