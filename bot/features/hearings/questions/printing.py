"""The lists to be read out at the hearing, on paper: questions and proposals apart."""

import asyncio
from collections.abc import Sequence

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.db.queries import save_journal
from bot.domain.hearing import QuestionKind
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.questions import answer_texts, texts as asking_texts
from bot.features.hearings.questions.access import managed
from bot.features.hearings.questions.callbacks import PrintQuestions
from bot.features.hearings.questions.queries import QuestionCard, list_to_read_out
from bot.i18n import current_language
from bot.prints.sheets import SheetItem, print_list
from bot.telegram.act import Act
from bot.telegram.files import say_being_made, send_files
from bot.telegram.screen import acknowledge

router = Router(name="questions printed")


@router.callback_query(PrintQuestions.filter())
async def print_questions(
    tap: CallbackQuery, bot: Bot, callback_data: PrintQuestions, act: Act, resident: Resident
) -> None:
    async with act() as db:
        hearing = await managed(db, resident, callback_data.hearing_id)
        questions = await list_to_read_out(db, hearing.id)
        if questions:
            await save_journal(db, "questions.printed", by=resident.id, of=hearing)
    if not questions:
        await acknowledge(tap, answer_texts.nothing_to_print(), alert=True)
        return
    await say_being_made(tap, bot)
    await send_files(bot, tap.from_user.id, await asyncio.to_thread(sheets, hearing, questions))


def sheets(hearing: HearingCard, questions: Sequence[QuestionCard]) -> dict[str, bytes]:
    """A PDF of the questions and one of the proposals, by file name, where there are any."""
    return {
        answer_texts.sheet_name(kind, hearing.id): print_list(
            answer_texts.sheet_title(kind),
            answer_texts.sheet_subtitle(hearing.announcement),
            [_item(each) for each in questions if each.kind is kind],
            current_language(),
        )
        for kind in QuestionKind
        if any(each.kind is kind for each in questions)
    }


def _item(question: QuestionCard) -> SheetItem:
    return SheetItem(asking_texts.signed(question.signed), question.text, answer_texts.sheet_note(question))
