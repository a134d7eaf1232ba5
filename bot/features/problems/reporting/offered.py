"""What residents write and send out of the blue: kept, and asked about until they say yes or no."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_awaiting
from bot.db.session import Database
from bot.db.silence_queries import require_may_write
from bot.domain.problem import MOST_ATTACHMENTS, Step
from bot.domain.refusals import Gone, PhotoAsFile, TooManyAttachments
from bot.domain.roles import Resident
from bot.domain.text import LONGEST_TEXT, checked_text, cut_to
from bot.features.problems.reporting import draft_queries as queries, screens, texts
from bot.features.problems.reporting.callbacks import DeclineOffered, FileOffered, ShowOffered
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.features.problems.reporting.similar import show_similar_or_question
from bot.features.problems.reporting.states import REPORT
from bot.features.problems.reporting.steps import require_below_limit, show_question
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.awaiting import WORDS
from bot.telegram.media import media_of
from bot.telegram.screen import Event, Screen, show

router = Router(name="offered reports")
# After every other feature: words and pictures that nobody asked for.
unasked = Router(name="unasked reports")
ShowHome = Callable[[Event, Database, datetime], Awaitable[None]]


@unasked.message(F.document.mime_type.startswith("image/"))
async def refuse_file(_message: Message) -> None:
    raise PhotoAsFile


@unasked.message(WORDS)
@unasked.message(F.photo | F.voice | F.location)
async def offer_to_file(message: Message, act: Act, resident: Resident) -> None:
    """Nothing that a resident writes is lost: is it a problem?"""
    words = message.text or message.caption
    async with act() as db:
        screen = await keep_for_later(db, resident, resident.municipality_id or 0, words, act.now)
        draft = await queries.find_draft(db, resident.id)
        if draft and media_of(message):
            await attach_media(db, act, draft, message)
    await show(message, screen)


async def find_offer(db: AsyncConnection, resident: Resident) -> Screen | None:
    draft = await queries.find_offered(db, resident.id)
    return screens.offer(draft) if draft else None


@router.callback_query(ShowOffered.filter())
async def show_offered(
    tap: CallbackQuery,
    database: Database,
    resident: Resident,
    show_home: ShowHome,
    now: datetime,
) -> None:
    """From home; one that was answered meanwhile is not asked again."""
    async with database.read() as db:
        offer = await find_offer(db, resident)
    if offer is None:
        await show_home(tap, database, now)
    else:
        await show(tap, offer)


@router.callback_query(FileOffered.filter())
async def file_offered(
    tap: CallbackQuery,
    callback_data: FileOffered,
    act: Act,
    database: Database,
    resident: Resident,
    settings: Settings,
) -> None:
    """What was written out of the blue becomes the text of a report, or is added to the unfinished one."""
    async with act() as db:
        await require_may_write(db, resident.id, resident.municipality_id, act.now)
        await require_below_limit(db, resident, settings.reports_per_day, act.now)
        draft = await queries.find_draft(db, resident.id, lock=True)
        if draft is None or draft.id != callback_data.draft_id:
            raise Gone
        note = await _accept_offer(db, draft, act.now)
        await save_awaiting(db, resident.id, REPORT)
    await show_similar_or_question(tap, database, resident, note=note)


@router.callback_query(DeclineOffered.filter())
async def decline_offered(
    tap: CallbackQuery,
    callback_data: DeclineOffered,
    act: Act,
    database: Database,
    resident: Resident,
    show_home: ShowHome,
) -> None:
    """Forget it; whoever was in the midst of a report goes on with that."""
    async with act() as db:
        await queries.save_declined_offer(db, resident.id, callback_data.draft_id)
        draft = await queries.find_draft(db, resident.id)
    if draft and draft.step and resident.awaiting == REPORT:
        await show_question(tap, database, resident)
    else:
        await show_home(tap, database, act.now)


async def _accept_offer(db: AsyncConnection, draft: DraftReport, now: datetime) -> Markup | None:
    """Make it the text, or add it to the text; return what is to be said of it.

    What is too long is cut, and to be written anew or left so.
    """
    if draft.offered:
        whole = "\n".join(filter(None, (draft.text, draft.offered)))
        text = checked_text(cut_to(whole, LONGEST_TEXT))
        await queries.save_draft(db, draft.id, now, text=text, offered=None)
        if len(whole) > LONGEST_TEXT:
            is_editing = draft.is_editing or draft.step is Step.PREVIEW
            await queries.save_draft(db, draft.id, now, step=Step.TEXT, is_editing=is_editing)
            return texts.was_cut(len(whole))
    if draft.step is None:
        is_answered = draft.offered or draft.voices
        await queries.save_draft(db, draft.id, now, step=Step.VILLAGE if is_answered else Step.TEXT)
        # The first question, where this is said, is answered already.
        return texts.what_is_public() if is_answered else None
    return None


async def keep_for_later(
    db: AsyncConnection, resident: Resident, municipality_id: int, typed: str | None, now: datetime
) -> Screen:
    """Keep what was written; return the question what it is."""
    await queries.save_offer(db, resident.id, municipality_id, typed, now)
    draft = await queries.find_draft(db, resident.id)
    if draft is None:
        raise Gone
    is_cut = bool(typed) and not (draft.offered or "").endswith(typed or "")
    return screens.offer(draft, is_cut=is_cut)


async def attach_media(db: AsyncConnection, act: Act, draft: DraftReport, message: Message) -> None:
    media = media_of(message)
    if len(draft.attachments) >= MOST_ATTACHMENTS:
        raise TooManyAttachments(MOST_ATTACHMENTS)
    if media is not None:
        await queries.save_attachment(db, draft.id, act.update_id, media)
