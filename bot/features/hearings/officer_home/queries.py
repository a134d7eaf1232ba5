"""What an officer finds in the office."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attendance, Broadcast, Delivery, Hearing, Municipality as MunicipalityRow, Question
from bot.db.queries import list_names
from bot.domain.hearing import HearingNotice, HearingStatus, Rule
from bot.domain.paging import Page
from bot.domain.places import Name
from bot.features.hearings.hearing_queries import HearingCard, list_hearings
from bot.features.hearings.question_queries import is_counted, waits

# More are not at work at once; the others are a page away.
MOST_SHOWN = 3
PAST_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Office:
    municipality_id: int
    municipality: Name
    coming: list[HearingCard]
    drafts: list[HearingCard]
    past: int


@dataclass(frozen=True, slots=True)
class HearingNumbers:
    """What became of a hearing's notice, in people and in questions."""

    told: int
    read: int
    coming: int
    unanswered: int
    # For an officer to look at; nobody else sees them.
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    municipality_id: int
    notice_days: int
    first_reminder_hours: int
    second_reminder_hours: int
    questions_at_once: bool = False


async def find_office(db: AsyncConnection, municipality_id: int, now: datetime) -> Office | None:
    names = await list_names(db, [municipality_id])
    if not names:
        return None
    here = Hearing.municipality_id == municipality_id
    announced = here & (Hearing.status == HearingStatus.ANNOUNCED)
    return Office(
        municipality_id=municipality_id,
        municipality=names[0][1],
        coming=await list_hearings(db, announced & (Hearing.starts_at > now), limit=MOST_SHOWN),
        drafts=await list_hearings(
            db, here & (Hearing.status == HearingStatus.DRAFT), limit=MOST_SHOWN, newest_first=True
        ),
        past=await count_past(db, municipality_id, now),
    )


async def count_past(db: AsyncConnection, municipality_id: int, now: datetime) -> int:
    counted = select(func.count()).select_from(Hearing).where(_is_past(municipality_id, now))
    return (await db.execute(counted)).scalar_one()


async def list_past(
    db: AsyncConnection, municipality_id: int, now: datetime, wanted: int
) -> tuple[list[HearingCard], Page]:
    """One page of those that were held or called off, the latest first."""
    page = Page(await count_past(db, municipality_id, now), wanted, PAST_A_PAGE)
    hearings = await list_hearings(
        db,
        _is_past(municipality_id, now),
        newest_first=True,
        limit=page.limit,
        offset=page.offset,
    )
    return hearings, page


async def find_numbers(db: AsyncConnection, hearing_id: int) -> HearingNumbers:
    announced = select(Broadcast.id).where(
        Broadcast.hearing_id == hearing_id,
        Broadcast.kind.in_([HearingNotice.ANNOUNCED, HearingNotice.TRANSLATED, HearingNotice.CHANGED]),
    )
    told = select(func.count(Delivery.resident_id.distinct())).where(
        Delivery.broadcast_id.in_(announced), Delivery.sent_at.is_not(None)
    )
    attending = select(func.count()).where(Attendance.hearing_id == hearing_id)
    asked = select(func.count()).where(Question.hearing_id == hearing_id)
    row = (
        await db.execute(
            select(
                told.scalar_subquery(),
                attending.where(Attendance.read_at.is_not(None)).scalar_subquery(),
                attending.where(Attendance.is_coming.is_(True)).scalar_subquery(),
                asked.where(is_counted(), Question.answered_at.is_(None)).scalar_subquery(),
                asked.where(waits()).scalar_subquery(),
            )
        )
    ).one()
    return HearingNumbers(*row)


async def find_rules(db: AsyncConnection, municipality_id: int) -> Rules:
    row = (
        await db.execute(
            select(
                MunicipalityRow.notice_days,
                MunicipalityRow.first_reminder_hours,
                MunicipalityRow.second_reminder_hours,
                MunicipalityRow.questions_at_once,
            ).where(MunicipalityRow.id == municipality_id)
        )
    ).one()
    return Rules(municipality_id, *row)


async def save_rule(db: AsyncConnection, municipality_id: int, rule: Rule, value: int) -> None:
    columns = {
        Rule.NOTICE_DAYS: "notice_days",
        Rule.FIRST_REMINDER: "first_reminder_hours",
        Rule.SECOND_REMINDER: "second_reminder_hours",
        Rule.QUESTIONS: "questions_at_once",
    }
    wanted = bool(value) if rule is Rule.QUESTIONS else value
    await db.execute(
        update(MunicipalityRow).where(MunicipalityRow.id == municipality_id).values({columns[rule]: wanted})
    )


def _is_past(municipality_id: int, now: datetime) -> ColumnElement[bool]:
    return (Hearing.municipality_id == municipality_id) & (
        (Hearing.status == HearingStatus.CANCELLED)
        | ((Hearing.status == HearingStatus.ANNOUNCED) & (Hearing.starts_at <= now))
    )
