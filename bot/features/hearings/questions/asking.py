"""Asking and proposing: what kind, the words, the name, a look, and off it goes.

An officer writes down in the same way what was said in the hall.
"""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, save_awaiting, save_journal
from bot.db.silence_queries import require_may_write
from bot.domain.asker_name import name_doubt, one_line
from bot.domain.hearing import LONGEST_QUESTION
from bot.domain.question import MOST_QUESTIONS, SHORTEST_QUESTION, QuestionState, checked_name
from bot.domain.refusals import Gone, TooManyQuestions, WordsExpected
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.features.hearings.hearing_queries import HearingCard, lock_hearing, save_corrected
from bot.features.hearings.minutes.callbacks import AddFromHall
from bot.features.hearings.questions import answer_screens, draft_queries as queries, list_screens, screens
from bot.features.hearings.questions.access import answerable, askable, recordable
from bot.features.hearings.questions.callbacks import (
    AskName,
    AskQuestion,
    DropQuestion,
    LeaveUnsigned,
    RewriteQuestion,
    SendQuestion,
    SetQuestionKind,
    TypeName,
)
from bot.features.hearings.questions.draft_queries import DraftQuestion
from bot.features.hearings.questions.queries import QuestionCard, find_question
from bot.features.hearings.questions.states import NAME, TEXT
from bot.features.hearings.questions.telling import tell_officers
from bot.i18n import current_language
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="asking")


@router.callback_query(AskQuestion.filter())
async def ask_question(tap: CallbackQuery, callback_data: AskQuestion, act: Act, resident: Resident) -> None:
    async with act() as db:
        hearing = await askable(db, resident, callback_data.hearing_id)
        await require_may_write(db, resident.id, hearing.municipality_id, act.now)
        await _require_below_limit(db, resident, hearing.id, act.now)
        draft = await queries.save_new_draft(db, resident.id, hearing.id, act.now)
        await _await_next(db, draft)
    await show(tap, screens.next_step(draft, hearing))


@router.callback_query(AddFromHall.filter())
async def add_from_hall(tap: CallbackQuery, callback_data: AddFromHall, act: Act, resident: Resident) -> None:
    async with act() as db:
        hearing = await recordable(db, resident, callback_data.hearing_id, act.now)
        draft = await queries.save_new_draft(db, resident.id, hearing.id, act.now, in_hall=True)
        await _await_next(db, draft)
    await show(tap, screens.next_step(draft, hearing))


