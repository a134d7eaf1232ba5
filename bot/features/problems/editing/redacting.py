"""Taking words out of a problem, also where a vote has frozen its wording."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.personal import Found, found_in
from bot.domain.redaction import LONGEST_CUT, SHORTEST_CUT
from bot.domain.refusals import WordsNotFound
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.problems.editing import redacting_queries, redacting_screens
from bot.features.problems.editing.callbacks import AskRedaction, RedactFound
from bot.features.problems.editing.handlers import sheet_of
from bot.features.problems.editing.queries import Sheet
from bot.features.problems.editing.states import REDACT
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="redacting")


@router.callback_query(AskRedaction.filter())
async def ask_redaction(
    tap: CallbackQuery, callback_data: AskRedaction, act: Act, resident: Resident
) -> None:
    async with act() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
        await save_awaiting(db, resident.id, REDACT, sheet.card.id)
    await show(tap, redacting_screens.ask_words(sheet, _personal(sheet)))


def _personal(sheet: Sheet) -> list[Found]:
    """Personal data in all that was ever said of a problem."""
    card = sheet.card
    words = (card.wording.text, card.wording.translation, card.wording.original, card.who)
    record = (sheet.causes, sheet.consequences, *(each.text for each in card.notes))
    return [found for text in (*words, *record) if text for found in found_in(text)]


@router.callback_query(RedactFound.filter())
async def redact_found(
    tap: CallbackQuery, callback_data: RedactFound, act: Act, database: Database, resident: Resident
) -> None:
    """What was taken out by an earlier press is not found again."""
    async with act() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
        if words := [each.words for each in _personal(sheet)]:
            await redact(db, resident, sheet.card.id, words)
        await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
    await show(tap, redacting_screens.taken_out(sheet))


async def _ask_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        sheet = await sheet_of(db, asking.resident, asking.about)
    return redacting_screens.ask_words(sheet, _personal(sheet))


PROMPTS: Prompts = {REDACT: _ask_again}


@router.message(Awaits(REDACT), F.text)
async def take_out_words(
    message: Message, about: int, act: Act, database: Database, resident: Resident
) -> None:
    """Each line is words of its own."""
    typed = checked_text(message.text or "", SHORTEST_CUT, LONGEST_CUT)
    words = [checked_text(line, SHORTEST_CUT, LONGEST_CUT) for line in typed.splitlines() if line.strip()]
    async with act() as db:
        await redact(db, resident, about, words)
        await save_awaiting(db, resident.id, None)
    async with database.read() as db:
        sheet = await sheet_of(db, resident, about)
    await show(message, redacting_screens.taken_out(sheet))


async def redact(db: AsyncConnection, resident: Resident, problem_id: int, words: Sequence[str]) -> None:
    """Take these words out wherever the problem has them, and record that it was done, not what it was.

    Refuses words that stand nowhere. Whoever finds such words by other means passes them here too.
    """
    sheet = await sheet_of(db, resident, problem_id)
    await lock_municipality(db, sheet.municipality_id)
    if not await redacting_queries.save_redacted(db, problem_id, words):
        raise WordsNotFound
    await save_journal(db, "problem.redacted", by=resident.id, of=sheet)
