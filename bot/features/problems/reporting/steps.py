"""Where a report stands: its draft, its limit, and the question to show next."""

from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_topics, list_villages
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.problem import Step
from bot.domain.refusals import DailyLimitReached, Gone
from bot.domain.roles import Resident
from bot.features.problems.reporting import draft_queries as queries, screens
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.telegram.screen import Event, Screen, show


async def draft_of(db: AsyncConnection, resident: Resident, *, lock: bool = True) -> DraftReport:
    """The report the resident is writing (not one that was only offered)."""
    draft = await queries.find_draft(db, resident.id, lock=lock)
    if draft is None or draft.step is None:
        raise Gone
    return draft


async def save_answer(
    db: AsyncConnection, draft: DraftReport, step: Step, now: datetime, **answer: object
) -> None:
    """Store an answer and go on: to the next question, or back to the preview if one came from there.

    An answer to another question than the present one (an old button, or the same press again) is
    stored too, but leads nowhere.
    """
    if draft.step is step:
        answer["step"] = Step.PREVIEW if draft.is_editing else step.next
        answer["is_editing"] = False
    await queries.save_draft(db, draft.id, now, **answer)


async def require_below_limit(db: AsyncConnection, resident: Resident, limit: int, now: datetime) -> None:
    """Refuse when the resident has already sent `limit` problems since midnight in Bishkek."""
    midnight = now.astimezone(BISHKEK).replace(hour=0, minute=0, second=0, microsecond=0)
    if await queries.count_reports_since(db, resident, midnight, now) >= limit:
        raise DailyLimitReached(limit)


async def show_question(
    event: Event, database: Database, resident: Resident, *, note: Markup | None = None, page: int = 0
) -> None:
    await show(event, await question(database, resident, note=note, page=page))


async def question(
    database: Database, resident: Resident, *, note: Markup | None = None, page: int = 0
) -> Screen:
    """The question that the draft stands at."""
    async with database.read() as db:
        draft = await draft_of(db, resident, lock=False)
        return screens.noted(note, await _question(db, draft, resident, page))


async def _question(db: AsyncConnection, draft: DraftReport, resident: Resident, page: int) -> Screen:
    if draft.step is Step.VILLAGE:
        villages = await list_villages(db, draft.municipality_id)
        own_first = queries.first_village(villages, resident.village_id)
        return screens.question_village(draft, own_first, page)
    if draft.step is Step.TOPIC:
        return screens.question_topic(draft, await list_topics(db), page)
    if draft.step is Step.WHO:
        return screens.question_who(draft)
    if draft.step is Step.MEDIA:
        return screens.question_media(draft)
    return screens.preview(draft) if draft.step is Step.PREVIEW else screens.question_text(draft)
