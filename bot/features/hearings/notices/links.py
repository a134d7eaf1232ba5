"""The deep link of a hearing, as groups and the sheet on the board carry it: t.me/<bot>?start=h_12

Whoever has no home yet is led through the first visit by residents/first_visit.
"""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.db.queries import save_awaiting
from bot.domain.roles import Resident
from bot.features.hearings.notices import screens
from bot.features.hearings.notices.handlers import told_hearing
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="hearing links")
HEARING_LINK = F.args.regexp(r"^h_\d{1,9}$")


def is_settled(_message: Message, resident: Resident | None = None) -> bool:
    return resident is not None and resident.is_settled


@router.message(CommandStart(deep_link=True, magic=HEARING_LINK), is_settled)
async def open_linked_hearing(message: Message, command: CommandObject, act: Act, resident: Resident) -> None:
    """Like every /start it ends whatever was being asked."""
    hearing_id = int((command.args or "").removeprefix("h_"))
    async with act() as db:
        view = await told_hearing(db, hearing_id, resident)
        if resident.awaiting:
            await save_awaiting(db, resident.id, None)
    await show(message, screens.card(view, act.now))
