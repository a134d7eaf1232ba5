"""A stage of a vote and the problems on its list, worded for a reader."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Municipality, Problem, Round, RoundProblem, Topic, Village
from bot.domain.ballot import Stage
from bot.domain.places import Name
from bot.domain.vote import ListedProblem as ListedProblem, Vote as Vote
from bot.features.problems.public import WHY_HIDDEN, hidden_of, worded


async def find_vote(db: AsyncConnection, round_id: int, language: str) -> Vote | None:
    row = (await db.execute(_VOTE.where(Round.id == round_id))).first()
    if row is None:
        return None
    listed = _LISTED.add_columns(worded(language).label("text")).where(RoundProblem.round_id == round_id)
    villages = await db.execute(
        select(Village.id, Village.name_ky, Village.name_ru)
        .where(Village.municipality_id == row.municipality_id)
        .order_by(Village.name_ky)
    )
    return Vote(
        round_id=round_id,
        municipality_id=row.municipality_id,
        slug=row.slug,
        municipality=Name(row.name_ky, row.name_ru),
        stage=Stage(row.stage),
        picks=row.picks,
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        counted_at=row.counted_at,
        problems={each.id: _listed(each) for each in await db.execute(listed.order_by(Problem.number))},
        villages={each.id: Name(each.name_ky, each.name_ru) for each in villages},
    )


_VOTE = select(
    Round.municipality_id,
    Round.stage,
    Round.picks,
    Round.opened_at,
    Round.closes_at,
    Round.closed_at,
    Round.counted_at,
    Municipality.slug,
    Municipality.name_ky,
    Municipality.name_ru,
).join(Municipality, Municipality.id == Round.municipality_id)
_LISTED = (
    select(
        Problem.id,
        Problem.number,
        Village.name_ky.label("village_ky"),
        Village.name_ru.label("village_ru"),
        Topic.short_ky,
        Topic.short_ru,
        *WHY_HIDDEN,
    )
    .select_from(RoundProblem)
    .join(Problem, Problem.id == RoundProblem.problem_id)
    .join(Village, Village.id == Problem.village_id)
    .outerjoin(Topic, Topic.id == Problem.topic_id)
)


def _listed(row: Any) -> ListedProblem:
    topic = Name(row.short_ky, row.short_ru) if row.short_ky else None
    hidden, village = hidden_of(row), Name(row.village_ky, row.village_ru)
    return ListedProblem(row.id, row.number, None if hidden else row.text, village, topic, hidden)
