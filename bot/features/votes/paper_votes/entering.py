"""Entering the sheet of a gathering in the chat, step by step, and seeing it whole before it counts."""

from datetime import date, datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import date_words
from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.clock import BISHKEK, local_day
from bot.domain.dates import Asked, Facing, read_day
from bot.domain.gathering import (
    LONGEST_WORDS,
    Flaw,
    Method,
    NewSheet,
    People,
    Tally,
    TypedVotes,
    flaw_of_day,
    flaws,
    is_sheet_number,
    read_numbers,
    read_votes,
)
from bot.domain.refusals import (
    FileExpected,
    Gone,
    LinesNotUnderstood,
    NumbersNotUnderstood,
    PleaseChoose,
    SheetNumberNotUnderstood,
    SheetNumberTaken,
    TallyIncomplete,
    WordsExpected,
)
from bot.domain.roles import Resident
from bot.features.votes.gathering_queries import list_gatherings
from bot.features.votes.paper_votes import entry_screens, queries
from bot.features.votes.paper_votes.access import countable_vote, lock_draft
from bot.features.votes.paper_votes.callbacks import (
    CountAlikeSheet,
    DropSheet,
    EditSheet,
    EnterSheet,
    GoToSheetStep,
    ListSheetVillages,
    SaveSheet,
    SetOnSheet,
    ShowSheet,
    Step,
)
from bot.features.votes.paper_votes.drafts import NUMBERS, SIGNED, Told, next_step, number_of, tally_of
from bot.features.votes.paper_votes.listing import show_gatherings
from bot.features.votes.paper_votes.queries import Draft, Entered, Entry
from bot.features.votes.paper_votes.states import STEP
from bot.features.votes.vote_queries import Vote
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="entering sheets")

_TYPED = {Step.BATCH, Step.DAY, Step.NUMBERS, Step.VOTES, Step.SIGNED, Step.PHOTO}


@router.callback_query(EnterSheet.filter())
async def enter_sheet(tap: CallbackQuery, callback_data: EnterSheet, act: Act, resident: Resident) -> None:
    """One that was begun is gone on with."""
    async with act() as db:
        vote = await countable_vote(db, resident, callback_data.round_id)
        draft = await queries.find_own_draft(db, resident.id, vote.round_id)
        draft = draft or await queries.save_new_draft(db, resident.id, vote.round_id, act.now)
        await _await(db, resident, draft)
    await _present(tap, vote, draft, now=act.now)


@router.callback_query(GoToSheetStep.filter())
async def go_to_sheet_step(
    tap: CallbackQuery, callback_data: GoToSheetStep, act: Act, resident: Resident
) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        await _await(db, resident, draft, callback_data.step)
    await _present(tap, vote, draft, callback_data.step, now=act.now)


