"""What residents type and send: answers to the draft's question, or words out of the blue."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from rapidfuzz import fuzz, process
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import district_centres, missing_objects
from bot.db.queries import find_municipality, list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.pins import Point, seems_far
from bot.domain.places import Name, Village
from bot.domain.problem import (
    LONGEST_TEXT,
    LONGEST_WHO,
    MOST_ATTACHMENTS,
    SHORTEST_TEXT,
    MediaKind,
    Step,
    checked_text,
    names_only_a_building,
)
from bot.domain.refusals import Gone, PhotoAsFile, TooManyAttachments
from bot.domain.roles import Resident
from bot.domain.spelling import fold
from bot.features.problems import draft_queries as queries
from bot.features.problems import screens, texts
from bot.features.problems.callbacks import DeclineOffered, DropPlace, FileOffered, KeepPlace
from bot.features.problems.draft_queries import DraftReport
from bot.features.problems.similar import show_similar_or_question
from bot.features.problems.states import REPORT
from bot.features.problems.steps import draft_of, require_below_limit, save_answer, show_question
from bot.settings import Settings
from bot.telegram.act import Act
from bot.telegram.media import media_of
from bot.telegram.screen import Event, show
from bot.telegram.typed import Awaits

router = Router(name="typed reports")
# After every other feature: words and pictures that nobody asked for.
unasked = Router(name="unasked reports")
# Below this likeness (0-100) a typed name is no village of the list.
LIKE_ENOUGH = 80
LONGEST_TYPED = 60
SHORTEST_WHO = 2


@router.message(Awaits(REPORT), F.text, ~F.text.startswith("/"))
async def answer_in_words(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """What was typed answers the question the draft stands at."""
    typed = message.text or ""
    async with act() as db:
        draft = await draft_of(db, resident)
        if draft.step is Step.TEXT and _names_only_a_building(typed):
            # Stored, but the question stays: whoever takes the hint types right away.
            await queries.save_draft(db, draft.id, text=checked_text(typed))
            hinted, note = replace(draft, text=checked_text(typed)), None
        else:
            hinted, note = None, await _answer(db, draft, typed)
    if hinted:
        await show(message, screens.hint_need(hinted))
    elif draft.step is Step.TEXT:
        await show_similar_or_question(message, database, resident)
    else:
        await show_question(message, database, resident, note=note)


def _names_only_a_building(typed: str) -> bool:
    words = missing_objects()
    return names_only_a_building(typed, words.buildings, words.lacks)


async def _answer(db: AsyncConnection, draft: DraftReport, typed: str) -> Markup | None:
    """Store the answer; return what to say when it is none."""
    if draft.step is Step.TEXT:
        await save_answer(db, draft, Step.TEXT, text=checked_text(typed))
    elif draft.step is Step.WHO:
        await save_answer(db, draft, Step.WHO, who=checked_text(typed, SHORTEST_WHO, LONGEST_WHO))
    elif draft.step is Step.VILLAGE:
        village = village_called(typed, await list_villages(db, draft.municipality_id))
        if village is None:
            return texts.no_such_village(typed[:LONGEST_TYPED])
        await save_answer(db, draft, Step.VILLAGE, village_id=village.id)
    else:
        return texts.please_tap()
    return None


def village_called(typed: str, villages: Sequence[Village]) -> Village | None:
    """The village whose name is spelt most like what was typed, if any is."""
    names = [fold(name) for village in villages for name in (village.name.ky, village.name.ru)]
    found = process.extractOne(fold(typed), names, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    # Two names stand for each village, one after the other.
    return villages[found[2] // 2] if found else None


@router.message(Awaits(REPORT), F.photo | F.voice | F.location)
async def attach(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """A photo, voice note or place may come at any question.

    The first one is answered by a caption, or by a voice note: nobody has to type. A photo alone is
    followed by the same question, which may be passed over then.
    """
    caption = (message.caption or "").strip()
    async with act() as db:
        draft = await draft_of(db, resident)
        await _attach(db, act, draft, message)
        if draft.step is Step.TEXT and SHORTEST_TEXT <= len(caption) <= LONGEST_TEXT:
            await save_answer(db, draft, Step.TEXT, text=caption)
        elif draft.step is Step.TEXT and message.voice:
            await save_answer(db, draft, Step.TEXT)
        far = await _far_from(db, draft, message)
    if caption and draft.step is Step.TEXT and not message.voice:
        # Too few words are refused, but the photo that they came with is kept.
        checked_text(caption)
    if far:
        await show(message, screens.far_place(draft.id, far))
    elif draft.step is Step.TEXT:
        await show_similar_or_question(message, database, resident)
    else:
        await show_question(message, database, resident)


async def _far_from(db: AsyncConnection, draft: DraftReport, message: Message) -> Name | None:
    """The municipality that a place on the map seems far from; None when it is near enough."""
    if message.location is None:
        return None
    municipality = await find_municipality(db, draft.municipality_id)
    if municipality is None:
        return None
    centre = district_centres().get(municipality.district.ky)
    pin = Point(message.location.latitude, message.location.longitude)
    return municipality.name if seems_far(pin, Point(*centre) if centre else None) else None


@router.callback_query(KeepPlace.filter())
async def keep_place(tap: CallbackQuery, database: Database, resident: Resident) -> None:
    """It was kept from the first; only the question goes."""
    await show_question(tap, database, resident)


@router.callback_query(DropPlace.filter())
async def drop_place(
    tap: CallbackQuery, callback_data: DropPlace, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        if (await draft_of(db, resident)).id != callback_data.draft_id:
            raise Gone
        await queries.save_without_place(db, callback_data.draft_id)
    await show_question(tap, database, resident, note=texts.send_place_again())


@router.message(Awaits(REPORT), F.document.mime_type.startswith("image/"))
@unasked.message(F.document.mime_type.startswith("image/"))
async def refuse_file(_message: Message) -> None:
    """Telegram takes the hidden data out of photos, and leaves them in files: often the way to a home."""
    raise PhotoAsFile


async def _attach(db: AsyncConnection, act: Act, draft: DraftReport, message: Message) -> None:
    media = media_of(message)
    if len(draft.attachments) >= MOST_ATTACHMENTS:
        raise TooManyAttachments(MOST_ATTACHMENTS)
    if media is not None:
        await queries.save_attachment(db, draft.id, act.update_id, media)


@unasked.message(F.text, ~F.text.startswith("/"))
@unasked.message(F.photo | F.voice | F.location)
async def offer_to_file(message: Message, act: Act, resident: Resident) -> None:
    """Nothing that a resident writes is lost: is it a problem?"""
    words = message.text or message.caption
    async with act() as db:
        await queries.save_offer(db, resident.id, resident.municipality_id or 0, words)
        draft = await queries.find_draft(db, resident.id)
        if draft is None:
            raise Gone
        if media_of(message):
            await _attach(db, act, draft, message)
    await show(message, screens.offer(draft))


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
        await require_below_limit(db, resident.id, settings.reports_per_day)
        draft = await queries.find_draft(db, resident.id, lock=True)
        if draft is None or draft.id != callback_data.draft_id:
            raise Gone
        await _accept_offer(db, draft)
        await save_awaiting(db, resident.id, REPORT)
    await show_similar_or_question(tap, database, resident)


@router.callback_query(DeclineOffered.filter())
async def decline_offered(
    tap: CallbackQuery,
    callback_data: DeclineOffered,
    act: Act,
    database: Database,
    resident: Resident,
    show_home: Callable[[Event, Database], Awaitable[None]],
) -> None:
    async with act() as db:
        await queries.save_declined_offer(db, resident.id, callback_data.draft_id)
    await show_home(tap, database)


async def _accept_offer(db: AsyncConnection, draft: DraftReport) -> None:
    if draft.offered:
        text = checked_text("\n".join(filter(None, (draft.text, draft.offered))))
        await queries.save_draft(db, draft.id, text=text, offered=None)
    if draft.step is None:
        is_answered = draft.offered or MediaKind.VOICE in draft.attachments
        await queries.save_draft(db, draft.id, step=Step.VILLAGE if is_answered else Step.TEXT)
