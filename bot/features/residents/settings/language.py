"""The language of everything that is said, chosen on the first visit and whenever one likes."""

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.roles import Resident
from bot.features.residents.first_visit import queries
from bot.features.residents.first_visit.steps import go_on
from bot.features.residents.settings.callbacks import ChooseLanguage
from bot.i18n import LANGUAGES, speaking
from bot.telegram.act import Act
from bot.telegram.commands import register_own_commands

router = Router(name="language")


@router.callback_query(ChooseLanguage.filter(F.code.in_(LANGUAGES)))
async def choose_language(
    tap: CallbackQuery,
    bot: Bot,
    callback_data: ChooseLanguage,
    act: Act,
    database: Database,
    resident: Resident | None,
) -> None:
    async with act() as db:
        await queries.save_language(db, tap.from_user.id, callback_data.code, act.now)
    with speaking(callback_data.code):
        await go_on(tap, database, act.now)
    roles = {grant.role for grant in resident.grants} if resident else set()
    await register_own_commands(bot, tap.from_user.id, callback_data.code, roles)
