"""What residents send waits for the officers, who show it to everybody or hide it; each can be undone."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.db.session import Database
from bot.domain.question import QuestionHideReason, QuestionState
from bot.domain.roles import Resident
from bot.features.hearings.questions import (
    answer_screens,
    screening_queries as queries,
    screening_screens as screens,
    screening_texts,
)
from bot.features.hearings.questions.access import answerable, managed
from bot.features.hearings.questions.callbacks import (
    HideQuestion,
    SetQuestionState,
    ShowNextWaiting,
    TellWhyHidden,
)
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.showing import change_state
from bot.features.hearings.questions.telling_authors import tell_why_hidden
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="screening")


@router.callback_query(ShowNextWaiting.filter())
async def show_next_waiting(
    tap: CallbackQuery, callback_data: ShowNextWaiting, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await managed(db, resident, callback_data.hearing_id)
        question = await queries.find_next_waiting(db, hearing.id, callback_data.after)
        waiting = await queries.count_waiting(db, hearing.id)
    await show(tap, screens.waiting(question, waiting) if question else screens.nothing_waits(hearing.id))


@router.callback_query(SetQuestionState.filter())
async def set_question_state(
    tap: CallbackQuery, callback_data: SetQuestionState, act: Act, resident: Resident
) -> None:
    wanted = callback_data.state
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id, lock=True)
        if question.state is not wanted and question.version == callback_data.version:
            question = await change_state(db, resident, question, wanted, now=act.now)
        waiting = await queries.count_waiting(db, question.hearing_id)
    if question.state is wanted:
        await show(tap, screens.decided(question, callback_data.was, waiting))
    else:
        await show(tap, answer_screens.card(question, screening_texts.decided_by_colleague()))


@router.callback_query(TellWhyHidden.filter())
async def tell_why(tap: CallbackQuery, callback_data: TellWhyHidden, act: Act, resident: Resident) -> None:
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id, lock=True)
        is_same = question.is_hidden and question.version == callback_data.version
        if is_same and await queries.save_reason(db, question, callback_data.reason):
            question = await answerable(db, resident, question.id)
            await tell_why_hidden(db, question)
        waiting = await queries.count_waiting(db, question.hearing_id)
    if is_same:
        await show(tap, screens.decided(question, _was(question), waiting))
    else:
        await show(tap, answer_screens.card(question, screening_texts.decided_by_colleague()))


@router.callback_query(HideQuestion.filter())
async def hide_question(
    tap: CallbackQuery, callback_data: HideQuestion, act: Act, resident: Resident
) -> None:
    """A button of old: it hid a question for its words, and showed again only what was hidden."""
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id, lock=True)
        if callback_data.on and not question.is_hidden:
            question = await change_state(
                db, resident, question, QuestionState.HIDDEN, QuestionHideReason.OFFENSIVE, now=act.now
            )
        elif question.is_hidden and not callback_data.on:
            question = await change_state(db, resident, question, QuestionState.SHOWN, now=act.now)
    await show(tap, answer_screens.card(question))


def _was(hidden: QuestionCard) -> QuestionState:
    """What to put a hidden question back to."""
    return QuestionState.SHOWN if hidden.was_shown else QuestionState.WAITING
