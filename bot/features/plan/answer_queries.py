"""From a reported problem to the measure that answers it, and those that still wait for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import MeasureLink, MeasureRow, PlanMeasure, PlanVersion, Problem, Supporter
from bot.db.queries import upsert_into
from bot.domain.outcome import next_of
from bot.domain.plan import MeasureStatus
from bot.domain.problem import ProblemStatus, Wording
from bot.domain.seeing import is_public
from bot.features.plan.plan_queries import find_current
from bot.features.problems.public import find_standing, save_outcome

_WAITING = (ProblemStatus.PUBLISHED, ProblemStatus.SHORTLISTED, ProblemStatus.REOPENED)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A problem whose people do not know yet whether it is in the plan."""

    id: int
    number: int
    wording: Wording
    status: ProblemStatus
    supporters: int


def _is_unanswered(municipality_id: int, version_id: int | None) -> ColumnElement[bool]:
    """Nothing was said of it, or what was said is not in the plan any more."""
    linked = (
        exists()
        .where(MeasureLink.problem_id == Problem.id)
        .where(PlanMeasure.measure_id == MeasureLink.measure_id, PlanMeasure.version_id == version_id)
    )
    elsewhere = exists().where(MeasureLink.problem_id == Problem.id)
    taken_out = (Problem.status == ProblemStatus.PLANNED) & elsewhere & ~linked
    return (Problem.municipality_id == municipality_id) & (Problem.status.in_(_WAITING) | taken_out)


async def count_unanswered(db: AsyncConnection, municipality_id: int, version_id: int | None) -> int:
    counted = select(func.count()).where(_is_unanswered(municipality_id, version_id))
    return (await db.execute(counted)).scalar_one()


async def list_unanswered(
    db: AsyncConnection, municipality_id: int, version_id: int | None, limit: int, offset: int
) -> list[Unanswered]:
    """What voters put on the short list first, then what most people support."""
    supporters = (
        select(func.count())
        .select_from(Supporter)
        .where(Supporter.problem_id == Problem.id)
        .correlate(Problem)
        .scalar_subquery()
    )
    first = case((Problem.status == ProblemStatus.SHORTLISTED, 0), else_=1)
    rows = await db.execute(
        select(
            Problem.id,
            Problem.number,
            Problem.text,
            Problem.language,
            Problem.translation,
            Problem.status,
            supporters.label("supporters"),
        )
        .where(_is_unanswered(municipality_id, version_id))
        .order_by(first, supporters.desc(), Problem.number)
        .limit(limit)
        .offset(offset)
    )
    return [
        Unanswered(
            row.id,
            row.number,
            Wording(row.text, row.language, row.translation),
            ProblemStatus(row.status),
            row.supporters,
        )
        for row in rows
    ]


async def save_link(
    db: AsyncConnection, problem_id: int, measure_id: int, now: datetime, *, by: int, most_a_day: int
) -> bool:
    """Say that a measure answers a public problem; its people are told once that it is in the plan.

    Whether the link is new. Nobody is told where the problem has come further than that already.
    """
    standing = await find_standing(db, problem_id, lock=True)
    if standing is None or not is_public(standing.status):
        return False
    link = upsert_into(db, MeasureLink).values(
        measure_id=measure_id, problem_id=problem_id, linked_by=by, at=now
    )
    made = await db.execute(link.on_conflict_do_nothing().returning(MeasureLink.problem_id))
    if made.scalar() is None:
        return False
    if ProblemStatus.PLANNED in next_of(standing.status):
        title = await _title(db, measure_id)
        facts = {"measure_id": measure_id, "measure": title}
        await save_outcome(
            db, standing, ProblemStatus.PLANNED, now, by=by, words=None, most_a_day=most_a_day, facts=facts
        )
    return True


async def _title(db: AsyncConnection, measure_id: int) -> list[str]:
    """In the newest version: its words, their language, and the same in the other language."""
    row = (
        await db.execute(
            select(PlanMeasure.title, PlanVersion.language, PlanMeasure.title_other)
            .join(PlanVersion, PlanVersion.id == PlanMeasure.version_id)
            .where(PlanMeasure.measure_id == measure_id, PlanVersion.adopted_at.is_not(None))
            .order_by(PlanVersion.adopted_at.desc(), PlanVersion.id.desc())
            .limit(1)
        )
    ).one()
    return [row.title, row.language, row.title_other]


async def follow_progress(
    db: AsyncConnection, measure_id: int, now: datetime, *, by: int, most_a_day: int
) -> None:
    """What was reported of a measure becomes true of the problems it answers.

    A problem is done when all its measures in the plan are, and being done from the first that is begun.
    """
    problems = await db.execute(select(MeasureLink.problem_id).where(MeasureLink.measure_id == measure_id))
    for problem_id in sorted(problems.scalars()):
        standing = await find_standing(db, problem_id, lock=True)
        current = await find_current(db, standing.municipality_id) if standing else None
        wanted = _reached(await _statuses(db, problem_id, current.id)) if current else None
        if standing is None or wanted is None or wanted not in next_of(standing.status):
            continue
        facts = {"measure_id": measure_id, "measure": await _title(db, measure_id)}
        await save_outcome(db, standing, wanted, now, by=by, words=None, most_a_day=most_a_day, facts=facts)


async def _statuses(db: AsyncConnection, problem_id: int, version_id: int) -> Sequence[MeasureStatus]:
    """Of the measures that are in the plan in force; what was taken out holds up nothing."""
    rows = await db.execute(
        select(MeasureRow.status)
        .join(MeasureLink, MeasureLink.measure_id == MeasureRow.id)
        .join(PlanMeasure, PlanMeasure.measure_id == MeasureRow.id)
        .where(MeasureLink.problem_id == problem_id, PlanMeasure.version_id == version_id)
    )
    return [MeasureStatus(each) for each in rows.scalars()]


def _reached(statuses: Sequence[MeasureStatus]) -> ProblemStatus | None:
    if statuses and all(each is MeasureStatus.DONE for each in statuses):
        return ProblemStatus.DONE
    if any(each in {MeasureStatus.DOING, MeasureStatus.DONE} for each in statuses):
        return ProblemStatus.DOING
    return None
