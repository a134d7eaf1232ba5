"""The question being written: stored at every answer, so that a restart loses nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Question, QuestionDraft
from bot.db.queries import upsert_into
from bot.domain.hearing import QuestionKind


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question being written. `signed` is None until its author has chosen, "" for "a resident"."""

    id: int
    resident_id: int
    hearing_id: int
    in_hall: bool
    kind: QuestionKind | None = None
    text: str | None = None
    signed: str | None = None

    @property
    def is_complete(self) -> bool:
        return self.kind is not None and self.text is not None and self.signed is not None


async def find_draft(db: AsyncConnection, resident_id: int, draft_id: int) -> DraftQuestion | None:
    """The resident's own draft, kept from other processes until the act is committed."""
    row = (
        await db.execute(
            select(QuestionDraft.__table__)
            .where(QuestionDraft.id == draft_id, QuestionDraft.resident_id == resident_id)
            .with_for_update()
        )
    ).first()
    return _draft(row) if row else None


async def save_new_draft(
    db: AsyncConnection, resident_id: int, hearing_id: int, *, in_hall: bool = False
) -> DraftQuestion:
    """Begin a draft; one that was begun before stays as it is."""
    owner = {"resident_id": resident_id, "hearing_id": hearing_id, "in_hall": in_hall}
    await db.execute(
        upsert_into(db, QuestionDraft).values(**owner, changed_at=datetime.now(UTC)).on_conflict_do_nothing()
    )
    row = (await db.execute(select(QuestionDraft.__table__).filter_by(**owner))).one()
    return _draft(row)


async def save_draft(db: AsyncConnection, draft_id: int, **values: object) -> None:
    await db.execute(
        update(QuestionDraft)
        .where(QuestionDraft.id == draft_id)
        .values(changed_at=datetime.now(UTC), **values)
    )


async def save_dropped(db: AsyncConnection, draft_id: int) -> None:
    await db.execute(delete(QuestionDraft).where(QuestionDraft.id == draft_id))


async def count_asked(db: AsyncConnection, resident_id: int, hearing_id: int) -> int:
    """How much this resident has asked and proposed for the hearing."""
    asked = await db.execute(
        select(func.count()).where(Question.author_id == resident_id, Question.hearing_id == hearing_id)
    )
    return int(asked.scalar_one())


async def save_question(db: AsyncConnection, draft: DraftQuestion, language: str) -> int:
    """Turn the draft into a question; what was said in the hall has no author."""
    inserted = await db.execute(
        insert(Question)
        .values(
            hearing_id=draft.hearing_id,
            draft_id=draft.id,
            author_id=None if draft.in_hall else draft.resident_id,
            kind=draft.kind,
            language=language,
            text=draft.text,
            signed=draft.signed or None,
            created_at=datetime.now(UTC),
        )
        .returning(Question.id)
    )
    await save_dropped(db, draft.id)
    return int(inserted.scalar_one())


async def find_sent(db: AsyncConnection, draft_id: int) -> int | None:
    """The question that this draft became, if it was sent before."""
    return (await db.execute(select(Question.id).where(Question.draft_id == draft_id))).scalar_one_or_none()


def _draft(row: Any) -> DraftQuestion:
    return DraftQuestion(
        id=row.id,
        resident_id=row.resident_id,
        hearing_id=row.hearing_id,
        in_hall=row.in_hall,
        kind=QuestionKind(row.kind) if row.kind else None,
        text=row.text,
        signed=row.signed,
    )
