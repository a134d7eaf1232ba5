"""The officers' side: answer a question, decide on a proposal, correct either."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.hearing import Decision
from bot.domain.question import LONGEST_ANSWER, SHORTEST_ANSWER, QuestionState
from bot.domain.refusals import Gone, WordsExpected
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.hearings.questions import answer_screens as screens, answer_texts as texts, queries
from bot.features.hearings.questions.access import answerable, managed
from bot.features.hearings.questions.callbacks import (
    AcceptWithoutWords,
    AnswerQuestion,
    DecideAnew,
    DecideProposal,
    ListUnanswered,
    OpenQuestion,
    ShowNextQuestion,
    TellCorrection,
)
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.showing import change_state
from bot.features.hearings.questions.states import ANSWER, CORRECTION, answer_awaited, read_decision
from bot.features.hearings.questions.telling import is_correction_told, tell_asker, tell_asker_anew
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="answering")


@router.callback_query(ListUnanswered.filter())
async def list_unanswered(
    tap: CallbackQuery, callback_data: ListUnanswered, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await managed(db, resident, callback_data.hearing_id)
        found = await queries.list_to_answer(db, hearing.id, callback_data.page)
        counts = await queries.count_questions(db, hearing.id)
    await show(tap, screens.to_answer(found, counts, hearing))


@router.callback_query(OpenQuestion.filter())
async def open_question(
    tap: CallbackQuery, callback_data: OpenQuestion, act: Act, database: Database, resident: Resident
) -> None:
    """Also the way back from writing an answer, which is awaited no longer."""
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id)
        if resident.is_asked(ANSWER, CORRECTION):
            await save_awaiting(db, resident.id, None)
    await _show_card(tap, database, question)


@router.callback_query(ShowNextQuestion.filter())
async def show_next_question(
    tap: CallbackQuery, callback_data: ShowNextQuestion, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        hearing = await managed(db, resident, callback_data.hearing_id)
        question = await queries.find_next_unanswered(db, hearing.id, callback_data.after)
    await show(tap, screens.card(question) if question else screens.nothing_to_answer(hearing.id))


@router.callback_query(AnswerQuestion.filter())
async def answer_question(
    tap: CallbackQuery, callback_data: AnswerQuestion, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id)
        if question.is_proposal:
            raise Gone
        writes = question.is_answered is callback_data.anew
        if writes:
            awaited = answer_awaited(None, anew=callback_data.anew)
            await save_awaiting(db, resident.id, awaited, question.id)
    if writes:
        await show(tap, screens.write_answer(question))
    else:
        await _show_card(tap, database, question, _note(question, resident))


@router.callback_query(DecideAnew.filter())
async def decide_anew(
    tap: CallbackQuery, callback_data: DecideAnew, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        question = await answerable(db, resident, callback_data.question_id)
    if not question.is_proposal:
        raise Gone
    if question.is_answered:
        await show(tap, screens.which_decision(question))
    else:
        await _show_card(tap, database, question)


@router.callback_query(DecideProposal.filter())
async def decide_proposal(
    tap: CallbackQuery, callback_data: DecideProposal, act: Act, database: Database, resident: Resident
) -> None:
    decision, anew = callback_data.decision, callback_data.anew
    async with act() as db:
        question = await _proposal(db, resident, callback_data.question_id)
        writes = question.is_answered is anew
        if writes:
            await save_awaiting(db, resident.id, answer_awaited(decision, anew=anew), question.id)
    if writes:
        await show(tap, screens.write_reason(question, decision, anew=anew))
    else:
        await _show_card(tap, database, question, _note(question, resident))


@router.callback_query(AcceptWithoutWords.filter())
async def accept_without_words(
    tap: CallbackQuery, callback_data: AcceptWithoutWords, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        question = await _proposal(db, resident, callback_data.question_id, lock=True)
        await save_awaiting(db, resident.id, None)
        note = await _save(db, resident, question, Decision.ACCEPTED, None, act.now, anew=callback_data.anew)
        question = await answerable(db, resident, question.id)
    await _show_card(tap, database, question, note)


async def _answer_again(asking: Asking) -> Screen:
    return await _write_again(asking, asking.part(ANSWER, read_decision), anew=False)


async def _correct_again(asking: Asking) -> Screen:
    return await _write_again(asking, asking.part(CORRECTION, read_decision), anew=True)


async def _write_again(asking: Asking, decision: Decision | None, *, anew: bool) -> Screen:
    async with asking.database.read() as db:
        question = await answerable(db, asking.resident, asking.about)
    if decision is None:
        return screens.write_answer(question)
    return screens.write_reason(question, decision, anew=anew)


PROMPTS: Prompts = {ANSWER: _answer_again, CORRECTION: _correct_again}


@router.message(Awaits(ANSWER, then=read_decision), F.text)
@router.message(Awaits(CORRECTION, then=read_decision), F.text)
async def take_answer(
    message: Message, about: int, part: Decision | None, act: Act, database: Database, resident: Resident
) -> None:
    anew = resident.is_asked(CORRECTION)
    words = checked_text(message.text or "", SHORTEST_ANSWER, LONGEST_ANSWER)
    async with act() as db:
        question = await answerable(db, resident, about, lock=True)
        await save_awaiting(db, resident.id, None)
        note = await _save(db, resident, question, part, words, act.now, anew=anew)
        question = await answerable(db, resident, question.id)
    await _show_card(message, database, question, note)


@router.message(Awaits(ANSWER, then=read_decision), ~F.text)
@router.message(Awaits(CORRECTION, then=read_decision), ~F.text)
async def want_words(_message: Message) -> None:
    raise WordsExpected


@router.callback_query(TellCorrection.filter())
async def tell_correction(
    tap: CallbackQuery, callback_data: TellCorrection, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        question = await answerable(db, resident, callback_data.question_id, lock=True)
        corrected = question.corrected_at
        if corrected is None or int(corrected.timestamp()) != callback_data.at:
            raise Gone
        if await tell_asker_anew(db, question):
            await _journal(db, "question.told", resident, question)
    await _show_card(tap, database, question, toast=texts.told_toast())


async def _save(
    db: AsyncConnection,
    resident: Resident,
    question: QuestionCard,
    decision: Decision | None,
    words: str | None,
    now: datetime,
    *,
    anew: bool,
) -> Markup | None:
    """Answer or correct, record who did, and queue the word back; return what to say of it.

    The question is locked. What waited is shown to everybody with its answer; what is hidden stays so.
    """
    waited = question.waits and question.is_answered is anew
    if waited:
        question = await change_state(db, resident, question, QuestionState.SHOWN, now=now)
    if anew:
        if await queries.save_correction(db, question.id, words, decision, now):
            await _journal(db, "question.corrected", resident, question, decision)
        return texts.corrected() if question.is_answered else None
    if not await queries.save_answer(db, question.id, resident.id, words, decision, now):
        return _note(question, resident)
    await _journal(db, "question.answered", resident, question, decision)
    await tell_asker(db, await answerable(db, resident, question.id))
    return texts.saved(told=question.author_id is not None, shown=waited)


def _note(question: QuestionCard, resident: Resident) -> Markup | None:
    """Whoever comes second to a colleague is told so; the same press again is welcome."""
    if not question.is_answered or question.answered_by == resident.id:
        return None
    return texts.answered_by_colleague()


async def _proposal(
    db: AsyncConnection, resident: Resident, question_id: int, *, lock: bool = False
) -> QuestionCard:
    question = await answerable(db, resident, question_id, lock=lock)
    if not question.is_proposal:
        raise Gone
    return question


async def _journal(
    db: AsyncConnection,
    act: str,
    resident: Resident,
    question: QuestionCard,
    decision: Decision | None = None,
) -> None:
    await save_journal(db, act, by=resident.id, of=question, **({"decision": decision} if decision else {}))


async def _show_card(
    event: Event,
    database: Database,
    question: QuestionCard,
    note: Markup | None = None,
    *,
    toast: str | None = None,
) -> None:
    async with database.read() as db:
        told = await is_correction_told(db, question)
    await show(event, screens.card(question, note, telling=not told), toast=toast)
