"""The journal, with what may be told of who acted: a role and a number, never a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Base,
    GrantRow,
    JournalEntry,
    Municipality as MunicipalityRow,
    Problem,
    Topic,
    Village,
)
from bot.domain.paging import Page
from bot.domain.places import Name
from bot.domain.roles import Role

ENTRIES_A_PAGE = 5
# The acts whose subject is a problem begin so.
OF_PROBLEMS = "problem."
_CHANGE = {"before", "after"}
_NAMED: dict[str, type[Base]] = {"problem.topic": Topic, "problem.village": Village}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted. A role is numbered by its first grant: the same person has the same number for ever.

    None of it for whoever was forgotten, nor for what the program or its operator does.
    """

    resident_id: int | None = None
    role: Role | None = None
    number: int | None = None
    is_author: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. `problem` is the number that people know, within its municipality."""

    id: int
    at: datetime
    act: str
    actor: Actor
    municipality_id: int | None
    municipality: str | None
    problem_id: int | None
    problem: int | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EntryPage:
    entries: Sequence[Entry]
    page: Page


def _of_a_problem() -> ColumnElement[bool]:
    return JournalEntry.act.startswith(OF_PROBLEMS)


def _entries() -> Select[Any]:
    first = select(func.min(GrantRow.id)).where(
        GrantRow.resident_id == JournalEntry.actor_id,
        GrantRow.municipality_id == JournalEntry.municipality_id,
    )
    subject = case((_of_a_problem(), JournalEntry.subject_id))
    return (
        select(
            JournalEntry.__table__,
            MunicipalityRow.slug,
            GrantRow.id.label("grant_id"),
            GrantRow.role,
            Problem.id.label("problem_id"),
            Problem.number,
            Problem.author_id,
        )
        .outerjoin(MunicipalityRow, MunicipalityRow.id == JournalEntry.municipality_id)
        .outerjoin(Problem, Problem.id == subject)
        .outerjoin(GrantRow, GrantRow.id == first.correlate(JournalEntry).scalar_subquery())
    )


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        act=row.act,
        actor=Actor(
            resident_id=row.actor_id,
            role=Role(row.role) if row.role else None,
            number=row.grant_id,
            is_author=row.actor_id is not None and row.actor_id == row.author_id,
        ),
        municipality_id=row.municipality_id,
        municipality=row.slug,
        problem_id=row.problem_id,
        problem=row.number,
        details=row.details,
    )


async def _named(db: AsyncConnection, entries: list[Entry]) -> list[Entry]:
    """Topics and villages stand in the journal by their numbers, and are read by their names."""
    tables: dict[str, type[Base]] = {each.act: _NAMED[each.act] for each in entries if each.act in _NAMED}
    names = {act: await _names(db, table) for act, table in tables.items()}
    return [_with_names(each, names[each.act]) if each.act in names else each for each in entries]


async def _names(db: AsyncConnection, table: type[Base]) -> dict[int, Name]:
    columns = Base.metadata.tables[table.__tablename__].columns
    kind = "short" if "short_ky" in columns else "name"
    rows = await db.execute(select(columns["id"], columns[f"{kind}_ky"], columns[f"{kind}_ru"]))
    return {row[0]: Name(row[1], row[2]) for row in rows}


def _with_names(entry: Entry, names: Mapping[int, Name]) -> Entry:
    details = {
        key: names.get(value, value) if key in _CHANGE and isinstance(value, int) else value
        for key, value in entry.details.items()
    }
    return replace(entry, details=details)


async def find_place(db: AsyncConnection, problem_id: int) -> tuple[int, int] | None:
    """The municipality of a problem, and its number there."""
    row = (
        await db.execute(select(Problem.municipality_id, Problem.number).where(Problem.id == problem_id))
    ).first()
    return (row.municipality_id, row.number) if row else None


async def list_of_problem(db: AsyncConnection, problem_id: int, page: int) -> EntryPage:
    return await _page(db, _of_a_problem() & (JournalEntry.subject_id == problem_id), page)


async def list_of_municipality(db: AsyncConnection, municipality_id: int, page: int) -> EntryPage:
    return await _page(db, JournalEntry.municipality_id == municipality_id, page)


async def _page(db: AsyncConnection, condition: ColumnElement[bool], wanted: int) -> EntryPage:
    """The newest first."""
    counted = select(func.count()).select_from(JournalEntry).where(condition)
    page = Page((await db.execute(counted)).scalar_one(), wanted, ENTRIES_A_PAGE)
    rows = await db.execute(
        _entries().where(condition).order_by(JournalEntry.id.desc()).limit(page.limit).offset(page.offset)
    )
    return EntryPage(await _named(db, [_entry(row) for row in rows]), page)


async def find_entry(db: AsyncConnection, entry_id: int) -> Entry | None:
    row = (await db.execute(_entries().where(JournalEntry.id == entry_id))).first()
    return (await _named(db, [_entry(row)]))[0] if row else None


async def list_entries(
    db: AsyncConnection,
    municipality_id: int | None = None,
    problem: int | None = None,
    since: datetime | None = None,
) -> list[Entry]:
    """For the operator: all there is, the oldest first."""
    chosen = _entries().order_by(JournalEntry.id)
    if municipality_id is not None:
        chosen = chosen.where(JournalEntry.municipality_id == municipality_id)
    if problem is not None:
        chosen = chosen.where(Problem.number == problem)
    if since is not None:
        chosen = chosen.where(JournalEntry.at >= since)
    return await _named(db, [_entry(row) for row in await db.execute(chosen)])
