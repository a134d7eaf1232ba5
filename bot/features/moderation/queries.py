"""The queue of reported problems, and the verdicts on them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ScalarSelect, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Municipality as MunicipalityRow
from bot.db.models import Problem, Round
from bot.db.problem_queries import ProblemCard, find_card
from bot.domain.places import Name
from bot.domain.problem import DeclineReason, ProblemStatus


@dataclass(frozen=True, slots=True)
class Desk:
    """What is to be done in one municipality; `round_id` is its latest vote."""

    municipality_id: int
    municipality: Name
    waiting: int
    published: int
    round_id: int | None
    round_is_open: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A problem as it lies on the desk."""

    card: ProblemCard
    municipality_id: int
    author_id: int | None
    decided_by: int | None


async def find_desk(db: AsyncConnection, municipality_id: int) -> Desk | None:
    def counted(status: ProblemStatus) -> ScalarSelect[int]:
        return (
            select(func.count())
            .where(Problem.municipality_id == municipality_id, Problem.status == status)
            .scalar_subquery()
        )

    latest = select(func.max(Round.id)).where(Round.municipality_id == municipality_id).scalar_subquery()
    row = (
        await db.execute(
            select(
                MunicipalityRow.name_ky,
                MunicipalityRow.name_ru,
                counted(ProblemStatus.SUBMITTED).label("waiting"),
                counted(ProblemStatus.PUBLISHED).label("published"),
                Round.id.label("round_id"),
                Round.closes_at,
                Round.closed_at,
            )
            .select_from(MunicipalityRow)
            .outerjoin(Round, Round.id == latest)
            .where(MunicipalityRow.id == municipality_id)
        )
    ).first()
    if row is None:
        return None
    is_open = row.round_id is not None and row.closed_at is None and row.closes_at > datetime.now(UTC)
    return Desk(
        municipality_id=municipality_id,
        municipality=Name(row.name_ky, row.name_ru),
        waiting=row.waiting,
        published=row.published,
        round_id=row.round_id,
        round_is_open=is_open,
    )


async def find_next_report(db: AsyncConnection, municipality_id: int, after: int) -> int | None:
    """The oldest waiting problem behind `after`, or the oldest of all when there is none behind it."""
    waiting = (
        Problem.municipality_id == municipality_id,
        Problem.status == ProblemStatus.SUBMITTED,
    )
    found = await db.execute(
        select(Problem.id).where(*waiting).order_by(Problem.id <= after, Problem.id).limit(1)
    )
    return found.scalar_one_or_none()


async def find_report(db: AsyncConnection, problem_id: int) -> Report | None:
    row = (
        await db.execute(
            select(Problem.municipality_id, Problem.author_id, Problem.decided_by).where(
                Problem.id == problem_id
            )
        )
    ).first()
    card = await find_card(db, Problem.id == problem_id) if row else None
    return Report(card, row.municipality_id, row.author_id, row.decided_by) if row and card else None


async def save_verdict(
    db: AsyncConnection,
    problem_id: int,
    status: ProblemStatus,
    decided_by: int,
    reason: DeclineReason | None = None,
    words: str | None = None,
) -> bool:
    """Whether this call decided: a problem is decided once, by whoever comes first."""
    done = await db.execute(
        update(Problem)
        .where(Problem.id == problem_id, Problem.status == ProblemStatus.SUBMITTED)
        .values(
            status=status,
            decided_at=datetime.now(UTC),
            decided_by=decided_by,
            decline_reason=reason,
            decline_words=words,
        )
    )
    return done.rowcount > 0
