"""The spreadsheet goes out, comes back filled in, and is counted whole or not at all."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from aiogram import F, Router
from aiogram.enums import ChatAction
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.cards import form_texts as cards
from bot.db.queries import save_awaiting, save_journal
from bot.db.session import Database
from bot.db.vote_queries import find_vote
from bot.domain.cells import CellFlaw
from bot.domain.clock import BISHKEK
from bot.domain.gathering import Line
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.gatherings import form_texts, queries, screens, texts
from bot.features.gatherings.access import countable_vote
from bot.features.gatherings.callbacks import GetSheetForm, PrintKit, SendSheetForm
from bot.features.gatherings.form import ReadSheets, read_sheets, sheet_form
from bot.features.gatherings.kit import kit
from bot.features.gatherings.queries import Entry
from bot.features.gatherings.states import FILE
from bot.i18n import LANGUAGES
from bot.prints import forms
from bot.telegram.act import Act
from bot.telegram.documents import download, send_text
from bot.telegram.screen import acknowledge, show
from bot.telegram.typed import Awaits

router = Router(name="filling in sheets")


@router.callback_query(GetSheetForm.filter())
async def get_sheet_form(
    tap: CallbackQuery, callback_data: GetSheetForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, FILE, vote.round_id)
    await _say_that_it_is_made(tap)
    content = await asyncio.to_thread(sheet_form, vote)
    await _hand_over(tap, f"gatherings-{vote.slug}.xlsx", content, texts.form_caption())


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
    tap: CallbackQuery, callback_data: PrintKit, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_journal(
            db,
            "gatherings.printed",
            actor_id=resident.id,
            municipality_id=vote.municipality_id,
            subject_id=vote.round_id,
        )
    await _say_that_it_is_made(tap)
    async with database.read() as db:
        worded = {each: await find_vote(db, vote.round_id, each) for each in LANGUAGES}
    votes = {language: found for language, found in worded.items() if found}
    await _hand_over(tap, f"kit-{vote.slug}.pdf", await asyncio.to_thread(kit, votes), texts.kit_caption())


@router.message(Awaits(FILE), ~F.text.startswith("/"))
async def take_filled_form(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """Read outside of the act, for a large file takes a while; counted inside of it."""
    async with database.read() as db:
        vote = await countable_vote(db, resident, resident.awaiting_id or 0)
    content = await download(message, forms.MOST_BYTES)
    filled = await asyncio.to_thread(forms.read_form, content)
    read = await asyncio.to_thread(read_sheets, vote, filled, datetime.now(BISHKEK).date())
    if not filled.rows:
        await show(message, screens.nothing_filled_in(vote.round_id))
        return
    if read.flaws:
        await _tell_wrong(message, vote.round_id, read.flaws)
        return
    async with act() as db:
        vote = await countable_vote(db, resident, vote.round_id)
        await queries.lock_count(db, vote.round_id)
        by = resident.id
        entries = await queries.save_sheets(db, vote.round_id, vote.municipality_id, read.sheets, by)
        if Entry.TAKEN not in entries:
            await save_awaiting(db, resident.id, None)
    if taken := _taken(read, entries):
        await _tell_wrong(message, vote.round_id, taken)
        return
    counts = entries.count(Entry.ENTERED), entries.count(Entry.KNOWN)
    await show(message, screens.entered(vote.round_id, *counts))


def _taken(read: ReadSheets, entries: Sequence[Entry]) -> list[CellFlaw]:
    """The numbers that other sheets have."""
    return [
        CellFlaw(row.row, row.letters[Line.BATCH], form_texts.number_taken())
        for row, entry in zip(read.rows, entries, strict=True)
        if entry is Entry.TAKEN
    ]


async def _tell_wrong(message: Message, round_id: int, flaws: Sequence[CellFlaw]) -> None:
    """All of them: what one message does not hold comes as a file before it."""
    if len(flaws) > cards.CELLS_SHOWN:
        await send_text(message, "wrong-cells.txt", cards.every_wrong_cell(flaws), cards.all_of_them())
    await show(message, screens.wrong_cells(round_id, flaws))


async def _say_that_it_is_made(tap: CallbackQuery) -> None:
    await acknowledge(tap, texts.being_made())
    if tap.bot is not None:
        await tap.bot.send_chat_action(tap.from_user.id, ChatAction.UPLOAD_DOCUMENT)


async def _hand_over(tap: CallbackQuery, name: str, content: bytes, caption: str) -> None:
    if tap.bot is None:
        raise Gone
    await tap.bot.send_document(
        tap.from_user.id, BufferedInputFile(content, name), caption=caption, parse_mode=None
    )
