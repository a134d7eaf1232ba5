"""Who may ask, read, answer and record; asked anew at every press, for anybody can forge a button."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.hearing import HearingStatus
from bot.domain.question import require_begun, require_open_for_questions
from bot.domain.refusals import Gone, NotYourHearing
from bot.domain.roles import Grant, Resident, Role, allowed
from bot.features.hearings.hearing_queries import HearingCard, find_hearing, lock_hearing
from bot.features.hearings.questions.queries import QuestionCard, find_question


async def readable(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing of the resident's own municipality, or of one where they are an officer."""
    hearing = await _told(db, hearing_id)
    if resident.municipality_id != hearing.municipality_id and not is_officer(resident, hearing):
        raise NotYourHearing
    return hearing


async def askable(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing that this resident may ask at now."""
    hearing = await _told(db, hearing_id)
    if resident.municipality_id != hearing.municipality_id:
        raise NotYourHearing
    require_open_for_questions(hearing.status, hearing.recorded_at)
    return hearing


async def managed(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing of a municipality where this person is an officer."""
    return allowed(resident, await _told(db, hearing_id), Role.OFFICER)


async def answerable(
    db: AsyncConnection, resident: Resident, question_id: int, *, lock: bool = False
) -> QuestionCard:
    """A question to a municipality where this person is an officer.

    `lock` keeps the question and the record of its hearing as they are until the act is committed.
    """
    question = allowed(resident, await find_question(db, question_id), Role.OFFICER)
    if not lock:
        return question
    # Always the hearing first: two acts that lock in turns would wait for each other.
    await lock_hearing(db, question.hearing_id)
    return allowed(resident, await find_question(db, question_id, lock=True), Role.OFFICER)


def is_officer(resident: Resident, hearing: HearingCard) -> bool:
    return Grant(Role.OFFICER, hearing.municipality_id) in resident.grants


async def _told(db: AsyncConnection, hearing_id: int) -> HearingCard:
    hearing = await find_hearing(db, hearing_id)
    if hearing is None or hearing.status is HearingStatus.DRAFT:
        raise Gone
    return hearing


async def recordable(db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime) -> HearingCard:
    """A hearing that has begun, to be recorded by this officer."""
    hearing = await managed(db, resident, hearing_id)
    require_begun(hearing.status, hearing.announcement.starts_at, now)
    return hearing
