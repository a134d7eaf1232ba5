"""What all residents hear of the plan, queued in the transaction of its cause."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, settled_in
from bot.domain.notices import NoticeTopic
from bot.domain.plan import PlanNotice
from bot.domain.plan_changes import Change, ChangeKind
from bot.features.plan.plan_queries import Version

# Of so many changes a message tells; the others are a tap away.
MOST_TOLD = 6


async def tell_discussed(db: AsyncConnection, version: Version, by: int) -> None:
    """Once for each draft, however often it is shown and taken back."""
    await _tell(db, version, PlanNotice.DISCUSSED, by, {})


async def tell_adopted(db: AsyncConnection, version: Version, by: int, measures: int, cost: int) -> None:
    await _tell(db, version, PlanNotice.ADOPTED, by, {"measures": measures, "cost": cost})


async def tell_amended(db: AsyncConnection, version: Version, by: int, changed: list[Change]) -> None:
    told = [[each.kind, each.number, each.title] for each in told_of(changed)]
    facts = {"changes": told[:MOST_TOLD], "count": len(told)}
    await _tell(db, version, PlanNotice.AMENDED, by, facts)


def told_of(changed: Sequence[Change]) -> list[Change]:
    """The measures, what was taken out before all else; where none differs, the problems."""
    measures = [each for each in changed if each.is_measure]
    return sorted(measures or changed, key=lambda each: each.kind is not ChangeKind.REMOVED)


async def _tell(
    db: AsyncConnection, version: Version, kind: PlanNotice, by: int, facts: dict[str, object]
) -> None:
    own = {
        "version_id": version.id,
        "title": version.title,
        "years": [version.first_year, version.last_year],
        "municipality": [version.municipality.ky, version.municipality.ru],
    }
    await broadcast(
        db,
        notice=f"{kind}:{version.id}",
        municipality_id=version.municipality_id,
        kind=kind,
        facts={**own, **facts},
        to=settled_in(version.municipality_id),
        topic=NoticeTopic.PLAN,
        made_by=by,
    )
