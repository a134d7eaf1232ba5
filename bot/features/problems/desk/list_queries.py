"""The problems of a municipality as a facilitator looks for them: public ones by pages, any by its number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem
from bot.domain.paging import Page
from bot.domain.problem import ProblemStatus
from bot.features.problems.problem_queries import worded_for_its_people
from bot.features.problems.word_search_queries import holds

PROBLEMS_A_PAGE = 6
MOST_FOUND = 8
LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class DeskLine:
    id: int
    number: int
    text: str
    status: ProblemStatus


@dataclass(frozen=True, slots=True)
class DeskPage:
    lines: Sequence[DeskLine]
    page: Page


async def list_with(
    db: AsyncConnection, municipality_id: int, statuses: Collection[ProblemStatus], wanted: int, language: str
) -> DeskPage:
    """Newest first."""
    public = (Problem.municipality_id == municipality_id) & Problem.status.in_(statuses)
    total = (await db.execute(select(func.count()).select_from(Problem).where(public))).scalar_one()
    page = Page(total, wanted, PROBLEMS_A_PAGE)
    return DeskPage(await _lines(db, public, language, page.limit, page.offset), page)


async def list_found(
    db: AsyncConnection, municipality_id: int, typed: str, language: str
) -> Sequence[DeskLine]:
    """By its number, or by every typed word; whatever state it is in."""
    chosen = Problem.municipality_id == municipality_id
    if typed.isdecimal() and len(typed) <= LONGEST_NUMBER:
        return await _lines(db, chosen & (Problem.number == int(typed)), language, 1)
    words = holds(typed)
    return await _lines(db, and_(chosen, *words), language, MOST_FOUND) if words else []


async def _lines(
    db: AsyncConnection, which: ColumnElement[bool], language: str, most: int, offset: int = 0
) -> list[DeskLine]:
    rows = await db.execute(
        select(Problem.id, Problem.number, worded_for_its_people(language).label("text"), Problem.status)
        .where(which)
        .order_by(Problem.id.desc())
        .limit(most)
        .offset(offset)
    )
    return [DeskLine(row.id, row.number, row.text, ProblemStatus(row.status)) for row in rows]
