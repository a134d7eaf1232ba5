"""What became of the messages about a hearing, counted: nobody is named."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attendance, Broadcast, Delivery, Question, Village as VillageRow
from bot.domain.dispatch import Counts, counted, total
from bot.domain.hearing import HearingNotice, QuestionKind
from bot.domain.places import Name
from bot.features.hearings.hearing_queries import HearingCard, find_hearing
from bot.features.hearings.question_queries import is_counted


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told to many.

    `villages` has its recipients by where they lived then, `languages` those to whom it was sent.
    """

    broadcast_id: int
    kind: str
    begun_at: datetime
    stopped_at: datetime | None
    first_sent: datetime | None
    last_sent: datetime | None
    counts: Counts
    # To groups and channels; everything else is to people.
    posts: Counts
    villages: Mapping[int | None, Counts]
    languages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answers:
    """What people pressed, and how much they asked."""

    read: int
    coming: int
    not_coming: int
    questions: int
    proposals: int


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Everything told about one hearing, in the order of its beginning."""

    hearing: HearingCard
    told: Sequence[Told]
    answers: Answers
    village_names: Mapping[int, Name]


@dataclass(frozen=True, slots=True)
class BroadcastFacts:
    id: int
    municipality_id: int
    hearing_id: int | None
    kind: str
    counts: Counts


async def find_dispatch(db: AsyncConnection, hearing_id: int) -> Dispatch | None:
    hearing = await find_hearing(db, hearing_id)
    if hearing is None:
        return None
    told = [
        each
        for each in await _told(db, Broadcast.hearing_id == hearing_id)
        # Where no group is linked there is nothing to report of posts.
        if each.kind != HearingNotice.POSTED or each.posts.recipients
    ]
    lived_in = {village_id for each in told for village_id in each.villages if village_id is not None}
    return Dispatch(hearing, told, await _answers(db, hearing_id), await _village_names(db, lived_in))


async def find_broadcast(db: AsyncConnection, broadcast_id: int) -> BroadcastFacts | None:
    row = (
        await db.execute(
            select(Broadcast.id, Broadcast.municipality_id, Broadcast.hearing_id, Broadcast.kind).where(
                Broadcast.id == broadcast_id
            )
        )
    ).first()
    if row is None:
        return None
    [told] = await _told(db, Broadcast.id == broadcast_id)
    return BroadcastFacts(*row, counts=total([told.counts, told.posts]))


async def _told(db: AsyncConnection, which: ColumnElement[bool]) -> list[Told]:
    """All of it in one statement: a row for every combination that occurs, added up here."""
    is_sent, is_post = Delivery.sent_at.is_not(None), Delivery.chat_id.is_not(None)
    kinds = (
        Broadcast.id,
        Broadcast.kind,
        Broadcast.created_at,
        Broadcast.stopped_at,
        is_sent.label("is_sent"),
        is_post.label("is_post"),
        Delivery.failure,
        Delivery.village_id,
        Delivery.language,
    )
    rows = await db.execute(
        select(
            *kinds,
            func.count(Delivery.id).label("number"),
            func.min(Delivery.sent_at).label("first"),
            func.max(Delivery.sent_at).label("last"),
        )
        .outerjoin(Delivery, Delivery.broadcast_id == Broadcast.id)
        .where(which)
        .group_by(*(kinds[:4]), is_sent, is_post, *kinds[6:])
        .order_by(Broadcast.id)
    )
    by_broadcast = defaultdict(list)
    for row in rows:
        by_broadcast[row.id].append(row)
    return [_added_up(each) for each in by_broadcast.values()]


def _added_up(rows: Sequence[Any]) -> Told:
    people, posts = ([row for row in rows if bool(row.is_post) is posted] for posted in (False, True))
    villages = defaultdict(list)
    for row in people:
        if row.number:
            villages[row.village_id].append(row)
    return Told(
        broadcast_id=rows[0].id,
        kind=rows[0].kind,
        begun_at=rows[0].created_at,
        stopped_at=rows[0].stopped_at,
        first_sent=min((row.first for row in rows if row.first), default=None),
        last_sent=max((row.last for row in rows if row.last), default=None),
        counts=_counts(people),
        posts=_counts(posts),
        villages={village_id: _counts(each) for village_id, each in villages.items()},
        languages=_languages(people),
    )


def _counts(rows: Iterable[Any]) -> Counts:
    return total(counted(row.number, row.failure, is_sent=bool(row.is_sent)) for row in rows)


def _languages(rows: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.is_sent:
            found[row.language] += row.number
    return dict(found)


async def _answers(db: AsyncConnection, hearing_id: int) -> Answers:
    attendance = (
        await db.execute(
            select(
                func.count(Attendance.read_at),
                func.count().filter(Attendance.is_coming.is_(True)),
                func.count().filter(Attendance.is_coming.is_(False)),
            ).where(Attendance.hearing_id == hearing_id)
        )
    ).one()
    rows = await db.execute(
        select(Question.kind, func.count())
        .where(Question.hearing_id == hearing_id, is_counted())
        .group_by(Question.kind)
    )
    asked = {kind: number for kind, number in rows}  # noqa: C416  # rows are no pairs to mypy
    return Answers(*attendance, asked.get(QuestionKind.QUESTION, 0), asked.get(QuestionKind.PROPOSAL, 0))


async def _village_names(db: AsyncConnection, village_ids: Iterable[int]) -> dict[int, Name]:
    rows = await db.execute(
        select(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru).where(VillageRow.id.in_(village_ids))
    )
    return {row.id: Name(row.name_ky, row.name_ru) for row in rows}
