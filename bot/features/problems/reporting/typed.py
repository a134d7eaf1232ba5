"""What residents type and send as answers to the draft's question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from rapidfuzz import fuzz, process
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import district_centres, missing_objects
from bot.db.queries import find_municipality, list_topic_names, list_villages
from bot.db.session import Database
from bot.domain.geo import (
    Point,
    seems_far,
)
from bot.domain.places import Name, Village
from bot.domain.problem import LONGEST_WHO, Step, names_only_a_building
from bot.domain.refusals import Gone, PhotoAsFile
from bot.domain.roles import Resident
from bot.domain.text import LONGEST_TEXT, SHORTEST_TEXT, checked_text
from bot.domain.text_folding import fold
from bot.features.problems.reporting import draft_queries as queries, screens, texts
from bot.features.problems.reporting.callbacks import DropPlace, KeepPlace
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.features.problems.reporting.offered import attach_media, keep_for_later
from bot.features.problems.reporting.similar import show_similar_or_question
from bot.features.problems.reporting.states import REPORT
from bot.features.problems.reporting.steps import draft_of, save_answer, show_question
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.screen import Screen, show

router = Router(name="typed reports")
# Below this likeness (0-100) a typed name is no village of the list.
LIKE_ENOUGH = 80
SHORTEST_WHO = 2


@router.message(Awaits(REPORT), F.text)
async def answer_in_words(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """What was typed answers the question the draft stands at."""
    await _answer_in_words(message, act, database, resident, message.text or "")


async def _answer_in_words(
    message: Message, act: Act, database: Database, resident: Resident, typed: str, note: Markup | None = None
) -> None:
    async with act() as db:
        draft = await draft_of(db, resident)
        if draft.step is Step.TEXT and _names_only_a_building(typed):
            # Stored, but the question stays: whoever takes the hint types right away.
            await queries.save_draft(db, draft.id, act.now, text=checked_text(typed))
            screen: Screen | None = screens.hint_need(replace(draft, text=checked_text(typed)))
        else:
            screen = await _answer(db, resident, draft, typed, act.now)
    if screen:
        await show(message, screen)
    elif draft.step is Step.TEXT:
        await show_similar_or_question(message, database, resident, note=note)
    else:
        await show_question(message, database, resident, note=note)


def _names_only_a_building(typed: str) -> bool:
    words = missing_objects()
    return names_only_a_building(typed, words.buildings, words.lacks)


async def _answer(
    db: AsyncConnection, resident: Resident, draft: DraftReport, typed: str, now: datetime
) -> Screen | None:
    """Store the answer. What is none is more of what they have to tell: return what is to be asked of it."""
    if draft.step is Step.TEXT:
        await save_answer(db, draft, Step.TEXT, now, text=checked_text(typed))
        return None
    if draft.step is Step.WHO and len(typed) <= LONGEST_WHO:
        await save_answer(db, draft, Step.WHO, now, who=checked_text(typed, SHORTEST_WHO, LONGEST_WHO))
        return None
    if draft.step is Step.VILLAGE:
        village = village_called(typed, await list_villages(db, draft.municipality_id))
        if village is not None:
            await save_answer(db, draft, Step.VILLAGE, now, village_id=village.id)
            return None
    if draft.step is Step.TOPIC:
        topic_id = topic_called(typed, await list_topic_names(db))
        if topic_id is not None:
            await save_answer(db, draft, Step.TOPIC, now, topic_id=topic_id)
            return None
    return await keep_for_later(db, resident, draft.municipality_id, typed, now)


def village_called(typed: str, villages: Sequence[Village]) -> Village | None:
    """The village whose name is spelt most like what was typed, if any is."""
    names = [fold(name) for village in villages for name in (village.name.ky, village.name.ru)]
    found = process.extractOne(fold(typed), names, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    # Two names stand for each village, one after the other.
    return villages[found[2] // 2] if found else None


def topic_called(typed: str, topics: Mapping[int, tuple[str, ...]]) -> int | None:
    """The topic whose name, short or official, is spelt most like what was typed."""
    names = [(fold(name), topic_id) for topic_id, names in topics.items() for name in names]
    found = process.extractOne(
        fold(typed), [name for name, _topic in names], scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH
    )
    return names[found[2]][1] if found else None


@router.message(Awaits(REPORT), F.photo | F.voice | F.location)
async def attach(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """A photo, voice note or place may come at any question.

    The first one is answered by a caption, or by a voice note: nobody has to type. A photo alone is
    followed by the same question, which may be passed over then.
    """
    caption = (message.caption or "").strip()
    async with act() as db:
        draft = await draft_of(db, resident)
        await attach_media(db, act, draft, message)
        if draft.step is Step.TEXT and SHORTEST_TEXT <= len(caption) <= LONGEST_TEXT:
            await save_answer(db, draft, Step.TEXT, act.now, text=caption)
        elif draft.step is Step.TEXT and message.voice:
            await save_answer(db, draft, Step.TEXT, act.now)
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
async def refuse_file(_message: Message) -> None:
    """Telegram takes the hidden data out of photos, and leaves them in files: often the way to a home."""
    raise PhotoAsFile


@router.message(Awaits(REPORT), ~F.text)
async def take_words_of(message: Message, act: Act, database: Database, resident: Resident) -> None:
    """A video, a sticker, somebody's number: its caption is taken, and what can be sent is named."""
    if message.caption:
        note = texts.only_words_taken()
        await _answer_in_words(message, act, database, resident, message.caption, note)
    else:
        await show_question(message, database, resident, note=texts.cannot_take())
