"""Waiting reports that a facilitator marks, page by page, to decline them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import ColumnElement, ScalarSelect, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import MarkedReport, Problem
from bot.db.queries import upsert_into
from bot.domain.paging import Page
from bot.domain.problem import DeclineReason, ProblemStatus
from bot.features.problems.problem_queries import worded

REPORTS_A_PAGE = 6
# So many are declined in one act at most: each author is told in it.
MOST_MARKED = 50


@dataclass(frozen=True, slots=True)
class MarkableLine:
    id: int
    number: int
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class MarkablePage:
    """The oldest waiting reports first; `marked` counts those of all pages."""

    lines: Sequence[MarkableLine]
    page: Page
    marked: int


@dataclass(frozen=True, slots=True)
class Marked:
    """`status` is what it is now; `is_held` says that a colleague has it before them."""

    id: int
    number: int
    status: ProblemStatus
    is_held: bool

    @property
    def is_lost(self) -> bool:
        return self.is_held or self.status is not ProblemStatus.SUBMITTED


def digest(marked: Sequence[Marked]) -> int:
    """A number for these very reports, to be carried by a button."""
    return crc32(",".join(str(each.id) for each in marked).encode())


async def list_markable(
    db: AsyncConnection, resident_id: int, municipality_id: int, wanted: int, language: str
) -> MarkablePage:
    waits = _waits(municipality_id)
    total = (await db.execute(select(func.count()).select_from(Problem).where(waits))).scalar_one()
    page = Page(total, wanted, REPORTS_A_PAGE)
    mark = exists().where(MarkedReport.problem_id == Problem.id, MarkedReport.resident_id == resident_id)
    rows = await db.execute(
        select(Problem.id, Problem.number, worded(language).label("text"), mark.label("is_marked"))
        .where(waits)
        .order_by(Problem.id)
        .limit(page.limit)
        .offset(page.offset)
    )
    lines = [MarkableLine(row.id, row.number, row.text, row.is_marked) for row in rows]
    return MarkablePage(lines, page, await _count_marked(db, resident_id, municipality_id))


async def _count_marked(db: AsyncConnection, resident_id: int, municipality_id: int) -> int:
    counted = (
        select(func.count())
        .select_from(MarkedReport)
        .join(Problem)
        .where(MarkedReport.resident_id == resident_id, _waits(municipality_id))
    )
    return (await db.execute(counted)).scalar_one()


def _waits(municipality_id: int) -> ColumnElement[bool]:
    return (Problem.municipality_id == municipality_id) & (Problem.status == ProblemStatus.SUBMITTED)


async def save_mark(
    db: AsyncConnection, resident_id: int, municipality_id: int, problem_id: int, *, on: bool
) -> bool:
    """Mark a report or not; False when so many are marked that this one would be too much."""
    if not on:
        await db.execute(
            delete(MarkedReport).where(
                MarkedReport.resident_id == resident_id, MarkedReport.problem_id == problem_id
            )
        )
        return True
    if await _count_marked(db, resident_id, municipality_id) >= MOST_MARKED:
        return False
    mark = upsert_into(db, MarkedReport).values(resident_id=resident_id, problem_id=problem_id)
    await db.execute(mark.on_conflict_do_nothing())
    return True


def _of(municipality_id: int) -> ScalarSelect[int]:
    return select(Problem.id).where(Problem.municipality_id == municipality_id).scalar_subquery()


async def delete_marks(
    db: AsyncConnection, resident_id: int, municipality_id: int, only: Sequence[int] | None = None
) -> None:
    """All of this facilitator's marks in a municipality, or some."""
    theirs = delete(MarkedReport).where(
        MarkedReport.resident_id == resident_id, MarkedReport.problem_id.in_(_of(municipality_id))
    )
    if only is not None:
        theirs = theirs.where(MarkedReport.problem_id.in_(only))
    await db.execute(theirs)


async def list_marked(
    db: AsyncConnection, resident_id: int, municipality_id: int, now: datetime, *, lock: bool = False
) -> list[Marked]:
    """By their ids; `lock` keeps all others from deciding on them until this act is committed."""
    chosen = (
        select(Problem.id, Problem.number, Problem.status, Problem.held_by, Problem.held_until)
        .join(MarkedReport, MarkedReport.problem_id == Problem.id)
        .where(MarkedReport.resident_id == resident_id, Problem.municipality_id == municipality_id)
        .order_by(Problem.id)
    )
    rows = await db.execute(chosen.with_for_update(of=Problem) if lock else chosen)
    return [
        Marked(
            row.id,
            row.number,
            ProblemStatus(row.status),
            row.held_by is not None and row.held_by != resident_id and row.held_until > now,
        )
        for row in rows
    ]


async def save_declined(
    db: AsyncConnection, problem_ids: Sequence[int], by: int, reason: DeclineReason, now: datetime
) -> None:
    """All of them, in one statement; call it with all of them locked and waiting."""
    await db.execute(
        update(Problem)
        .where(Problem.id.in_(problem_ids))
        .values(
            status=ProblemStatus.DECLINED,
            decided_at=now,
            decided_by=by,
            decline_reason=reason,
            held_by=None,
            held_until=None,
        )
    )
