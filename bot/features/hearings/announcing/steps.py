"""Where an announcement stands: its draft, whose it is, and the question to show next."""

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import list_villages, save_awaiting
from bot.db.session import Database
from bot.domain.clock import BISHKEK, local_day
from bot.domain.hearing import FARTHEST_DAYS, HearingStatus
from bot.domain.hearing_changes import Difference, difference
from bot.domain.hearing_draft import Step
from bot.domain.refusals import AlreadyAnnounced, HearingIsOver
from bot.domain.roles import Resident, Role, allowed
from bot.features.hearings.announcing import preview_screens, queries, screens
from bot.features.hearings.announcing.states import LINE
from bot.features.hearings.hearing_queries import HearingCard, find_hearing, list_documents
from bot.i18n import LANGUAGES, current_language
from bot.telegram.screen import Screen


async def hearing_of_officer(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing or a draft of one, if this person is an officer of its municipality."""
    return allowed(resident, await find_hearing(db, hearing_id), Role.OFFICER)


async def draft_of_officer(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    draft = await hearing_of_officer(db, resident, hearing_id)
    if draft.status is not HearingStatus.DRAFT:
        raise AlreadyAnnounced
    return draft


async def changeable(db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime) -> HearingCard:
    """A hearing that was announced and has not begun."""
    hearing = await hearing_of_officer(db, resident, hearing_id)
    begun = hearing.starts_at is None or hearing.starts_at <= now
    if hearing.status is not HearingStatus.ANNOUNCED or begun:
        raise HearingIsOver
    return hearing


async def lock_hearing_of_officer(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    """A hearing or a draft, kept from other officers' hands until the act is done."""
    await queries.save_hearing_lock(db, hearing_id)
    return await hearing_of_officer(db, resident, hearing_id)


async def lock_draft(db: AsyncConnection, resident: Resident, hearing_id: int) -> HearingCard:
    await queries.save_hearing_lock(db, hearing_id)
    return await draft_of_officer(db, resident, hearing_id)


async def save_answer(db: AsyncConnection, draft: HearingCard, step: Step, **lines: object) -> Step:
    """Store an answer; return what is asked next.

    An answer to another question than the present one, as from an old message, leads nowhere.
    """
    following = Step(draft.step or Step.PREVIEW)
    if following == step:
        has_agenda = bool(draft.agenda.languages) or any(name.startswith("agenda") for name in lines)
        following = step.after(has_agenda=has_agenda)
        lines["step"] = following
    if lines:
        await queries.save_lines(db, draft.id, **lines)
    return following


async def save_asked(db: AsyncConnection, resident: Resident, draft_id: int, step: Step) -> None:
    """Remember which question is open, so that whatever is typed next is taken for its answer."""
    await save_awaiting(db, resident.id, None if step is Step.PREVIEW else f"{LINE}{step}", draft_id)


async def go_on(
    db: AsyncConnection, resident: Resident, draft: HearingCard, step: Step, **lines: object
) -> None:
    """Store an answer, and await the next one."""
    await save_asked(db, resident, draft.id, await save_answer(db, draft, step, **lines))


async def question_screen(
    database: Database,
    resident: Resident,
    hearing_id: int,
    step: Step | None = None,
    page: int = 0,
    *,
    now: datetime,
) -> Screen:
    """The screen of a question, by default of the one that the draft stands at."""
    async with database.read() as db:
        draft = await draft_of_officer(db, resident, hearing_id)
        step = step or Step(draft.step or Step.PREVIEW)
        if step is Step.PREVIEW:
            return await preview(db, draft, current_language(), now)
        if step is Step.WHOM:
            return screens.ask_whom(draft, await list_villages(db, draft.municipality_id), page)
        last = await queries.find_last(db, draft.municipality_id)
    if step in {Step.PLACE, Step.ORGANISER}:
        return (screens.ask_place if step is Step.PLACE else screens.ask_organiser)(draft, last)
    return _asked(draft, step, now)


def _asked(draft: HearingCard, step: Step, now: datetime) -> Screen:
    here = now.astimezone(BISHKEK)
    if step in {Step.TOPIC, Step.AGENDA, Step.OTHER_TOPIC, Step.OTHER_AGENDA}:
        return screens.ask_words(draft, step, language_of(draft, step))
    if step is Step.DAY:
        shown = draft.starts_at.astimezone(BISHKEK) if draft.starts_at else here
        return screens.ask_day(draft, max(shown, here).date().replace(day=1), here.date())
    if step is Step.TIME:
        return screens.ask_time(draft, here)
    asking = {Step.KIND: screens.ask_kind, Step.PIN: screens.ask_pin, Step.DOCUMENTS: screens.ask_documents}
    return asking[step](draft)


def language_of(draft: HearingCard, step: Step) -> str:
    """The language that a question's words are to be written in.

    The topic's comes first, whoever goes on with the draft; until there is one, the officer's own.
    """
    written = draft.topic.languages
    first = next(iter(written)) if len(written) == 1 else current_language()
    if step in {Step.TOPIC, Step.AGENDA}:
        return first
    return next(language for language in LANGUAGES if language != first)


async def preview(db: AsyncConnection, draft: HearingCard, language: str, now: datetime) -> Screen:
    """What residents will see, and what the officer should know of it."""
    usual = await queries.find_notice_days(db, draft.municipality_id)
    if draft.revises_id is not None:
        changed = await changes_of(db, draft)
        people = await queries.count_told(db, draft.revises_id)
        return preview_screens.preview(draft, language, people, usual, now, changed)
    people = await queries.count_invited(db, draft)
    return preview_screens.preview(draft, language, people, usual, now)


async def changes_of(db: AsyncConnection, draft: HearingCard) -> Difference:
    """What a draft of changes would do to its hearing."""
    before = await find_hearing(db, draft.revises_id or 0)
    if before is None or draft.kind is None or draft.starts_at is None:
        return Difference()
    besides = []
    if (before.latitude, before.longitude) != (draft.latitude, draft.longitude):
        besides.append("has_pin")
    if await list_documents(db, before.id) != await list_documents(db, draft.id):
        besides.append("documents")
    return difference(before.announcement, draft.announcement, besides)


def month_from_code(month: int, now: datetime) -> date:
    """The first day of a month written as 202611; the nearest one that hearings are announced for."""
    today = local_day(now)
    try:
        wanted = date(month // 100, month % 100, 1)
    except ValueError:
        wanted = today
    return min(max(wanted, today), today + timedelta(days=FARTHEST_DAYS)).replace(day=1)
