"""What was asked and answered, for everybody of the municipality; and what became of one's own."""

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.session import Database
from bot.domain.question import QuestionState
from bot.domain.refusals import Gone
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import find_hearing
from bot.features.hearings.questions import list_screens as screens, queries
from bot.features.hearings.questions.access import is_officer, readable
from bot.features.hearings.questions.callbacks import ListMyQuestions, ListQuestions, ShowQuestion
from bot.features.hearings.questions.queries import QuestionCard
from bot.telegram.screen import show

router = Router(name="questions read")


@router.callback_query(ListQuestions.filter())
async def list_questions(
    tap: CallbackQuery, callback_data: ListQuestions, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await readable(db, resident, callback_data.hearing_id)
        found = await queries.list_questions(db, hearing.id, callback_data.page)
    await show(tap, screens.everybodys(found, hearing))


@router.callback_query(ListMyQuestions.filter())
async def list_my_questions(
    tap: CallbackQuery, callback_data: ListMyQuestions, database: Database, resident: Resident
) -> None:
    """Also for whoever has moved away since."""
    async with database.read() as db:
        found = await queries.list_questions(db, callback_data.hearing_id, callback_data.page, of=resident.id)
        if found.page.total:
            hearing = await find_hearing(db, callback_data.hearing_id)
        else:
            hearing = await readable(db, resident, callback_data.hearing_id)
    if hearing is None:
        raise Gone
    await show(tap, screens.mine(found, hearing))


@router.callback_query(ShowQuestion.filter())
async def show_question(
    tap: CallbackQuery, callback_data: ShowQuestion, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        question = await queries.find_question(db, callback_data.question_id)
        if question is None:
            raise Gone
        await _require_readable(db, resident, question)
    await show(tap, screens.card(question, callback_data.page, mine=callback_data.mine))


async def _require_readable(db: AsyncConnection, resident: Resident, question: QuestionCard) -> None:
    if question.author_id == resident.id:
        return
    hearing = await readable(db, resident, question.hearing_id)
    if question.state is not QuestionState.SHOWN and not is_officer(resident, hearing):
        raise Gone
