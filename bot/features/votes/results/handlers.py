"""What came of a vote: read by everybody once it is counted."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.number_hashes import NumberHashes
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.votes.results import queries, screens, texts
from bot.features.votes.results.callbacks import (
    ListResult,
    SendCodes,
    SendResultPictures,
    ShowHowCounted,
    ShowResult,
)
from bot.features.votes.results.pictures import send_pictures
from bot.telegram.files import say_being_drawn, send_files
from bot.telegram.screen import acknowledge, show

router = Router(name="results")

# Those who may have the files of the count.
_CHECKING = (Role.FACILITATOR, Role.MONITOR)


@router.callback_query(ShowResult.filter())
async def show_result(
    tap: CallbackQuery, callback_data: ShowResult, database: Database, resident: Resident
) -> None:
    await _show_page(tap, database, resident, callback_data.round_id, 0)


@router.callback_query(ListResult.filter())
async def list_result(
    tap: CallbackQuery, callback_data: ListResult, database: Database, resident: Resident
) -> None:
    await _show_page(tap, database, resident, callback_data.round_id, callback_data.page)


async def _show_page(
    tap: CallbackQuery, database: Database, resident: Resident, round_id: int, page: int
) -> None:
    result = await queries.find_result(database, round_id, resident.language)
    municipality_id = result.vote.municipality_id
    may_check = any(municipality_id in resident.municipalities_as(role) for role in _CHECKING)
    await show(tap, screens.result(result, page, may_check=may_check))


@router.callback_query(ShowHowCounted.filter())
async def show_how_counted(
    tap: CallbackQuery,
    callback_data: ShowHowCounted,
    database: Database,
    resident: Resident,
    hashes: NumberHashes,
) -> None:
    result = await queries.find_result(database, callback_data.round_id, resident.language)
    async with database.read() as db:
        code = await queries.find_my_code(db, result.vote.round_id, resident, hashes)
    await show(tap, screens.how_counted(result, code))


@router.callback_query(SendResultPictures.filter())
async def send_result_pictures(
    tap: CallbackQuery, bot: Bot, callback_data: SendResultPictures, database: Database, resident: Resident
) -> None:
    result = await queries.find_result(database, callback_data.round_id, resident.language)
    if not result.is_shown:
        raise Gone
    await say_being_drawn(tap, bot)
    language, caption = resident.language, texts.caption(result)
    await send_pictures(bot, tap.from_user.id, database, result, language, caption)


@router.callback_query(SendCodes.filter())
async def send_codes(
    tap: CallbackQuery, bot: Bot, callback_data: SendCodes, database: Database, resident: Resident
) -> None:
    result = await queries.find_result(database, callback_data.round_id, resident.language)
    async with database.read() as db:
        codes = await queries.list_codes(db, result.vote.round_id)
    await acknowledge(tap)
    files = {f"codes-{result.vote.slug}.txt": "\r\n".join([*codes, ""]).encode()}
    await send_files(bot, tap.from_user.id, files, texts.codes_caption(len(codes)))
