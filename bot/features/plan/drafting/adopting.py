"""The council has adopted the draft: its resolution, the signed paper, and then it is in force."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import date_words
from bot.db.queries import save_awaiting
from bot.domain.clock import local_day
from bot.domain.dates import Asked, Facing, read_day
from bot.domain.plan import FIRST_YEAR, LONGEST_SHORT_WORDS, Resolution
from bot.domain.plan_changes import Change, ChangeKind, changes
from bot.domain.refusals import (
    DateNotUnderstood,
    DraftChanged,
    FileExpected,
    Gone,
    ResolutionNotUnderstood,
    SameAsInForce,
    TimeNotAsked,
)
from bot.domain.roles import Resident
from bot.features.plan.answer_queries import save_link
from bot.features.plan.drafting import queries, screens, texts
from bot.features.plan.drafting.access import own_draft, own_version
from bot.features.plan.drafting.callbacks import AdoptPlan, SkipScan, StartAdopting
from bot.features.plan.drafting.states import RESOLUTION, SCAN
from bot.features.plan.drafting.telling import tell_adopted, tell_amended, told_of
from bot.features.plan.plan_queries import Version, find_before, find_summary, find_text
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="plan_adopting")


@router.callback_query(StartAdopting.filter())
async def start_adopting(
    tap: CallbackQuery, callback_data: StartAdopting, act: Act, resident: Resident
) -> None:
    async with act() as db:
        version = await own_draft(db, resident, callback_data.version_id)
        if await find_changes(db, version) == []:
            raise SameAsInForce
        await save_awaiting(db, resident.id, RESOLUTION, version.id)
    await show(tap, screens.ask_resolution(version))


@router.message(Awaits(RESOLUTION), F.text)
async def take_resolution(message: Message, about: int, act: Act, resident: Resident) -> None:
    resolution = read_resolution(message.text or "", act.now)
    async with act() as db:
        version = await own_draft(db, resident, about)
        await queries.save_resolution(db, version.id, resolution)
        await save_awaiting(db, resident.id, SCAN, version.id)
        version = await own_draft(db, resident, version.id)
    await show(message, screens.ask_scan(version))


async def _resolution_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.ask_resolution(await own_draft(db, asking.resident, asking.about))


async def _scan_again(asking: Asking) -> Screen:
    async with asking.database.read() as db:
        return screens.ask_scan(await own_draft(db, asking.resident, asking.about))


PROMPTS: Prompts = {RESOLUTION: _resolution_again, SCAN: _scan_again}


def read_resolution(typed: str, now: datetime) -> Resolution:
    """Three lines: number, day, chair; no day that is still to come."""
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    today = local_day(now)
    if len(lines) != 3 or any(len(line) > LONGEST_SHORT_WORDS for line in lines):
        raise ResolutionNotUnderstood
    try:
        day = read_day(lines[1], Asked(today, Facing.BEHIND, date_words()))
    except (DateNotUnderstood, TimeNotAsked) as refusal:
        raise ResolutionNotUnderstood from refusal
    if day.year < FIRST_YEAR or day > today:
        raise ResolutionNotUnderstood
    return Resolution(lines[0], day, lines[2])


@router.message(Awaits(SCAN))
async def take_scan(message: Message, about: int, act: Act, resident: Resident) -> None:
    if message.photo:
        file_id, is_photo = message.photo[-1].file_id, True
    elif message.document:
        file_id, is_photo = message.document.file_id, False
    else:
        raise FileExpected
    async with act() as db:
        version = await own_draft(db, resident, about)
        if version.resolution is None:
            raise DraftChanged
        await queries.save_scan(db, version.id, file_id, is_photo=is_photo)
        await save_awaiting(db, resident.id, None)
        screen = await _last_question(db, resident, version.id)
    await show(message, screen)


@router.callback_query(SkipScan.filter())
async def skip_scan(tap: CallbackQuery, callback_data: SkipScan, act: Act, resident: Resident) -> None:
    async with act() as db:
        version = await own_draft(db, resident, callback_data.version_id)
        if version.resolution is None:
            raise DraftChanged
        await queries.save_scan(db, version.id, None, is_photo=False)
        await save_awaiting(db, resident.id, None)
        screen = await _last_question(db, resident, version.id)
    await show(tap, screen)


async def _last_question(db: AsyncConnection, resident: Resident, version_id: int) -> Screen:
    version = await own_draft(db, resident, version_id)
    people = await queries.count_recipients(db, version.municipality_id)
    changed = await find_changes(db, version)
    return screens.ask_to_adopt(version, people, _counts(changed) if changed is not None else None)


def _counts(changed: list[Change]) -> Mapping[str, int]:
    """Of the measures; where only problems were worded anew, of these."""
    counted = Counter(each.kind for each in told_of(changed))
    return {str(kind): counted[kind] for kind in ChangeKind}


async def find_changes(db: AsyncConnection, version: Version) -> list[Change] | None:
    """From the version before; None when it is the first of its plan."""
    before = await find_before(db, version)
    if before is None:
        return None
    return changes(await find_text(db, before), await find_text(db, version))


@router.callback_query(AdoptPlan.filter())
async def adopt_plan(
    tap: CallbackQuery, callback_data: AdoptPlan, act: Act, resident: Resident, settings: Settings
) -> None:
    """A second press finds it adopted and changes nothing."""
    async with act() as db:
        version = await own_version(db, resident, callback_data.version_id, lock=True)
        if version.is_draft:
            if version.resolution is None:
                raise DraftChanged
            await _adopt(db, version, resident, settings.words_back_per_day, act.now)
    await show(tap, screens.published(version), toast=texts.shown_toast())


async def _adopt(
    db: AsyncConnection, version: Version, resident: Resident, most_a_day: int, now: datetime
) -> None:
    changed = await find_changes(db, version)
    if changed == []:
        raise SameAsInForce
    await queries.save_adopted(db, version, resident.id, now)
    summary = await find_summary(db, version.id, local_day(now))
    if not summary.measures:
        raise Gone
    if changed is None:
        await tell_adopted(db, version, resident.id, summary.measures, summary.cost)
    else:
        await tell_amended(db, version, resident.id, changed)
    for problem_id, measure_id in await queries.list_named_links(db, version):
        await save_link(db, problem_id, measure_id, now, by=resident.id, most_a_day=most_a_day)
