"""Questions to the author of a problem: asked, taken back, answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment, GrantRow, Inquiry, Problem
from bot.domain.inquiry import BEYOND_ASKING
from bot.domain.problem import Media, ProblemStatus, Purpose, Wording
from bot.domain.roles import Role


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A problem whose author is asked."""

    id: int
    number: int
    municipality_id: int
    author_id: int | None
    status: ProblemStatus
    wording: Wording

    @property
    def is_beyond_asking(self) -> bool:
        return self.status in BEYOND_ASKING


@dataclass(frozen=True, slots=True)
class OwnInquiry:
    """A question as it lies before the author of the problem."""

    id: int
    question: str
    is_answered: bool
    asked_by: int | None
    problem: AskedAbout


_PROBLEM: Select[*tuple[Any, ...]] = select(
    Problem.id,
    Problem.number,
    Problem.municipality_id,
    Problem.author_id,
    Problem.status,
    Problem.text,
    Problem.language,
    Problem.translation,
    Problem.original,
)


async def find_problem(db: AsyncConnection, problem_id: int, *, lock: bool = False) -> AskedAbout | None:
    """`lock` lets only one at a time ask about it."""
    chosen = _PROBLEM.where(Problem.id == problem_id)
    row = (await db.execute(chosen.with_for_update(of=Problem) if lock else chosen)).first()
    return _problem(row) if row else None


async def find_problem_of(db: AsyncConnection, inquiry_id: int) -> AskedAbout | None:
    row = (await db.execute(_of_inquiry(Inquiry.id == inquiry_id))).first()
    return _problem(row) if row else None


async def find_own(db: AsyncConnection, inquiry_id: int, author_id: int) -> OwnInquiry | None:
    """The question, if it was put to this very person."""
    chosen = _of_inquiry(Inquiry.id == inquiry_id, Problem.author_id == author_id).add_columns(
        Inquiry.id.label("inquiry_id"), Inquiry.question, Inquiry.answered_at, Inquiry.asked_by
    )
    row = (await db.execute(chosen)).first()
    if row is None:
        return None
    return OwnInquiry(row.inquiry_id, row.question, row.answered_at is not None, row.asked_by, _problem(row))


def _of_inquiry(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _PROBLEM.join(Inquiry, Inquiry.problem_id == Problem.id).where(*conditions)


def _problem(row: Any) -> AskedAbout:
    return AskedAbout(
        id=row.id,
        number=row.number,
        municipality_id=row.municipality_id,
        author_id=row.author_id,
        status=ProblemStatus(row.status),
        wording=Wording(row.text, row.language, row.translation, row.original),
    )


async def save_inquiry(
    db: AsyncConnection, problem_id: int, asked_by: int, question: str, update_id: int, now: datetime
) -> int:
    asked = await db.execute(
        insert(Inquiry)
        .values(
            problem_id=problem_id,
            source_update=update_id,
            asked_by=asked_by,
            asked_at=now,
            question=question,
        )
        .returning(Inquiry.id)
    )
    return int(asked.scalar_one())


async def save_taken_back(db: AsyncConnection, inquiry_id: int) -> bool:
    """Whether this call took it back; what is answered stays."""
    done = await db.execute(delete(Inquiry).where(Inquiry.id == inquiry_id, Inquiry.answered_at.is_(None)))
    return done.rowcount > 0


async def save_answer(
    db: AsyncConnection, inquiry: OwnInquiry, answer: str, media: Media | None, now: datetime
) -> bool:
    """Whether this call answered: the first answer stays."""
    done = await db.execute(
        update(Inquiry)
        .where(Inquiry.id == inquiry.id, Inquiry.answered_at.is_(None))
        .values(answer=answer, answered_at=now)
    )
    if done.rowcount and media is not None:
        await db.execute(
            insert(Attachment).values(
                problem_id=inquiry.problem.id,
                kind=media.kind,
                purpose=Purpose.ANSWER,
                file_id=media.file_id,
                latitude=media.latitude,
                longitude=media.longitude,
            )
        )
    return done.rowcount > 0


async def find_whether_facilitates(db: AsyncConnection, resident_id: int, municipality_id: int) -> bool:
    """Whether this person still has the desk where the answer belongs."""
    held = exists().where(
        GrantRow.resident_id == resident_id,
        GrantRow.municipality_id == municipality_id,
        GrantRow.role == Role.FACILITATOR,
        GrantRow.withdrawn_at.is_(None),
    )
    return bool((await db.execute(select(held))).scalar())
