"""Joining a problem to another at the desk, and splitting it off again."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.problem import Word
from bot.domain.refusals import CannotMerge, MergeDuringVote, NoSuchProblem
from bot.domain.roles import Resident, Role, allowed
from bot.features.problems.likeness_queries import Looked, find_near
from bot.features.problems.merging import queries, screens, texts
from bot.features.problems.merging.callbacks import (
    CompareProblems,
    ListMerged,
    MergeProblem,
    OpenMerge,
    SplitProblem,
    TypeTarget,
)
from bot.features.problems.merging.queries import Mergeable
from bot.features.problems.merging.states import TARGET
from bot.features.problems.status_notice_queries import save_word
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="merging")
LONGEST_NUMBER = 8


async def _facilitated(
    db: AsyncConnection, resident: Resident, problem_id: int, *, lock: bool = False
) -> Mergeable:
    return allowed(resident, await queries.find_mergeable(db, problem_id, lock=lock), Role.FACILITATOR)


@router.callback_query(OpenMerge.filter())
async def open_merge(
    tap: CallbackQuery, callback_data: OpenMerge, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        merged = await _facilitated(db, resident, callback_data.problem_id)
    if not merged.may_merge:
        raise CannotMerge
    card = merged.card
    looked_for = Looked(card.wording.text, card.village.id, card.topic.id if card.topic else None)
    near = await find_near(database, merged.municipality_id, looked_for, resident, besides=card.id)
    await show(tap, screens.which_other(card, near.found))


@router.callback_query(TypeTarget.filter())
async def type_target(tap: CallbackQuery, callback_data: TypeTarget, act: Act, resident: Resident) -> None:
    async with act() as db:
        merged = await _facilitated(db, resident, callback_data.problem_id)
        await save_awaiting(db, resident.id, TARGET, merged.card.id)
    await show(tap, screens.type_number(merged.card))


async def _ask_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        merged = await _facilitated(db, asking.resident, asking.about)
    if not merged.may_merge:
        raise CannotMerge
    return screens.type_number(merged.card)


PROMPTS: Prompts = {TARGET: _ask_again}


@router.message(Awaits(TARGET), F.text)
async def take_target(message: Message, about: int, act: Act, resident: Resident) -> None:
    typed = (message.text or "").strip().lstrip("№#")
    async with act() as db:
        merged = await _facilitated(db, resident, about)
        if not typed.isdecimal() or len(typed) > LONGEST_NUMBER:
            raise NoSuchProblem
        found = await queries.find_numbered(db, merged.municipality_id, int(typed))
        if found is None or found == merged.card.id:
            raise NoSuchProblem
        await save_awaiting(db, resident.id, None)
        into = await _facilitated(db, resident, found)
    await show(message, screens.compared(merged.card, into.card))


@router.callback_query(CompareProblems.filter())
async def compare_problems(
    tap: CallbackQuery, callback_data: CompareProblems, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        merged = await _facilitated(db, resident, callback_data.problem_id)
        into = await _facilitated(db, resident, callback_data.into_id)
    await show(tap, screens.compared(merged.card, into.card))


@router.callback_query(MergeProblem.filter())
async def merge_problem(
    tap: CallbackQuery, callback_data: MergeProblem, act: Act, resident: Resident, settings: Settings
) -> None:
    """The same press again finds it joined and tells nobody."""
    async with act() as db:
        merged, into = await _locked(db, resident, callback_data.problem_id, callback_data.into_id)
        if merged.spoken_for_by != into.card.id:
            await _merge(db, resident, merged, into, settings, act.now)
    await show(
        tap, screens.joined(merged.card, into.card, merged.municipality_id), toast=texts.joined_toast()
    )


async def _locked(
    db: AsyncConnection, resident: Resident, problem_id: int, into_id: int
) -> tuple[Mergeable, Mergeable]:
    """Both as they are now: no vote opens and nothing is joined there until this act is committed."""
    merged = await _facilitated(db, resident, problem_id)
    await lock_municipality(db, merged.municipality_id)
    found = {
        each: await _facilitated(db, resident, each, lock=True) for each in sorted({problem_id, into_id})
    }
    merged, into = found[problem_id], found[into_id]
    if merged.municipality_id != into.municipality_id:
        raise CannotMerge
    return merged, into


async def _merge(
    db: AsyncConnection,
    resident: Resident,
    merged: Mergeable,
    into: Mergeable,
    settings: Settings,
    now: datetime,
) -> None:
    if merged.card.id == into.card.id or not (merged.may_merge and into.may_merge):
        raise CannotMerge
    if await queries.find_whether_voted_on(db, [merged.card.id, into.card.id]):
        raise MergeDuringVote
    moved = await queries.save_merged(db, merged, into, now)
    numbers = {"number": merged.card.number, "into": into.card.number}
    await save_journal(db, "problem.merged", by=resident.id, of=merged, **numbers)
    for each in moved:
        await save_word(
            db,
            each,
            Word.MERGED,
            most_a_day=settings.words_back_per_day,
            facts={
                "into": into.card.number,
                "into_id": into.card.id,
                "is_into_public": into.card.is_public,
            },
            now=now,
        )


@router.callback_query(SplitProblem.filter())
async def split_problem(
    tap: CallbackQuery, callback_data: SplitProblem, act: Act, resident: Resident, settings: Settings
) -> None:
    """The same press again finds it alone and tells nobody."""
    async with act() as db:
        merged = await _facilitated(db, resident, callback_data.problem_id)
        if merged.spoken_for_by is not None:
            merged, into = await _locked(db, resident, merged.card.id, merged.spoken_for_by)
            if merged.spoken_for_by == into.card.id:
                await queries.save_split(db, merged, into, act.now)
                numbers = {"number": merged.card.number, "into": into.card.number}
                await save_journal(db, "problem.split", by=resident.id, of=merged, **numbers)
                await save_word(
                    db, merged.card.id, Word.SPLIT, most_a_day=settings.words_back_per_day, now=act.now
                )
    await show(tap, screens.alone_again(merged.card), toast=texts.split_toast())


@router.callback_query(ListMerged.filter())
async def list_merged(
    tap: CallbackQuery, callback_data: ListMerged, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        into = await _facilitated(db, resident, callback_data.problem_id)
        merged = await queries.list_merged(db, into.card.id)
    await show(tap, screens.merged_into(into.card, merged, callback_data.page))