@router.callback_query(SetQuestionKind.filter())
async def set_kind(tap: CallbackQuery, callback_data: SetQuestionKind, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, hearing = await _opened(db, resident, callback_data.draft_id, act.now)
        draft = await _save(db, draft, act.now, kind=callback_data.kind)
    await show(tap, screens.next_step(draft, hearing))


@router.callback_query(RewriteQuestion.filter())
async def rewrite(tap: CallbackQuery, callback_data: RewriteQuestion, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, hearing = await _opened(db, resident, callback_data.draft_id, act.now)
        await save_awaiting(db, resident.id, TEXT, draft.id)
    await show(tap, screens.write(draft, hearing))


@router.message(Awaits(TEXT), F.text)
async def take_text(message: Message, about: int, act: Act, resident: Resident) -> None:
    words = checked_text(message.text or "", SHORTEST_QUESTION, LONGEST_QUESTION)
    async with act() as db:
        draft, hearing = await _opened(db, resident, about, act.now)
        draft = await _save(db, draft, act.now, text=words)
    await show(message, screens.next_step(draft, hearing))


@router.message(Awaits(TEXT), ~F.text)
@router.message(Awaits(NAME), ~F.text)
async def want_words(_message: Message) -> None:
    raise WordsExpected


@router.callback_query(AskName.filter())
async def ask_name(tap: CallbackQuery, callback_data: AskName, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, _hearing = await _opened(db, resident, callback_data.draft_id, act.now)
        await save_awaiting(db, resident.id, NAME, draft.id)
    await show(tap, screens.which_name(draft))


@router.callback_query(TypeName.filter())
async def type_name(tap: CallbackQuery, callback_data: TypeName, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, _hearing = await _opened(db, resident, callback_data.draft_id, act.now)
        await save_awaiting(db, resident.id, NAME, draft.id)
    await show(tap, screens.type_name(draft))


@router.callback_query(LeaveUnsigned.filter())
async def leave_unsigned(
    tap: CallbackQuery, callback_data: LeaveUnsigned, act: Act, resident: Resident
) -> None:
    async with act() as db:
        draft, hearing = await _opened(db, resident, callback_data.draft_id, act.now)
        draft = await _save(db, draft, act.now, signed="")
    await show(tap, screens.next_step(draft, hearing))


@router.message(Awaits(NAME), F.text)
async def take_name(message: Message, about: int, act: Act, resident: Resident) -> None:
    """What is hardly a name is not kept: it is shown, and asked for again."""
    typed = one_line(message.text or "")
    async with act() as db:
        draft, hearing = await _opened(db, resident, about, act.now)
        doubt = name_doubt(typed, draft.text or "")
        if doubt is None:
            draft = await _save(db, draft, act.now, signed=checked_name(typed))
    await show(
        message, screens.doubtful_name(draft, doubt, typed) if doubt else screens.next_step(draft, hearing)
    )


async def _put_again(asking: Asking) -> Screen:
    """The kind may be chosen after the words; rewriting asks for words that are there."""
    async with asking.database.read() as db:
        draft, hearing = await _opened(db, asking.resident, asking.about, asking.now)
    if asking.awaiting == TEXT and draft.text is not None:
        return screens.write(draft, hearing)
    return screens.next_step(draft, hearing)


PROMPTS: Prompts = {TEXT: _put_again, NAME: _put_again}


@router.callback_query(DropQuestion.filter())
async def drop_question(
    tap: CallbackQuery, callback_data: DropQuestion, act: Act, resident: Resident
) -> None:
    async with act() as db:
        draft = await queries.find_draft(db, resident.id, callback_data.draft_id, act.now)
        if draft is None:
            raise Gone
        await queries.save_dropped(db, draft.id)
        await save_awaiting(db, resident.id, None)
    await show(tap, screens.dropped(draft))


@router.callback_query(SendQuestion.filter())
async def send_question(
    tap: CallbackQuery, callback_data: SendQuestion, act: Act, resident: Resident
) -> None:
    async with act() as db:
        draft = await queries.find_draft(db, resident.id, callback_data.draft_id, act.now)
        if draft and draft.doubt:
            # Typed before names were looked at, or before the words that it repeats.
            hearing = await _required(db, resident, draft, act.now)
            await _await_next(db, draft)
            screen = screens.next_step(draft, hearing)
        else:
            screen = _after_sending(
                await _sent(db, resident, draft, callback_data.draft_id, act.now), resident
            )
    await show(tap, screen)


async def _sent(
    db: AsyncConnection, resident: Resident, draft: DraftQuestion | None, draft_id: int, now: datetime
) -> QuestionCard:
    """The question that the draft becomes now, or became when this was pressed before."""
    question_id = await _send(db, resident, draft, now) if draft else await queries.find_sent(db, draft_id)
    question = await find_question(db, question_id) if question_id else None
    if question is None:
        raise Gone
    if question.author_id != resident.id:
        await answerable(db, resident, question.id)
    return question


def _after_sending(question: QuestionCard, resident: Resident) -> Screen:
    if question.author_id != resident.id:
        return answer_screens.card(question)
    if question.state is QuestionState.HIDDEN:
        return list_screens.card(question, 0, mine=True)
    return screens.sent(question.kind, question.hearing_id, waits=question.waits)


async def _send(db: AsyncConnection, resident: Resident, draft: DraftQuestion, now: datetime) -> int:
    # The record must not be sent in this very moment.
    await lock_hearing(db, draft.hearing_id, share=True)
    hearing = await _required(db, resident, draft, now)
    if not draft.is_complete:
        raise Gone
    if not draft.in_hall:
        await require_may_write(db, resident.id, hearing.municipality_id, now)
        await _require_below_limit(db, resident, hearing.id, now)
    question_id = await queries.save_question(db, draft, current_language(), now)
    await save_awaiting(db, resident.id, None)
    if draft.in_hall:
        await save_corrected(db, hearing.id, now)
        await save_journal(
            db, "question.added", by=resident.id, of=Subject(hearing.municipality_id, question_id)
        )
    else:
        question = await find_question(db, question_id)
        if question is not None:
            await tell_officers(db, hearing, question, now)
    return question_id


async def _opened(
    db: AsyncConnection, resident: Resident, draft_id: int, now: datetime
) -> tuple[DraftQuestion, HearingCard]:
    """The resident's draft, while its hearing takes questions from them."""
    draft = await queries.find_draft(db, resident.id, draft_id, now)
    if draft is None:
        raise Gone
    return draft, await _required(db, resident, draft, now)


async def _required(
    db: AsyncConnection, resident: Resident, draft: DraftQuestion, now: datetime
) -> HearingCard:
    if draft.in_hall:
        return await recordable(db, resident, draft.hearing_id, now)
    return await askable(db, resident, draft.hearing_id)


async def _save(db: AsyncConnection, draft: DraftQuestion, now: datetime, **answer: str) -> DraftQuestion:
    """Store an answer, and wait for the next one."""
    await queries.save_draft(db, draft.id, now, **answer)
    changed = await queries.find_draft(db, draft.resident_id, draft.id, now)
    if changed is None:
        raise Gone
    await _await_next(db, changed)
    return changed


async def _await_next(db: AsyncConnection, draft: DraftQuestion) -> None:
    """Words may come before a button was pressed, so they are awaited from the first question on."""
    is_named = draft.signed is not None and draft.doubt is None
    awaited = TEXT if draft.text is None else NAME if draft.kind and not is_named else None
    await save_awaiting(db, draft.resident_id, awaited, draft.id if awaited else None)


async def _require_below_limit(
    db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime
) -> None:
    if await queries.count_asked(db, resident, hearing_id, now) >= MOST_QUESTIONS:
        raise TooManyQuestions(MOST_QUESTIONS)
