"""The problems of a municipality that fit what somebody types in a chat."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, Supporter, Topic as TopicRow, Village as VillageRow
from bot.domain.places import Name, Topic
from bot.features.problems.problem_queries import worded
from bot.features.problems.seeing_queries import is_public
from bot.features.problems.word_search_queries import holds

MOST_OFFERED = 8
_NUMBER = re.compile(r"\s*[№#]?\s*(\d{1,9})\s*")


@dataclass(frozen=True, slots=True)
class Offer:
    """A public problem, worded for the one who shares it."""

    id: int
    number: int
    text: str
    village: Name
    topic: Topic | None
    supporters: int


async def list_offered(db: AsyncConnection, municipality_id: int, typed: str, language: str) -> list[Offer]:
    """Those that hold every typed word or have the typed number, the most supported and newest first."""
    supporters = (
        select(func.count()).where(Supporter.problem_id == Problem.id).correlate(Problem).scalar_subquery()
    )
    rows = await db.execute(
        select(
            Problem.id,
            Problem.number,
            worded(language).label("text"),
            Problem.topic_id,
            VillageRow.name_ky,
            VillageRow.name_ru,
            TopicRow.short_ky,
            TopicRow.short_ru,
            TopicRow.emoji,
            supporters.label("supporters"),
        )
        .join(VillageRow, VillageRow.id == Problem.village_id)
        .outerjoin(TopicRow, TopicRow.id == Problem.topic_id)
        .where(Problem.municipality_id == municipality_id, is_public(), *_fits(typed))
        .order_by(supporters.desc(), Problem.id.desc())
        .limit(MOST_OFFERED)
    )
    return [
        Offer(
            id=row.id,
            number=row.number,
            text=row.text,
            village=Name(row.name_ky, row.name_ru),
            topic=Topic(row.topic_id, Name(row.short_ky, row.short_ru), row.emoji) if row.topic_id else None,
            supporters=row.supporters,
        )
        for row in rows
    ]


def _fits(typed: str) -> list[ColumnElement[bool]]:
    number = _NUMBER.fullmatch(typed)
    return [Problem.number == int(number[1])] if number else holds(typed)
