"""The author of a problem said to be done answers whether it is: a "no" opens it again."""

from dataclasses import dataclass
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, holders
from bot.db.queries import save_awaiting
from bot.db.silence_queries import require_may_write
from bot.domain.outcome import LONGEST_OUTCOME, require_done
from bot.domain.problem import Media, MediaKind, ProblemStatus, Word
from bot.domain.refusals import Gone, NotAllowed
from bot.domain.roles import Resident, Role
from bot.domain.text import checked_text
from bot.features.problems.outcome_queries import (
    Standing,
    find_standing,
    save_confirmed,
    save_status,
    save_unsolved_photo,
)
from bot.features.problems.outcomes import screens, texts
from bot.features.problems.outcomes.callbacks import AnswerSolved, ReopenProblem
from bot.features.problems.outcomes.deliveries import REOPENED
from bot.features.problems.outcomes.states import UNSOLVED
from bot.features.problems.status_notice_queries import save_word
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.media import media_of
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="solved")
SHORTEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why it is not solved: in words, in a photo, or neither."""

    words: str | None = None
    photo: Media | None = None


async def _own(db: AsyncConnection, resident: Resident, problem_id: int) -> Standing:
    """The problem, if this person reported it; locked."""
    standing = await find_standing(db, problem_id, lock=True)
    if standing is None:
        raise Gone
    if standing.author_id != resident.id:
        raise NotAllowed
    return standing


@router.callback_query(AnswerSolved.filter(F.solved))
async def confirm_solved(
    tap: CallbackQuery, callback_data: AnswerSolved, act: Act, resident: Resident
) -> None:
    async with act() as db:
        standing = await _own(db, resident, callback_data.problem_id)
        require_done(standing.status)
        if not standing.is_confirmed:
            await save_confirmed(db, standing, resident.id)
    await show(tap, screens.confirmed(standing))


@router.callback_query(AnswerSolved.filter(~F.solved))
async def deny_solved(tap: CallbackQuery, callback_data: AnswerSolved, act: Act, resident: Resident) -> None:
    async with act() as db:
        standing = await _own(db, resident, callback_data.problem_id)
        require_done(standing.status)
        await save_awaiting(db, resident.id, UNSOLVED, standing.id)
    await show(tap, screens.what_is_not_solved(standing))


@router.callback_query(ReopenProblem.filter())
async def reopen_problem(
    tap: CallbackQuery, callback_data: ReopenProblem, act: Act, resident: Resident, settings: Settings
) -> None:
    async with act() as db:
        standing = await _own(db, resident, callback_data.problem_id)
        await _reopen(db, resident, standing, Complaint(), settings, act.now)
    await show(tap, screens.reopened(standing), toast=texts.reopened_toast())


async def _ask_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        standing = await _own(db, asking.resident, asking.about)
    require_done(standing.status)
    return screens.what_is_not_solved(standing)


PROMPTS: Prompts = {UNSOLVED: _ask_again}


@router.message(Awaits(UNSOLVED), F.text)
@router.message(Awaits(UNSOLVED), F.photo)
async def take_complaint(
    message: Message, about: int, act: Act, resident: Resident, settings: Settings
) -> None:
    """Words, or a photo with or without them."""
    typed = message.text or message.caption
    words = checked_text(typed, SHORTEST_WORDS, LONGEST_OUTCOME) if typed else None
    async with act() as db:
        standing = await _own(db, resident, about)
        await _reopen(db, resident, standing, Complaint(words, media_of(message)), settings, act.now)
    await show(message, screens.reopened(standing))


async def _reopen(
    db: AsyncConnection,
    resident: Resident,
    standing: Standing,
    why: Complaint,
    settings: Settings,
    now: datetime,
) -> None:
    """Open it again, once; its supporters and the facilitators are told."""
    if resident.awaiting:
        await save_awaiting(db, resident.id, None)
    if standing.status is ProblemStatus.REOPENED:
        return
    require_done(standing.status)
    await require_may_write(db, resident.id, standing.municipality_id, now)
    await save_status(db, standing, ProblemStatus.REOPENED, by=resident.id, words=why.words)
    if why.photo is not None and why.photo.kind is MediaKind.PHOTO:
        await save_unsolved_photo(db, standing.id, why.photo)
    most = settings.words_back_per_day
    await save_word(db, standing.id, Word.REOPENED, most_a_day=most, besides=resident.id, now=now)
    await _tell_facilitators(db, standing, why.words)


async def _tell_facilitators(db: AsyncConnection, standing: Standing, words: str | None) -> None:
    await broadcast(
        db,
        notice=f"problem:{standing.id}:reopened:{standing.step}",
        municipality_id=standing.municipality_id,
        kind=REOPENED,
        facts={"problem_id": standing.id, "number": standing.number, "words": words},
        to=holders(standing.municipality_id, Role.FACILITATOR),
        topic=None,
    )
