"""The spreadsheet goes out, comes back filled in, and is counted whole or not at all."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.gathering import Line
from bot.domain.roles import Resident
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.votes.paper_votes import form_texts, queries, screens, texts
from bot.features.votes.paper_votes.access import countable_vote
from bot.features.votes.paper_votes.blank_form import sheet_form
from bot.features.votes.paper_votes.callbacks import GetSheetForm, PrintKit, SendAlikeSheets, SendSheetForm
from bot.features.votes.paper_votes.form import ReadSheets, read_sheet_form
from bot.features.votes.paper_votes.kit import kit
from bot.features.votes.paper_votes.queries import Entered, Entry
from bot.features.votes.paper_votes.states import FILE, FILE_OF_ALIKE
from bot.features.votes.vote_queries import find_vote
from bot.i18n import LANGUAGES
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.files import say_being_made, send_files
from bot.telegram.forms import HeldBack, take_form
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="filling in sheets")


@router.callback_query(GetSheetForm.filter())
async def get_sheet_form(
    tap: CallbackQuery, bot: Bot, callback_data: GetSheetForm, act: Act, resident: Resident
) -> None:
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        await save_awaiting(db, resident.id, FILE, vote.round_id)
    await say_being_made(tap, bot)
    content = await asyncio.to_thread(sheet_form, vote)
    files = {f"gatherings-{vote.slug}.xlsx": content}
    await send_files(bot, tap.from_user.id, files, texts.form_caption())


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
    await say_being_made(tap, bot)
    async with database.read() as db:
        worded = {each: await find_vote(db, vote.round_id, each) for each in LANGUAGES}
    votes = {language: found for language, found in worded.items() if found}
    files = {f"kit-{vote.slug}.pdf": await asyncio.to_thread(kit, votes)}
    await send_files(bot, tap.from_user.id, files, texts.kit_caption())


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
    async with database.read() as db:
        vote = await countable_vote(db, resident, about)
    today = local_day(act.now)
    await take_form(
        message,
        act,
        resident,
        read=partial(read_sheet_form, vote=vote, today=today, language=resident.language),
        nothing_filled_in=screens.nothing_filled_in(vote.round_id),
        wrong_cells=partial(screens.wrong_cells, vote.round_id),
        save=partial(_save, resident, vote.round_id, act.now),
    )


async def _save(
    resident: Resident, round_id: int, now: datetime, db: AsyncConnection, read: ReadSheets
) -> Screen | HeldBack:
    vote = await countable_vote(db, resident, round_id)
    await queries.lock_count(db, round_id)
    entered = await queries.save_sheets(
        db,
        round_id,
        vote.municipality_id,
        read.sheets,
        resident.id,
        now,
        are_others=resident.awaiting == FILE_OF_ALIKE,
    )
    if taken := _taken(read, entered):
        return HeldBack(screens.wrong_cells(round_id, taken), taken)
    if alike := _alike(read, entered):
        return HeldBack(screens.alike(round_id, alike))
    entries = [each.entry for each in entered]
    return screens.entered(round_id, entries.count(Entry.ENTERED), entries.count(Entry.KNOWN))


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
