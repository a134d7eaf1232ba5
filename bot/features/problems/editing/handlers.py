"""Wording a problem, translating it, filling in its record, and noting what a vote has frozen."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_topics, list_villages, lock_municipality, save_awaiting, save_journal
from bot.db.session import Database
from bot.domain.moderation import Line
from bot.domain.refusals import Gone, WordingIsFrozen
from bot.domain.roles import Resident, Role, allowed
from bot.domain.text import checked_text
from bot.features.problems.editing import queries, screens
from bot.features.problems.editing.callbacks import (
    ChangeTopic,
    ChangeVillage,
    EditProblem,
    SetCompetence,
    SetProblemTopic,
    SetProblemVillage,
    SetWordingLanguage,
    ShowOriginal,
    WriteLine,
)
from bot.features.problems.editing.queries import Sheet
from bot.features.problems.editing.states import LINE, REDACT
from bot.i18n import LANGUAGES
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Event, Screen, show

router = Router(name="wording")


async def sheet_of(db: AsyncConnection, resident: Resident, problem_id: int) -> Sheet:
    """The problem and its record, if this person facilitates its municipality."""
    return allowed(resident, await queries.find_sheet(db, problem_id), Role.FACILITATOR)


async def to_change(db: AsyncConnection, resident: Resident, problem_id: int, *, is_public: bool) -> Sheet:
    """The same for a change; a vote that opens at this very moment waits for it, or is seen by it."""
    sheet = await sheet_of(db, resident, problem_id)
    if sheet.card.wording.is_removed:
        raise Gone
    if is_public:
        await lock_municipality(db, sheet.municipality_id)
        sheet = await sheet_of(db, resident, problem_id)
        if sheet.is_frozen:
            raise WordingIsFrozen
    return sheet


@router.callback_query(EditProblem.filter())
async def edit_problem(
    tap: CallbackQuery, callback_data: EditProblem, act: Act, database: Database, resident: Resident
) -> None:
    if resident.is_asked(LINE, REDACT):
        async with act() as db:
            await save_awaiting(db, resident.id, None)
    await _show_sheet(tap, database, resident, callback_data.problem_id)


async def _show_sheet(event: Event, database: Database, resident: Resident, problem_id: int) -> None:
    async with database.read() as db:
        sheet = await sheet_of(db, resident, problem_id)
    await show(event, screens.sheet(sheet))


@router.callback_query(ShowOriginal.filter())
async def show_original(
    tap: CallbackQuery, callback_data: ShowOriginal, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
    await show(tap, screens.original(sheet.card))


@router.callback_query(WriteLine.filter())
async def write_line(tap: CallbackQuery, callback_data: WriteLine, act: Act, resident: Resident) -> None:
    line = callback_data.line
    async with act() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
        if line.is_public and sheet.is_frozen:
            raise WordingIsFrozen
        await save_awaiting(db, resident.id, f"{LINE}{line}", sheet.card.id)
    await show(tap, screens.write(sheet, line))


async def _write_again(asking: Asking) -> Screen:
    line = asking.part(LINE, Line)
    async with asking.database.read() as db:
        sheet = await sheet_of(db, asking.resident, asking.about)
    if line.is_public and sheet.is_frozen:
        raise WordingIsFrozen
    return screens.write(sheet, line)


PROMPTS: Prompts = {LINE: _write_again}


@router.message(Awaits(LINE, then=Line), F.text)
async def take_line(
    message: Message, about: int, part: Line, act: Act, database: Database, resident: Resident
) -> None:
    text = checked_text(message.text or "", *part.bounds)
    async with act() as db:
        sheet = await to_change(db, resident, about, is_public=part.is_public)
        before = await queries.save_line(db, sheet, part, text, resident.id, act.now)
        await save_awaiting(db, resident.id, None)
        await save_journal(db, f"problem.{part}", by=resident.id, of=sheet, before=before, after=text)
    await _show_sheet(message, database, resident, about)


@router.callback_query(SetWordingLanguage.filter(F.language.in_(set(LANGUAGES))))
async def set_language(
    tap: CallbackQuery,
    callback_data: SetWordingLanguage,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    """The wording is in this language; a translation into it would be none."""
    async with act() as db:
        sheet = await to_change(db, resident, callback_data.problem_id, is_public=True)
        words = sheet.card.wording
        if words.translation and callback_data.language != words.language:
            await queries.save_untranslated(db, sheet.card)
        await _set(db, sheet, resident, "language", words.language, callback_data.language)
    await _show_sheet(tap, database, resident, callback_data.problem_id)


@router.callback_query(ChangeVillage.filter())
async def change_village(
    tap: CallbackQuery, callback_data: ChangeVillage, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
        villages = await list_villages(db, sheet.municipality_id)
    await show(tap, screens.which_village(sheet.card, villages, callback_data.page))


@router.callback_query(ChangeTopic.filter())
async def change_topic(
    tap: CallbackQuery, callback_data: ChangeTopic, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        sheet = await sheet_of(db, resident, callback_data.problem_id)
        topics = await list_topics(db)
    await show(tap, screens.which_topic(sheet.card, topics, callback_data.page))


@router.callback_query(SetProblemVillage.filter())
async def set_village(
    tap: CallbackQuery,
    callback_data: SetProblemVillage,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    async with act() as db:
        sheet = await to_change(db, resident, callback_data.problem_id, is_public=True)
        known = {each.id for each in await list_villages(db, sheet.municipality_id)}
        if callback_data.village_id not in known:
            raise Gone
        await _set(db, sheet, resident, "village_id", sheet.card.village.id, callback_data.village_id)
    await _show_sheet(tap, database, resident, callback_data.problem_id)


@router.callback_query(SetProblemTopic.filter())
async def set_topic(
    tap: CallbackQuery,
    callback_data: SetProblemTopic,
    act: Act,
    database: Database,
    resident: Resident,
) -> None:
    wanted = callback_data.topic_id or None
    async with act() as db:
        sheet = await to_change(db, resident, callback_data.problem_id, is_public=True)
        if wanted is not None and wanted not in {each.id for each in await list_topics(db)}:
            raise Gone
        topic = sheet.card.topic
        await _set(db, sheet, resident, "topic_id", topic.id if topic else None, wanted)
    await _show_sheet(tap, database, resident, callback_data.problem_id)


@router.callback_query(SetCompetence.filter())
async def set_competence(
    tap: CallbackQuery, callback_data: SetCompetence, act: Act, database: Database, resident: Resident
) -> None:
    """Tagged for referral, never refused."""
    async with act() as db:
        sheet = await to_change(db, resident, callback_data.problem_id, is_public=False)
        before, after = sheet.card.is_outside_competence, callback_data.outside
        await _set(db, sheet, resident, "is_outside_competence", before, after)
    await _show_sheet(tap, database, resident, callback_data.problem_id)


async def _set(
    db: AsyncConnection, sheet: Sheet, resident: Resident, column: str, before: object, after: object
) -> None:
    """Store and record a chosen value; the same press again records nothing."""
    if before == after:
        return
    await queries.save_problem(db, sheet.card.id, **{column: after})
    act = f"problem.{column.removesuffix('_id').removeprefix('is_')}"
    await save_journal(db, act, by=resident.id, of=sheet, before=before, after=after)
