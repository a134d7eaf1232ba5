"""Accepting an invitation by its link: t.me/<bot>?start=r_<code>"""

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.db.queries import find_municipality
from bot.domain.codes import hash_of
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.residents.invitations import queries, screens
from bot.features.residents.invitations.invites import LINK
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.commands import register_own_commands
from bot.telegram.screen import show

router = Router(name="roles")


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(LINK)))
async def accept_invite(
    message: Message, bot: Bot, command: CommandObject, act: Act, resident: Resident | None
) -> None:
    code_hash = hash_of((command.args or "").removeprefix(LINK))
    now = act.now
    async with act() as db:
        resident_id = (
            resident.id
            if resident
            else await queries.save_stranger(db, message.chat.id, current_language(), now)
        )
        grant = await queries.save_acceptance(db, code_hash, resident_id, now)
        municipality = await find_municipality(db, grant.municipality_id)
    if municipality is None:
        raise Gone
    if resident is None:
        await show(message, screens.welcome_stranger(grant.role, municipality.name))
    else:
        await show(message, screens.welcome(grant.role, municipality.name, is_settled=resident.is_settled))
    roles = {held.role for held in resident.grants} if resident else set()
    await register_own_commands(bot, message.chat.id, current_language(), roles | {grant.role})