@router.callback_query(ShowSheet.filter())
async def show_sheet(tap: CallbackQuery, callback_data: ShowSheet, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        await _await(db, resident, draft)
    await _present(tap, vote, draft, now=act.now)


@router.callback_query(EditSheet.filter())
async def edit_sheet(
    tap: CallbackQuery, callback_data: EditSheet, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft, _vote = await lock_draft(db, resident, callback_data.draft_id)
    await show(tap, entry_screens.what_to_change(draft))


@router.callback_query(ListSheetVillages.filter())
async def list_sheet_villages(
    tap: CallbackQuery, callback_data: ListSheetVillages, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
    await show(tap, entry_screens.which_village(vote, draft, callback_data.page))


@router.callback_query(SetOnSheet.filter())
async def set_on_sheet(tap: CallbackQuery, callback_data: SetOnSheet, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        told = _chosen(vote, callback_data.step, callback_data.value)
        draft = await queries.save_told(db, draft, act.now, **told)
        await _await(db, resident, draft)
    await _present(tap, vote, draft, now=act.now)


def _chosen(vote: Vote, step: Step, value: str) -> Told:
    """A forged value is refused."""
    try:
        if step is Step.VILLAGE and int(value) in vote.villages:
            return {"village_id": int(value)}
        if step is Step.DAY:
            return {"held_on": datetime.strptime(value, "%Y%m%d").date().isoformat()}  # noqa: DTZ007
        if step is Step.PEOPLE:
            return {"people": People(value)}
        if step is Step.METHOD:
            return {"method": Method(value)}
    except ValueError as error:
        raise Gone from error
    if step is Step.PHOTO and not value:
        return {"photo": None}
    if step is Step.BATCH and not value:
        return {"batch": ""}
    raise Gone


async def _put_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        draft, vote = await lock_draft(db, asking.resident, asking.about)
    return _screen(vote, draft, asking.part(STEP, Step), now=asking.now)


PROMPTS: Prompts = {STEP: _put_again}


@router.message(Awaits(STEP, then=Step))
async def type_step(message: Message, about: int, part: Step, act: Act, resident: Resident) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, about)
        told = _typed(vote, part, message, act.now)
        if isinstance(told, TypedVotes):
            screen = entry_screens.votes_not_understood(vote, draft, told)
        elif part is Step.DAY and (flaw := _flaw_of_day(vote, told, act.now)):
            screen = entry_screens.day_cannot_be(vote, draft, told, flaw, local_day(act.now))
        else:
            await _require_free_number(db, vote, told.get("batch"))
            draft = await queries.save_told(db, draft, act.now, **told)
            await _await(db, resident, draft)
            screen = _screen(vote, draft, now=act.now)
    await show(message, screen)


async def _require_free_number(db: AsyncConnection, vote: Vote, batch: str | None) -> None:
    """Told at once, before the rest of the sheet is typed."""
    known = await list_gatherings(db, vote.round_id) if batch else []
    if any(each.counts and queries.is_version(each, batch or "") for each in known):
        raise SheetNumberTaken


def _typed(vote: Vote, step: Step, message: Message, now: datetime) -> Told | TypedVotes:
    """What was told; votes that are not understood come back as they are."""
    if step is Step.PHOTO:
        if not message.photo:
            raise FileExpected
        return {"photo": message.photo[-1].file_id}
    if step not in _TYPED:
        raise PleaseChoose
    typed = message.text or ""
    if not typed:
        raise WordsExpected
    if step is Step.VOTES:
        return _votes(vote, typed)
    if step is Step.DAY:
        return _day(typed, now)
    readers = {Step.BATCH: _batch, Step.NUMBERS: _numbers, Step.SIGNED: _signed}
    return readers[step](typed)


def _batch(typed: str) -> Told:
    number = " ".join(typed.removeprefix("№").split())
    if not is_sheet_number(number):
        raise SheetNumberNotUnderstood
    return {"batch": number}


def _day(typed: str, now: datetime) -> Told:
    day = read_day(typed, Asked(local_day(now), Facing.BEHIND, date_words()))
    return {"held_on": day.isoformat()}


def _flaw_of_day(vote: Vote, told: Told, now: datetime) -> Flaw | None:
    """Told at once, for the year may have been guessed."""
    return flaw_of_day(date.fromisoformat(told["held_on"]), _opened_on(vote), local_day(now))


def _numbers(typed: str) -> Told:
    numbers = read_numbers(typed, len(NUMBERS))
    if numbers is None:
        raise NumbersNotUnderstood
    return dict(zip(NUMBERS, numbers, strict=True))


def _signed(typed: str) -> Told:
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if len(lines) != len(SIGNED) or any(len(line) > LONGEST_WORDS for line in lines):
        raise LinesNotUnderstood
    return dict(zip(SIGNED, lines, strict=True))


def _votes(vote: Vote, typed: str) -> Told | TypedVotes:
    id_of = {problem.number: problem.id for problem in vote.problems.values()}
    read = read_votes(typed, list(id_of))
    if not read.is_sound:
        return read
    return {"votes": {str(id_of[number]): votes for number, votes in read.votes.items()}}


@router.callback_query(SaveSheet.filter())
async def save_sheet(
    tap: CallbackQuery, callback_data: SaveSheet, act: Act, database: Database, resident: Resident
) -> None:
    """A second press finds no draft any more. One that looks like a counted sheet is asked about."""
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        entered = await _save(db, resident, draft, vote, act.now)
    if entered.entry is Entry.ALIKE:
        await show(tap, entry_screens.is_it_the_same(draft, entered.batch))
    else:
        await show_gatherings(tap, database, resident, vote.round_id, just_entered=True)


@router.callback_query(CountAlikeSheet.filter())
async def count_alike_sheet(
    tap: CallbackQuery, callback_data: CountAlikeSheet, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        await _save(db, resident, draft, vote, act.now, is_another=True)
    await show_gatherings(tap, database, resident, vote.round_id, just_entered=True)


async def _save(
    db: AsyncConnection,
    resident: Resident,
    draft: Draft,
    vote: Vote,
    now: datetime,
    *,
    is_another: bool = False,
) -> Entered:
    await queries.lock_count(db, vote.round_id)
    tally = tally_of(draft)
    if tally is None or _flaws(vote, tally, now):
        raise TallyIncomplete
    sheet = NewSheet(number_of(draft), tally, draft.told["photo"])
    [entered] = await queries.save_sheets(
        db, vote.round_id, vote.municipality_id, [sheet], resident.id, now, are_others=is_another
    )
    if entered.entry is Entry.TAKEN:
        raise SheetNumberTaken
    if entered.entry is not Entry.ALIKE:
        await queries.drop_draft(db, draft.id)
        await save_awaiting(db, resident.id, None)
    return entered


@router.callback_query(DropSheet.filter())
async def drop_sheet(
    tap: CallbackQuery, callback_data: DropSheet, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft, vote = await lock_draft(db, resident, callback_data.draft_id)
        await queries.drop_draft(db, draft.id)
        await save_awaiting(db, resident.id, None)
    await show_gatherings(tap, database, resident, vote.round_id)


def _flaws(vote: Vote, tally: Tally, now: datetime) -> list[Flaw]:
    return flaws(tally, vote.picks, _opened_on(vote), local_day(now))


def _opened_on(vote: Vote) -> date:
    return vote.opened_at.astimezone(BISHKEK).date()


async def _await(db: AsyncConnection, resident: Resident, draft: Draft, step: Step | None = None) -> None:
    """The answer to `step` or to the next question, if it is one that is typed or sent."""
    asked = step or next_step(draft)
    if asked in _TYPED:
        await save_awaiting(db, resident.id, f"{STEP}{asked}", draft.id)
    else:
        await save_awaiting(db, resident.id, None)


async def _present(
    event: Event, vote: Vote, draft: Draft, step: Step | None = None, *, now: datetime
) -> None:
    await show(event, _screen(vote, draft, step, now=now))


def _screen(vote: Vote, draft: Draft, step: Step | None = None, *, now: datetime) -> Screen:
    asked = step or next_step(draft)
    tally = tally_of(draft)
    if asked is None and tally is not None:
        return entry_screens.preview(vote, draft, tally, _flaws(vote, tally, now))
    return entry_screens.question(vote, draft, asked or Step.BATCH, local_day(now))
