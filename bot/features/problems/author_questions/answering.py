"""The author's side: read the question, answer it in words, by voice or with a photo, or leave it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.db.silence_queries import require_may_write
from bot.domain.inquiry import LONGEST_REPLY, SHORTEST_REPLY
from bot.domain.problem import Media
from bot.domain.refusals import AlreadyAnswered, Gone, WordsExpected
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.problems.author_questions import queries, screens
from bot.features.problems.author_questions.callbacks import AnswerInquiry
from bot.features.problems.author_questions.queries import OwnInquiry
from bot.features.problems.author_questions.states import ANSWER
from bot.features.problems.author_questions.telling import tell_facilitator
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.media import media_of
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="answering inquiries")


@router.callback_query(AnswerInquiry.filter())
async def answer_inquiry(
    tap: CallbackQuery, callback_data: AnswerInquiry, act: Act, resident: Resident
) -> None:
    async with act() as db:
        inquiry = await _own(db, resident, callback_data.inquiry_id)
        if inquiry.is_answered:
            raise AlreadyAnswered
        await require_may_write(db, resident.id, inquiry.problem.municipality_id, act.now)
        await save_awaiting(db, resident.id, ANSWER, inquiry.id)
    await show(tap, screens.write_answer(inquiry))


@router.message(Awaits(ANSWER))
async def take_answer(message: Message, about: int, act: Act, resident: Resident) -> None:
    words, media = _said(message)
    async with act() as db:
        inquiry = await _own(db, resident, about)
        await require_may_write(db, resident.id, inquiry.problem.municipality_id, act.now)
        if not await queries.save_answer(db, inquiry, words, media, act.now):
            raise AlreadyAnswered
        await save_awaiting(db, resident.id, None)
        await tell_facilitator(db, inquiry, words, has_media=media is not None)
        # By nobody: whoever reads what was done to a problem must not learn who reported it.
        await save_journal(db, "problem.answered", by=None, of=inquiry.problem, inquiry_id=inquiry.id)
    await show(message, screens.answered())


async def _put_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        inquiry = await _own(db, asking.resident, asking.about)
    if inquiry.is_answered:
        raise AlreadyAnswered
    return screens.write_answer(inquiry)


PROMPTS: Prompts = {ANSWER: _put_again}


def _said(message: Message) -> tuple[str, Media | None]:
    """Words, or a voice message or a photo with or without them."""
    media, words = media_of(message), message.text or message.caption or ""
    if media is None and not message.text:
        raise WordsExpected
    return checked_text(words, 0 if media else SHORTEST_REPLY, LONGEST_REPLY), media


async def _own(db: AsyncConnection, resident: Resident, inquiry_id: int) -> OwnInquiry:
    inquiry = await queries.find_own(db, inquiry_id, resident.id)
    if inquiry is None:
        raise Gone
    return inquiry
