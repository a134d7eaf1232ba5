"""What facilitators asked the author of a problem, as the desk shows it: by whom stays unsaid."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment, Inquiry, JournalEntry
from bot.domain.problem import Purpose


@dataclass(frozen=True, slots=True)
class InquiryCard:
    """A question and what came back; `answer` is empty for one that was only spoken or photographed.

    An answered question without an answer: its author asked to be forgotten.
    """

    id: int
    question: str
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class Inquiries:
    """All that its author was asked about a problem, the oldest first."""

    asked: tuple[InquiryCard, ...] = ()
    # Whether something was answered with a voice message or a photo.
    has_media: bool = False

    @property
    def newest(self) -> InquiryCard | None:
        return self.asked[-1] if self.asked else None

    @property
    def open(self) -> InquiryCard | None:
        """The one that still waits for its answer; there is never more than one."""
        return self.newest if self.newest and self.newest.is_open else None


_CARD: Select[*tuple[Any, ...]] = select(
    Inquiry.id, Inquiry.question, Inquiry.asked_at, Inquiry.answer, Inquiry.answered_at
)


async def find_inquiries(db: AsyncConnection, problem_id: int) -> Inquiries:
    rows = (await db.execute(_CARD.where(Inquiry.problem_id == problem_id).order_by(Inquiry.id))).all()
    asked = tuple(InquiryCard(*row) for row in rows)
    return Inquiries(asked, bool(asked) and await _has_media(db, problem_id))


async def list_asked(db: AsyncConnection, problem_id: int) -> list[int]:
    """The numbers of all questions that were ever put to its author.

    One that was taken back is known by the journal alone, and what was told of it still holds words.
    """
    kept = (await db.execute(select(Inquiry.id).where(Inquiry.problem_id == problem_id))).scalars()
    of_asking = (JournalEntry.subject_id == problem_id) & (JournalEntry.act == "problem.asked")
    noted = (await db.execute(select(JournalEntry.details).where(of_asking))).scalars()
    return sorted({*kept, *(each["inquiry_id"] for each in noted if "inquiry_id" in each)})


async def _has_media(db: AsyncConnection, problem_id: int) -> bool:
    sent = exists().where(Attachment.problem_id == problem_id, Attachment.purpose == Purpose.ANSWER)
    return bool((await db.execute(select(sent))).scalar())
