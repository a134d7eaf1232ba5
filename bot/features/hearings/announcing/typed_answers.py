"""Announcing a hearing by typing and sending: words, days, times, a place on the map, documents."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.data import date_words
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.dates import Asked, Facing, is_far_off, read_moment, read_time
from bot.domain.hearing import MOST_DOCUMENTS
from bot.domain.hearing_draft import LONGEST, Step
from bot.domain.refusals import NotADocument, NotAPlace, PleaseChoose, TooManyDocuments, WordsExpected
from bot.domain.roles import Resident
from bot.domain.text import checked_text
from bot.domain.visible import count_letters, visible
from bot.features.hearings.announcing import queries, screens, texts
from bot.features.hearings.announcing.button_answers import (
    at_time,
    on_day,
    require_in_reach,
    save_time_asked,
    to_come,
)
from bot.features.hearings.announcing.states import LINE
from bot.features.hearings.announcing.steps import go_on, language_of, lock_draft, question_screen
from bot.features.hearings.hearing_queries import HearingCard
from bot.telegram.act import Act
from bot.telegram.awaiting import Awaits
from bot.telegram.prompts import Asking, Prompts
from bot.telegram.screen import Screen, show

router = Router(name="announcing by typing")
SHORTEST_WORDS = 3
FEWEST_LETTERS = 2
LONGEST_NAME = 100
# A telephone at the end of what was written: digits with the signs that people put between them.
_PHONE = re.compile(r"[,;:\s]*(\+?\d[\d\s()\-]{4,}\d)\W*$")
Line = Callable[[HearingCard, Message, datetime], dict[str, Any]]


@router.message(Awaits(LINE, then=Step))
async def type_line(
    message: Message, about: int, part: Step, act: Act, database: Database, resident: Resident
) -> None:
    async with act() as db:
        draft = await lock_draft(db, resident, about)
        shown = await _TAKEN[part](db, resident, draft, part, message, act)
    if not isinstance(shown, Screen):
        shown = await question_screen(database, resident, draft.id, shown, now=act.now)
    await show(message, shown)


async def _put_again(asking: Asking) -> Screen:
    return await question_screen(
        asking.database, asking.resident, asking.about, asking.part(LINE, Step), now=asking.now
    )


PROMPTS: Prompts = {LINE: _put_again}


async def _take_line(
    db: AsyncConnection, resident: Resident, draft: HearingCard, step: Step, message: Message, act: Act
) -> None:
    """Store what was typed; the question to show next is the draft's own."""
    if step is not Step.PIN and not message.text:
        raise WordsExpected
    await go_on(db, resident, draft, step, **_LINES[step](draft, message, act.now))


async def _take_moment(
    db: AsyncConnection, resident: Resident, draft: HearingCard, step: Step, message: Message, act: Act
) -> Step | Screen | None:
    """A day, a time, or both in one answer; a day so far ahead that its year is a guess is asked about."""
    if not message.text:
        raise WordsExpected
    asked = Asked(local_day(act.now), Facing.AHEAD, date_words())
    day, at = (read_moment if step is Step.DAY else read_time)(message.text, asked)
    if day:
        require_in_reach(day, act.now)
        if is_far_off(day, asked.today):
            return screens.is_it_this_day(draft, day, asked.today)
    if day is None and at:
        await go_on(db, resident, draft, step, starts_at=at_time(draft, at, act.now))
    elif day and at is None:
        await go_on(db, resident, draft, step, starts_at=on_day(draft, day, act.now))
        return await save_time_asked(db, resident, draft)
    elif day and at:
        await _save_both(db, resident, draft, to_come(day, at, act.now))
    return None


async def _save_both(
    db: AsyncConnection, resident: Resident, draft: HearingCard, starts_at: datetime
) -> None:
    """Whichever of the two questions the draft stands at, none of them is asked any more."""
    await go_on(db, resident, draft, Step.DAY, starts_at=starts_at)
    await go_on(db, resident, await lock_draft(db, resident, draft.id), Step.TIME)


async def _refuse_typing(*_given: object) -> Step:
    raise PleaseChoose


async def _take_document(
    db: AsyncConnection, _resident: Resident, draft: HearingCard, _step: Step, message: Message, act: Act
) -> Step:
    """Store one document and wait for the next."""
    if message.document:
        name = visible(message.document.file_name or "") or texts.file_name()
        file_id, is_photo = message.document.file_id, False
    elif message.photo:
        name = texts.photo_name(draft.documents + 1)
        file_id, is_photo = message.photo[-1].file_id, True
    else:
        raise NotADocument
    if draft.documents >= MOST_DOCUMENTS:
        raise TooManyDocuments(MOST_DOCUMENTS)
    await queries.save_document(db, draft.id, act.update_id, file_id, name[:LONGEST_NAME], is_photo=is_photo)
    return Step.DOCUMENTS


def _words(field: str, step: Step) -> Line:
    def line(draft: HearingCard, message: Message, _now: datetime) -> dict[str, Any]:
        return {f"{field}_{language_of(draft, step)}": _in_words(message, step)}

    return line


def _place(_draft: HearingCard, message: Message, _now: datetime) -> dict[str, Any]:
    return {"place": _in_words(message, Step.PLACE)}


def _in_words(message: Message, step: Step) -> str:
    """A day or an hour that is typed a question too late is no topic and no place."""
    words = checked_text(message.text or "", SHORTEST_WORDS, LONGEST[step])
    if count_letters(words) < FEWEST_LETTERS:
        raise WordsExpected
    return words


def _pin(_draft: HearingCard, message: Message, _now: datetime) -> dict[str, Any]:
    place = message.venue.location if message.venue else message.location
    if place is None:
        raise NotAPlace
    return {"latitude": place.latitude, "longitude": place.longitude}


def _organiser(_draft: HearingCard, message: Message, _now: datetime) -> dict[str, Any]:
    words = checked_text(message.text or "", SHORTEST_WORDS, LONGEST[Step.ORGANISER])
    found = _PHONE.search(words)
    if found is None:
        return {"organiser": words, "phone": None}
    return {"organiser": words[: found.start()].strip() or words, "phone": " ".join(found[1].split())}


_LINES: dict[Step, Line] = {
    Step.TOPIC: _words("topic", Step.TOPIC),
    Step.AGENDA: _words("agenda", Step.AGENDA),
    Step.OTHER_TOPIC: _words("topic", Step.OTHER_TOPIC),
    Step.OTHER_AGENDA: _words("agenda", Step.OTHER_AGENDA),
    Step.PLACE: _place,
    Step.PIN: _pin,
    Step.ORGANISER: _organiser,
}
Take = Callable[[AsyncConnection, Resident, HearingCard, Step, Message, Act], Awaitable[Step | Screen | None]]
_TAKEN: dict[Step, Take] = {
    **dict.fromkeys(_LINES, _take_line),
    **dict.fromkeys((Step.DAY, Step.TIME), _take_moment),
    Step.DOCUMENTS: _take_document,
    Step.KIND: _refuse_typing,
    Step.WHOM: _refuse_typing,
}
