"""Reports and the problems they become."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id


class Draft(Base):
    """A report being written: one per resident. Its id is never used again, for buttons carry it."""

    __tablename__ = "drafts"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    step: Mapped[str] = mapped_column(String(10))
    is_editing: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    text: Mapped[str | None]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    who: Mapped[str | None]
    # Free text sent outside any question, kept until its author says whether it is a problem.
    offered: Mapped[str | None]
    changed_at: Mapped[datetime]


class Problem(Base):
    __tablename__ = "problems"
    __table_args__ = (
        UniqueConstraint("municipality_id", "number"),
        Index(None, "municipality_id", "status", "village_id"),
        # The list of all, newest first: a page is read without sorting the rest.
        Index(None, "municipality_id", "status", "id"),
        Index(None, "author_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    number: Mapped[int]
    # The draft it grew from: sending the same draft twice finds the first problem instead of making another.
    draft_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    # Lower case, Kyrgyz letters folded: what search looks at.
    folded: Mapped[str]
    who: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    decline_reason: Mapped[str | None] = mapped_column(String(20))
    decline_words: Mapped[str | None]


class Attachment(Base):
    """A photo, voice note or place that belongs to a draft and then to the problem it became."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("draft_id IS NULL OR problem_id IS NULL", name="one_owner"),
        UniqueConstraint("draft_id", "source_update"),
        Index(None, "problem_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"))
    source_update: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
