"""Beginning an announcement or a change, moving about in its draft, and throwing it away."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.domain.hearing_draft import Step
from bot.domain.refusals import Gone
from bot.domain.roles import Resident, Role
from bot.features.hearings.announcing import preview_screens as screens, queries
from bot.features.hearings.announcing.callbacks import (
    AskToDiscard,
    ChangeHearing,
    ContinueAnnouncement,
    DiscardDraft,
    GoToLine,
    ListLines,
    PreviewIn,
    StartAnnouncement,
)
from bot.features.hearings.announcing.steps import (
    changeable,
    draft_of_officer,
    language_of,
    lock_draft,
    preview,
    question_screen,
    save_asked,
)
from bot.i18n import LANGUAGES
from bot.telegram.act import Act
from bot.telegram.screen import show

router = Router(name="announcing")


@router.callback_query(StartAnnouncement.filter())
async def start_announcement(
    tap: CallbackQuery, callback_data: StartAnnouncement, act: Act, database: Database, resident: Resident
) -> None:
    municipality_id = callback_data.municipality_id
    resident.require(Role.OFFICER, municipality_id)
    async with act() as db:
        draft_id = await queries.find_untouched_draft(db, municipality_id, resident.id)
        if draft_id is None:
            draft_id = await queries.save_draft(db, municipality_id, resident.id, act.now)
        await save_asked(db, resident, draft_id, Step.KIND)
    await show(tap, await question_screen(database, resident, draft_id, now=act.now))


@router.callback_query(ContinueAnnouncement.filter())
async def continue_announcement(
    tap: CallbackQuery, callback_data: ContinueAnnouncement, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await save_asked(db, resident, draft.id, Step(draft.step or Step.PREVIEW))
    await show(tap, await question_screen(database, resident, draft.id, now=act.now))


@router.callback_query(ChangeHearing.filter())
async def change_hearing(
    tap: CallbackQuery, callback_data: ChangeHearing, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        await queries.save_hearing_lock(db, callback_data.hearing_id)
        hearing = await changeable(db, resident, callback_data.hearing_id, act.now)
        draft_id = await queries.find_revision(db, hearing.id)
        if draft_id is None:
            draft_id = await queries.save_revision(
                db, hearing.id, hearing.municipality_id, resident.id, act.now
            )
        await save_awaiting(db, resident.id, None)
    await show(tap, await question_screen(database, resident, draft_id, now=act.now))


@router.callback_query(GoToLine.filter())
async def go_to_line(
    tap: CallbackQuery, callback_data: GoToLine, act: Act, database: Database, resident: Resident
) -> None:
    """Back to a question, or from the preview to a line that is to be changed."""
    step = callback_data.step
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        if draft.step != Step.PREVIEW:
            await queries.save_lines(db, draft.id, step=step)
        await save_asked(db, resident, draft.id, step)
    await show(tap, await question_screen(database, resident, draft.id, step, now=act.now))


@router.callback_query(PreviewIn.filter())
async def preview_in(
    tap: CallbackQuery, callback_data: PreviewIn, database: Database, resident: Resident, now: datetime
) -> None:
    if callback_data.language not in LANGUAGES:
        raise Gone
    async with database.read() as db:
        draft = await draft_of_officer(db, resident, callback_data.hearing_id)
        screen = await preview(db, draft, callback_data.language, now)
    await show(tap, screen)


@router.callback_query(ListLines.filter())
async def list_lines(
    tap: CallbackQuery, callback_data: ListLines, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft = await draft_of_officer(db, resident, callback_data.hearing_id)
    languages = [language_of(draft, step) for step in (Step.TOPIC, Step.OTHER_TOPIC)]
    await show(tap, screens.lines(draft, languages, callback_data.page))


@router.callback_query(AskToDiscard.filter())
async def ask_to_discard(
    tap: CallbackQuery, callback_data: AskToDiscard, database: Database, resident: Resident
) -> None:
    async with database.read() as db:
        draft = await draft_of_officer(db, resident, callback_data.hearing_id)
    await show(tap, screens.sure_to_discard(draft))


@router.callback_query(DiscardDraft.filter())
async def discard_draft(
    tap: CallbackQuery, callback_data: DiscardDraft, act: Act, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, callback_data.hearing_id)
        await queries.save_discarded(db, draft.id)
        await save_awaiting(db, resident.id, None)
    await show(tap, screens.discarded(draft.revises_id))
