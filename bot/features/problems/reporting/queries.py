"""The published list, and a resident's own problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, Topic as TopicRow
from bot.domain.paging import Page
from bot.domain.problem import ProblemStatus
from bot.features.problems.problem_queries import ProblemCard, find_card, worded, worded_for_its_people
from bot.features.problems.seeing_queries import is_public
from bot.features.problems.word_search_queries import holds

# Lists on a phone: more than this is another page.
PROBLEMS_A_PAGE = 6
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem as one line of a list, worded for its reader."""

    id: int
    number: int
    text: str
    status: ProblemStatus
    emoji: str
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class ProblemPage:
    lines: Sequence[ProblemLine]
    page: Page


def _lines(words: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return select(
        Problem.id,
        Problem.number,
        words.label("text"),
        Problem.status,
        Problem.erased_at,
        TopicRow.emoji,
    ).outerjoin(TopicRow, TopicRow.id == Problem.topic_id)


async def list_published(
    db: AsyncConnection, municipality_id: int, village_id: int, topic_id: int, page: int, *, language: str
) -> ProblemPage:
    """Published problems, newest first; a village or topic of 0 means any."""
    conditions = [Problem.municipality_id == municipality_id, is_public()]
    if village_id:
        conditions.append(Problem.village_id == village_id)
    if topic_id:
        conditions.append(Problem.topic_id == topic_id)
    return await _page(db, conditions, page, worded(language))


async def list_mine(db: AsyncConnection, resident_id: int, page: int, *, language: str) -> ProblemPage:
    return await _page(db, [Problem.author_id == resident_id], page, worded_for_its_people(language))


async def list_supported(
    db: AsyncConnection, supported: ColumnElement[bool], page: int, *, language: str
) -> ProblemPage:
    """What somebody stands behind, and may still be read by everybody."""
    return await _page(db, [supported, is_public()], page, worded(language))


async def _page(
    db: AsyncConnection, conditions: list[Any], wanted: int, words: ColumnElement[str]
) -> ProblemPage:
    total = (await db.execute(select(func.count()).select_from(Problem).where(*conditions))).scalar_one()
    page = Page(total, wanted, PROBLEMS_A_PAGE)
    rows = await db.execute(
        _lines(words).where(*conditions).order_by(Problem.id.desc()).limit(page.limit).offset(page.offset)
    )
    return ProblemPage([_line(row) for row in rows], page)


async def list_found(
    db: AsyncConnection, municipality_id: int, typed: str, *, language: str
) -> list[ProblemLine]:
    """Published problems that hold every typed word (or its beginning without the last letters)."""
    words = holds(typed)
    if not words:
        return []
    chosen = _lines(worded(language)).where(Problem.municipality_id == municipality_id, is_public(), *words)
    rows = await db.execute(chosen.order_by(Problem.id.desc()).limit(MOST_FOUND))
    return [_line(row) for row in rows]


def _line(row: Any) -> ProblemLine:
    return ProblemLine(
        id=row.id,
        number=row.number,
        text=row.text,
        status=ProblemStatus(row.status),
        emoji=row.emoji or "",
        is_erased=row.erased_at is not None,
    )


async def find_published(db: AsyncConnection, municipality_id: int, problem_id: int) -> ProblemCard | None:
    """A public problem; what was joined to another leads to the one that speaks for it."""
    speaker = select(Problem.merged_into_id).where(Problem.id == problem_id).scalar_subquery()
    return await find_card(
        db,
        Problem.id == func.coalesce(speaker, problem_id),
        Problem.municipality_id == municipality_id,
        is_public(),
    )


async def find_mine(db: AsyncConnection, resident_id: int, problem_id: int) -> ProblemCard | None:
    return await find_card(db, Problem.id == problem_id, Problem.author_id == resident_id)
