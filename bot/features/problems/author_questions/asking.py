"""The facilitator's side: ask the author of a problem, take the question back, hear the answer."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.inquiry import LONGEST_INQUIRY, SHORTEST_INQUIRY
from bot.domain.problem import Purpose
from bot.domain.refusals import AuthorUnknown, BeyondAsking, InquiryWaits, Refusal, WordsExpected
from bot.domain.roles import Resident, Role, allowed
from bot.domain.text import checked_text
from bot.features.problems.author_questions import queries, screens, texts
from bot.features.problems.author_questions.callbacks import AskAuthor, ShowAnswerMedia, TakeBackInquiry
from bot.features.problems.author_questions.queries import AskedAbout
from bot.features.problems.author_questions.states import QUESTION
from bot.features.problems.author_questions.telling import tell_author
from bot.features.problems.inquiry_queries import Inquiries, find_inquiries
from bot.features.problems.problem_queries import list_attachments
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.media import send_media
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, acknowledge, show

router = Router(name="asking authors")


@router.callback_query(AskAuthor.filter())
async def ask_author(tap: CallbackQuery, callback_data: AskAuthor, act: Act, resident: Resident) -> None:
    async with act() as db:
        problem = await _moderated(db, resident, callback_data.problem_id)
        found = await _begin(db, resident, problem)
    await show(tap, screens.questions(problem, found))


async def _begin(db: AsyncConnection, resident: Resident, problem: AskedAbout) -> Inquiries:
    """What was asked before; a question is awaited from now on, unless one still waits for its answer."""
    found = await find_inquiries(db, problem.id)
    if found.open is None:
        if refusal := _hindrance(problem):
            raise refusal
        await save_awaiting(db, resident.id, QUESTION, problem.id)
    return found


@router.message(Awaits(QUESTION), F.text)
async def send_question(message: Message, about: int, act: Act, resident: Resident) -> None:
    words = checked_text(message.text or "", SHORTEST_INQUIRY, LONGEST_INQUIRY)
    async with act() as db:
        problem = await _moderated(db, resident, about, lock=True)
        await _require_askable(db, problem)
        await save_awaiting(db, resident.id, None)
        await _ask(db, resident, problem, words, act.update_id, act.now)
    await show(message, screens.asked(problem))


async def _put_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        problem = await _moderated(db, asking.resident, asking.about)
        found = await _require_askable(db, problem)
    return screens.questions(problem, found)


PROMPTS: Prompts = {QUESTION: _put_again}


async def _require_askable(db: AsyncConnection, problem: AskedAbout) -> Inquiries:
    """What was asked before; refuses while a question waits, and where there is nobody or nothing to ask."""
    found = await find_inquiries(db, problem.id)
    if found.open:
        raise InquiryWaits
    if refusal := _hindrance(problem):
        raise refusal
    return found


@router.message(Awaits(QUESTION), ~F.text)
async def want_words(_message: Message) -> None:
    raise WordsExpected


@router.callback_query(TakeBackInquiry.filter())
async def take_back_inquiry(
    tap: CallbackQuery, callback_data: TakeBackInquiry, act: Act, resident: Resident
) -> None:
    async with act() as db:
        found = await queries.find_problem_of(db, callback_data.inquiry_id)
        problem = allowed(resident, found, Role.FACILITATOR)
        if await queries.save_taken_back(db, callback_data.inquiry_id):
            inquiry_id = callback_data.inquiry_id
            await save_journal(db, "problem.unasked", by=resident.id, of=problem, inquiry_id=inquiry_id)
            screen = screens.taken_back(problem)
        else:
            # The author was faster.
            screen = screens.questions(problem, await _begin(db, resident, problem))
    await show(tap, screen)


@router.callback_query(ShowAnswerMedia.filter())
async def show_answer_media(
    tap: CallbackQuery, bot: Bot, callback_data: ShowAnswerMedia, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        problem = await _moderated(db, resident, callback_data.problem_id)
        media = await list_attachments(db, problem.id, Purpose.ANSWER, kept_back=True)
    await acknowledge(tap)
    captions = [texts.media_caption(problem.number)] * len(media)
    await send_media(bot, tap.from_user.id, media, captions)


async def _moderated(
    db: AsyncConnection, resident: Resident, problem_id: int, *, lock: bool = False
) -> AskedAbout:
    return allowed(resident, await queries.find_problem(db, problem_id, lock=lock), Role.FACILITATOR)


def _hindrance(problem: AskedAbout) -> Refusal | None:
    """Why there is nobody, or nothing, to ask."""
    if problem.is_beyond_asking:
        return BeyondAsking()
    return AuthorUnknown() if problem.author_id is None else None


async def _ask(
    db: AsyncConnection, resident: Resident, problem: AskedAbout, words: str, update_id: int, now: datetime
) -> None:
    inquiry_id = await queries.save_inquiry(db, problem.id, resident.id, words, update_id, now)
    await tell_author(db, problem, inquiry_id, words)
    await save_journal(db, "problem.asked", by=resident.id, of=problem, inquiry_id=inquiry_id)
