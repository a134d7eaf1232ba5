"""Public hearings, from the draft of an announcement to the record."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id


class Hearing(Base):
    """A hearing, the draft of one, or (with `revises_id`) a draft of changes to one already announced."""

    __tablename__ = "hearings"
    __table_args__ = (
        Index(None, "municipality_id", "status", "starts_at"),
        Index(None, "status", "starts_at"),
        # An id is never used again, for buttons carry it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("hearings.id"), unique=True)
    status: Mapped[str] = mapped_column(String(12))
    # Which question of the announcement is asked next; only drafts have one.
    step: Mapped[str | None] = mapped_column(String(12))
    kind: Mapped[str | None] = mapped_column(String(12))
    topic_ky: Mapped[str | None]
    topic_ru: Mapped[str | None]
    agenda_ky: Mapped[str | None]
    agenda_ru: Mapped[str | None]
    starts_at: Mapped[datetime | None]
    place: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    organiser: Mapped[str | None]
    phone: Mapped[str | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    # Raised with every change that is told, so that each is told once.
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    present_women: Mapped[int | None]
    present_men: Mapped[int | None]
    minutes_file_id: Mapped[str | None]
    minutes_is_photo: Mapped[bool | None]
    minutes_name: Mapped[str | None]
    # The record was sent to those who follow the hearing; it is public from then on.
    recorded_at: Mapped[datetime | None]
    # The last change of the record after that.
    record_corrected_at: Mapped[datetime | None]


class HearingVillage(Base):
    """A village that a hearing is for; none at all when the whole municipality is invited."""

    __tablename__ = "hearing_villages"

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id", ondelete="CASCADE"), primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), primary_key=True)


class HearingDocument(Base):
    __tablename__ = "hearing_documents"
    __table_args__ = (UniqueConstraint("hearing_id", "source_update"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id", ondelete="CASCADE"))
    # The message it came with: the same update handled again adds nothing.
    source_update: Mapped[int | None] = mapped_column(BigInteger)
    file_id: Mapped[str]
    is_photo: Mapped[bool]
    name: Mapped[str]


class Attendance(Base):
    """What a resident answered to the notice of a hearing."""

    __tablename__ = "hearing_attendance"

    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(Id, ForeignKey("residents.id"), primary_key=True)
    read_at: Mapped[datetime | None]
    # None until they said whether they come.
    is_coming: Mapped[bool | None]
    changed_at: Mapped[datetime]


class Question(Base):
    """A question or a proposal for a hearing, and what was answered."""

    __tablename__ = "hearing_questions"
    __table_args__ = (
        Index(None, "hearing_id", "id"),
        Index(None, "author_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"))
    # The draft it grew from: sending the same draft twice finds the first question instead of making another.
    draft_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    # None for what was said in the hall, and for those who asked to be forgotten.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    kind: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    # The name to be read out with it; None for "a resident".
    signed: Mapped[str | None]
    created_at: Mapped[datetime]
    # The answer to a question, or the reason of the decision on a proposal.
    answer: Mapped[str | None]
    decision: Mapped[str | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # The last change of the answer after it was given.
    corrected_at: Mapped[datetime | None]
    # When everybody could read it first; None while it waits for the officers.
    shown_at: Mapped[datetime | None]
    # Shown to its author and the officers alone; the reason is one of `HideReason`, for the author.
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(12))
    # Raised whenever it is shown, hidden or put back: a button acts only upon what it was drawn for.
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class QuestionDraft(Base):
    """A question being written: one per person and hearing, kept until it is sent or given up."""

    __tablename__ = "question_drafts"
    __table_args__ = (
        UniqueConstraint("resident_id", "hearing_id", "in_hall"),
        # An id is never used again, for buttons carry it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"))
    # An officer writes down what was said at the hearing.
    in_hall: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    kind: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str | None]
    # None until its author has chosen, "" for "a resident".
    signed: Mapped[str | None]
    changed_at: Mapped[datetime]
