"""The first visit and the way home. Each act leads to the first thing that is still unknown."""

import re
from collections.abc import Awaitable, Callable

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.db.forgotten_queries import save_returned
from bot.db.queries import find_resident, list_municipalities, save_awaiting, save_reachable
from bot.db.session import Database
from bot.db.silence_queries import save_silences_taken_up
from bot.domain.refusals import NotSettled
from bot.domain.roles import Resident
from bot.features.hearings.public import find_hearing
from bot.features.problems.public import find_shared
from bot.features.residents.first_visit import queries, screens
from bot.features.residents.first_visit.callbacks import Agree
from bot.features.residents.first_visit.states import LINKED
from bot.features.residents.first_visit.steps import ShowWorkplace, arrive, enter, go_on, person
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.navigation import GoHome
from bot.telegram.screen import Event, show

router = Router(name="start")
# A municipality's deep link: t.me/<bot>?start=m_jazy
MUNICIPALITY_LINK = "m_"
# It may name a village, too: t.me/<bot>?start=m_jazy_48
VILLAGE_LINK = re.compile(r"(?P<slug>[a-z0-9-]+)_(?P<village>\d{1,9})")
# A hearing's, for those whom the hearings cannot show it to yet: t.me/<bot>?start=h_12
HEARING_LINK = "h_"
# A problem's, for those whom the problems cannot show it to yet: t.me/<bot>?start=p_12
PROBLEM_LINK = "p_"
ShowLinked = Callable[[Event, Bot, Database, Resident, int], Awaitable[None]]


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(MUNICIPALITY_LINK)))
async def start_in_municipality(
    message: Message, command: CommandObject, act: Act, database: Database, resident: Resident | None
) -> None:
    slug, village_id = _place_of((command.args or "").removeprefix(MUNICIPALITY_LINK))
    async with database.read() as db:
        linked = next((each for each in await list_municipalities(db) if each.slug == slug), None)
    if linked is None:
        await start(message, act, database, resident)
    elif resident is None:
        async with act() as db:
            await queries.save_stranger(db, person(message), current_language(), linked.id, act.now)
            if village_id and (newcomer := await find_resident(db, person(message))):
                # One that is not there is passed over, and asked for later.
                await queries.save_village(db, newcomer.id, linked.id, village_id)
        await show(message, screens.languages())
    else:
        await enter(message, act, database, resident, linked)


def _place_of(named: str) -> tuple[str, int | None]:
    """The municipality of a link, and its village where the link names one."""
    found = VILLAGE_LINK.fullmatch(named)
    return (found["slug"], int(found["village"])) if found else (named, None)


@router.message(CommandStart(deep_link=True, magic=F.args.regexp(rf"^{HEARING_LINK}\d{{1,9}}$")))
async def start_at_hearing(
    message: Message, command: CommandObject, act: Act, database: Database, resident: Resident | None
) -> None:
    """Begin in the municipality of the hearing, which the home screen offers in the end."""
    async with database.read() as db:
        linked = await find_hearing(db, int((command.args or "").removeprefix(HEARING_LINK)))
    if linked is None or linked.announced_at is None or (resident and resident.municipality_id):
        await start(message, act, database, resident)
        return
    async with act() as db:
        await queries.save_stranger(db, person(message), current_language(), linked.municipality_id, act.now)
    if resident is None:
        await show(message, screens.languages())
    else:
        await go_on(message, database, act.now)


@router.message(CommandStart(deep_link=True, magic=F.args.regexp(rf"^{PROBLEM_LINK}\d{{1,9}}$")))
async def start_at_problem(
    message: Message, command: CommandObject, act: Act, database: Database, resident: Resident | None
) -> None:
    """Begin in the municipality of the problem, which is shown as soon as the first visit is over."""
    async with database.read() as db:
        linked = await find_shared(db, int((command.args or "").removeprefix(PROBLEM_LINK)))
    if linked is None:
        await start(message, act, database, resident)
        return
    async with act() as db:
        if resident is None or resident.municipality_id is None:
            await queries.save_stranger(
                db, person(message), current_language(), linked.municipality_id, act.now
            )
        if newcomer := await find_resident(db, person(message)):
            await save_awaiting(db, newcomer.id, LINKED, linked.card.id)
    if resident is None:
        await show(message, screens.languages())
    else:
        await go_on(message, database, act.now)


@router.message(CommandStart())
async def start(message: Message, act: Act, database: Database, resident: Resident | None) -> None:
    """Begin, or come back: what was answered before is never asked again."""
    if resident is not None and resident.awaiting:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    await go_on(message, database, act.now)


@router.callback_query(GoHome.filter())
async def go_home(tap: CallbackQuery, act: Act, database: Database, resident: Resident | None) -> None:
    """Home ends every question: what is typed next answers none of them."""
    if resident is not None and resident.awaiting:
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    await go_on(tap, database, act.now)


@router.my_chat_member()
async def note_reachable(change: ChatMemberUpdated, act: Act) -> None:
    """Whoever blocks the bot is left alone until they are back."""
    async with act() as db:
        reachable = change.new_chat_member.status != ChatMemberStatus.KICKED
        await save_reachable(db, change.from_user.id, reachable=reachable)


@router.callback_query(Agree.filter())
async def agree(
    tap: CallbackQuery,
    bot: Bot,
    act: Act,
    database: Database,
    resident: Resident | None,
    show_linked: ShowLinked,
    show_workplace: ShowWorkplace,
) -> None:
    if resident is None or resident.village_id is None:
        raise NotSettled
    came_for = resident.awaiting_id if resident.awaiting == LINKED else None
    async with act() as db:
        await queries.save_agreement(db, resident.id, act.now)
        await save_returned(db, resident.number_hash, resident.telegram_id, act.now)
        await save_silences_taken_up(db, resident.id, resident.number_hash)
        if came_for:
            await save_awaiting(db, resident.id, None)
    if came_for:
        await show_linked(tap, bot, database, resident, came_for)
    else:
        await arrive(tap, act, database, resident, show_workplace)
