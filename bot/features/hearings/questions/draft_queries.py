"""The question being written: stored at every answer, so that a restart loses nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.forgotten_queries import remembered
from bot.db.models import Hearing, Municipality as MunicipalityRow, Question, QuestionDraft
from bot.db.queries import upsert_into
from bot.domain.asker_name import NameDoubt, NameUse, name_doubt
from bot.domain.forgotten import Remembered
from bot.domain.hearing import QuestionKind
from bot.domain.roles import Resident


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question being written. `signed` is None until its author has chosen, "" for "a resident".

    `at_once`: everybody will read it as soon as it is sent. `has_begun`: the hearing has, so nothing is
    read out there any more.
    """

    id: int
    resident_id: int
    hearing_id: int
    in_hall: bool
    kind: QuestionKind | None = None
    text: str | None = None
    signed: str | None = None
    at_once: bool = False
    has_begun: bool = False

    @property
    def doubt(self) -> NameDoubt | None:
        """Why the name cannot be sent: words written after it may repeat it."""
        return name_doubt(self.signed, self.text or "") if self.signed else None

    @property
    def name_use(self) -> NameUse:
        if self.in_hall:
            return NameUse.SAID
        return NameUse.SHOWN if self.has_begun else NameUse.READ_OUT

    @property
    def is_complete(self) -> bool:
        parts = (self.kind, self.text, self.signed)
        return all(part is not None for part in parts) and self.doubt is None


async def find_draft(
    db: AsyncConnection, resident_id: int, draft_id: int, now: datetime
) -> DraftQuestion | None:
    """The resident's own draft, kept from other processes until the act is committed."""
    own = _DRAFTS.where(QuestionDraft.id == draft_id, QuestionDraft.resident_id == resident_id)
    row = (await db.execute(own.with_for_update(of=QuestionDraft))).first()
    return _draft(row, now) if row else None


async def save_new_draft(
    db: AsyncConnection, resident_id: int, hearing_id: int, now: datetime, *, in_hall: bool = False
) -> DraftQuestion:
    """Begin a draft; one that was begun before stays as it is."""
    owner = {"resident_id": resident_id, "hearing_id": hearing_id, "in_hall": in_hall}
    await db.execute(upsert_into(db, QuestionDraft).values(**owner, changed_at=now).on_conflict_do_nothing())
    same = [getattr(QuestionDraft, name) == value for name, value in owner.items()]
    return _draft((await db.execute(_DRAFTS.where(*same))).one(), now)


async def save_draft(db: AsyncConnection, draft_id: int, now: datetime, **values: object) -> None:
    await db.execute(
        update(QuestionDraft).where(QuestionDraft.id == draft_id).values(changed_at=now, **values)
    )


async def save_dropped(db: AsyncConnection, draft_id: int) -> None:
    await db.execute(delete(QuestionDraft).where(QuestionDraft.id == draft_id))


async def count_asked(db: AsyncConnection, resident: Resident, hearing_id: int, now: datetime) -> int:
    """How much this resident has asked and proposed for the hearing, also before they were forgotten."""
    own = select(func.count()).where(Question.author_id == resident.id, Question.hearing_id == hearing_id)
    earlier = remembered(resident.number_hash, Remembered.QUESTIONS, hearing_id, now=now)
    return int((await db.execute(select(own.scalar_subquery() + earlier))).scalar_one())


async def save_question(db: AsyncConnection, draft: DraftQuestion, language: str, now: datetime) -> int:
    """Turn the draft into a question; what was said in the hall has no author, and everybody has heard it."""
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
            created_at=now,
            shown_at=now if draft.in_hall or draft.at_once else None,
        )
        .returning(Question.id)
    )
    await save_dropped(db, draft.id)
    return int(inserted.scalar_one())


async def find_sent(db: AsyncConnection, draft_id: int) -> int | None:
    """The question that this draft became, if it was sent before."""
    return (await db.execute(select(Question.id).where(Question.draft_id == draft_id))).scalar_one_or_none()


_DRAFTS = (
    select(QuestionDraft.__table__, Hearing.starts_at, MunicipalityRow.questions_at_once)
    .join(Hearing, Hearing.id == QuestionDraft.hearing_id)
    .join(MunicipalityRow, MunicipalityRow.id == Hearing.municipality_id)
)


def _draft(row: Any, now: datetime) -> DraftQuestion:
    return DraftQuestion(
        id=row.id,
        resident_id=row.resident_id,
        hearing_id=row.hearing_id,
        in_hall=row.in_hall,
        kind=QuestionKind(row.kind) if row.kind else None,
        text=row.text,
        signed=row.signed,
        at_once=row.questions_at_once,
        has_begun=row.starts_at is not None and row.starts_at <= now,
    )
