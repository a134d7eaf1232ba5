"""The spreadsheet goes out, comes back filled in, and is counted whole or not at all."""

import asyncio
from collections.abc import Sequence

from aiogram import Bot, Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.db.queries import Subject, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.cells import CellFlaw
from bot.domain.clock import local_day
from bot.domain.gathering import Line
from bot.domain.roles import Resident
from bot.features.votes.paper_votes import form_texts, queries, screens, texts
from bot.features.votes.paper_votes.access import countable_vote
from bot.features.votes.paper_votes.callbacks import GetSheetForm, PrintKit, SendAlikeSheets, SendSheetForm
from bot.features.votes.paper_votes.form import ReadSheets, read_sheet_form, sheet_form
from bot.features.votes.paper_votes.kit import kit
from bot.features.votes.paper_votes.queries import HOLDS_ALL_BACK, Entered, Entry
from bot.features.votes.paper_votes.states import FILE, FILE_OF_ALIKE
from bot.features.votes.vote_queries import find_vote
from bot.i18n import LANGUAGES
from bot.prints import form_texts as cards
from bot.prints.packed import MOST_BYTES
from bot.prints.reading import read_apart
from bot.telegram.act import Act
from bot.telegram.documents import being_read, download, send_text
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, acknowledge, show
from bot.telegram.typed import Awaits

router = Router(name="filling in sheets")


@router.callback_query(GetSheetForm.filter())
async def get_sheet_form(
    tap: CallbackQuery, bot: Bot, callback_data: GetSheetForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, FILE, vote.round_id)
    await _say_that_it_is_made(tap, bot)
    content = await asyncio.to_thread(sheet_form, vote)
    await _hand_over(tap, bot, f"gatherings-{vote.slug}.xlsx", content, texts.form_caption())


@router.callback_query(SendSheetForm.filter())
async def send_sheet_form(
    tap: CallbackQuery, callback_data: SendSheetForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, FILE, vote.round_id)
    await show(tap, screens.send_it_now(vote.round_id))


@router.callback_query(PrintKit.filter())
async def print_kit(
    tap: CallbackQuery, bot: Bot, callback_data: PrintKit, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_journal(
            db, "gatherings.printed", by=resident.id, of=Subject(vote.municipality_id, vote.round_id)
        )
    await _say_that_it_is_made(tap, bot)
    async with database.read() as db:
        worded = {each: await find_vote(db, vote.round_id, each) for each in LANGUAGES}
    votes = {language: found for language, found in worded.items() if found}
    await _hand_over(
        tap, bot, f"kit-{vote.slug}.pdf", await asyncio.to_thread(kit, votes), texts.kit_caption()
    )


@router.callback_query(SendAlikeSheets.filter())
async def send_alike_sheets(
    tap: CallbackQuery, callback_data: SendAlikeSheets, act: Act, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, FILE_OF_ALIKE, vote.round_id)
    await show(tap, screens.send_alike_now(vote.round_id))


async def _send_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        vote = await countable_vote(db, asking.resident, asking.about)
    if asking.awaiting == FILE_OF_ALIKE:
        return screens.send_alike_now(vote.round_id)
    return screens.send_it_now(vote.round_id)


PROMPTS: Prompts = {FILE: _send_again, FILE_OF_ALIKE: _send_again}


@router.message(Awaits(FILE))
@router.message(Awaits(FILE_OF_ALIKE))
async def take_filled_form(
    message: Message, about: int, act: Act, database: Database, resident: Resident
) -> None:
    """Read outside of the act, for a large file takes a while; counted inside of it."""
    async with database.read() as db:
        vote = await countable_vote(db, resident, about)
    content = await download(message, MOST_BYTES)
    today = local_day(act.now)
    async with being_read(message):
        read = await read_apart(read_sheet_form, content, vote, today, resident.language)
    if not read.rows:
        await show(message, screens.nothing_filled_in(vote.round_id))
        return
    if read.flaws:
        await _tell_wrong(message, vote.round_id, read.flaws)
        return
    async with act() as db:
        vote = await countable_vote(db, resident, vote.round_id)
        await queries.lock_count(db, vote.round_id)
        entered = await queries.save_sheets(
            db,
            vote.round_id,
            vote.municipality_id,
            read.sheets,
            resident.id,
            act.now,
            are_others=resident.awaiting == FILE_OF_ALIKE,
        )
        if not any(each.entry in HOLDS_ALL_BACK for each in entered):
            await save_awaiting(db, resident.id, None)
    await _tell_what_came_of_it(message, vote.round_id, read, entered)


async def _tell_what_came_of_it(
    message: Message, round_id: int, read: ReadSheets, entered: Sequence[Entered]
) -> None:
    if taken := _taken(read, entered):
        await _tell_wrong(message, round_id, taken)
    elif alike := _alike(read, entered):
        await show(message, screens.alike(round_id, alike))
    else:
        entries = [each.entry for each in entered]
        counts = entries.count(Entry.ENTERED), entries.count(Entry.KNOWN)
        await show(message, screens.entered(round_id, *counts))


def _taken(read: ReadSheets, entered: Sequence[Entered]) -> list[CellFlaw]:
    """The numbers that other sheets have."""
    return [
        CellFlaw(row.row, row.letters[Line.BATCH], form_texts.number_taken())
        for row, each in zip(read.rows, entered, strict=True)
        if each.entry is Entry.TAKEN
    ]


def _alike(read: ReadSheets, entered: Sequence[Entered]) -> list[tuple[str, str]]:
    return [
        (sheet.batch, each.batch)
        for sheet, each in zip(read.sheets, entered, strict=True)
        if each.entry is Entry.ALIKE
    ]


async def _tell_wrong(message: Message, round_id: int, flaws: Sequence[CellFlaw]) -> None:
    """All of them: what one message does not hold comes as a file before it."""
    if len(flaws) > cards.CELLS_SHOWN:
        await send_text(message, "wrong-cells.txt", cards.every_wrong_cell(flaws), cards.all_of_them())
    await show(message, screens.wrong_cells(round_id, flaws))


async def _say_that_it_is_made(tap: CallbackQuery, bot: Bot) -> None:
    await acknowledge(tap, texts.being_made())
    await bot.send_chat_action(tap.from_user.id, ChatAction.UPLOAD_DOCUMENT)


async def _hand_over(tap: CallbackQuery, bot: Bot, name: str, content: bytes, caption: str) -> None:
    await bot.send_document(
        tap.from_user.id, BufferedInputFile(content, name), caption=caption, parse_mode=None
    )
