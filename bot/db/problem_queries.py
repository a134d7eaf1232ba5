"""A problem with all that belongs to it, as residents and facilitators look at it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment, Problem
from bot.db.models import Topic as TopicRow
from bot.db.models import Village as VillageRow
from bot.domain.places import Name, Topic, Village
from bot.domain.problem import DeclineReason, Media, MediaKind, ProblemStatus


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """A problem with all that a resident may see; who reported it is not part of it."""

    id: int
    number: int
    text: str
    village: Village
    topic: Topic | None
    who: str | None
    status: ProblemStatus
    decline_reason: DeclineReason | None
    decline_words: str | None
    attachments: int


async def find_card(db: AsyncConnection, *conditions: Any) -> ProblemCard | None:
    """The one problem that meets the conditions, with its places and topic."""
    attachments = select(func.count()).where(Attachment.problem_id == Problem.id)
    row = (
        await db.execute(
            select(
                Problem.__table__,
                VillageRow.name_ky,
                VillageRow.name_ru,
                TopicRow.short_ky,
                TopicRow.short_ru,
                TopicRow.emoji,
                attachments.correlate(Problem).scalar_subquery().label("attachments"),
            )
            .join(VillageRow, VillageRow.id == Problem.village_id)
            .outerjoin(TopicRow, TopicRow.id == Problem.topic_id)
            .where(*conditions)
        )
    ).first()
    if row is None:
        return None
    return ProblemCard(
        id=row.id,
        number=row.number,
        text=row.text,
        village=Village(row.village_id, Name(row.name_ky, row.name_ru)),
        topic=Topic(row.topic_id, Name(row.short_ky, row.short_ru), row.emoji) if row.topic_id else None,
        who=row.who,
        status=ProblemStatus(row.status),
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
        decline_words=row.decline_words,
        attachments=row.attachments,
    )


async def list_attachments(db: AsyncConnection, problem_id: int) -> list[Media]:
    rows = await db.execute(
        select(Attachment.kind, Attachment.file_id, Attachment.latitude, Attachment.longitude)
        .where(Attachment.problem_id == problem_id)
        .order_by(Attachment.id)
    )
    return [Media(MediaKind(row.kind), row.file_id, row.latitude, row.longitude) for row in rows]
