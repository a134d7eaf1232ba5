"""Reports and the problems they become."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id

# Declined, and its text still here.
_TO_ERASE = sql("status = 'declined' AND erased_at IS NULL")


def _now() -> datetime:
    return datetime.now(UTC)


class Draft(Base):
    """A report being written: one per resident. Its id is never used again, for buttons carry it."""

    __tablename__ = "drafts"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    step: Mapped[str] = mapped_column(String(10))
    is_editing: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    text: Mapped[str | None]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    who: Mapped[str | None]
    # Free text sent outside any question, kept until its author says whether it is a problem.
    offered: Mapped[str | None]
    # Its author knows that personal data stand in it, and wants them to. Any other text is asked about again.
    keeps_personal: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    changed_at: Mapped[datetime]


class Problem(Base):
    __tablename__ = "problems"
    __table_args__ = (
        UniqueConstraint("municipality_id", "number"),
        Index(None, "municipality_id", "status", "village_id"),
        # The list of all, newest first: a page is read without sorting the rest.
        Index(None, "municipality_id", "status", "id"),
        Index(None, "municipality_id", "status", "topic_id"),
        Index(None, "author_id", "created_at"),
        Index(None, "merged_into_id"),
        Index(None, "municipality_id", "changed_at"),
        Index(
            "ix_problems_held",
            "held_by",
            sqlite_where=sql("held_by IS NOT NULL"),
            postgresql_where=sql("held_by IS NOT NULL"),
        ),
        Index("ix_problems_to_erase", "decided_at", sqlite_where=_TO_ERASE, postgresql_where=_TO_ERASE),
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
    # The wording shown, in `language`; empty for a voice note or photo that nobody has put into words yet.
    text: Mapped[str]
    # The author's own words, from the moment that a facilitator words them anew.
    original: Mapped[str | None]
    original_language: Mapped[str | None] = mapped_column(String(2))
    # The same in the other language, made by a person.
    translation: Mapped[str | None]
    translated_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # Both wordings in lower case, Kyrgyz letters folded: what search looks at.
    folded: Mapped[str]
    who: Mapped[str | None]
    # The facilitator's record for planning, kept apart from the wording.
    causes: Mapped[str | None]
    consequences: Mapped[str | None]
    # What the facilitator says of it; None while it is as the topic says.
    is_outside_competence: Mapped[bool | None]
    status: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    decline_reason: Mapped[str | None] = mapped_column(String(20))
    decline_words: Mapped[str | None]
    # The problem that speaks for this one since they were merged, and what this one was before.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"))
    status_before: Mapped[str | None] = mapped_column(String(12))
    # When the text of a declined problem was erased; its number, village, date and reason stay.
    erased_at: Mapped[datetime | None]
    # While it is hidden: what it was before, who hid it, when and why. All of it is empty otherwise.
    hidden_from: Mapped[str | None] = mapped_column(String(12))
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(20))
    hidden_words: Mapped[str | None]
    # What became of it, in somebody's words: why it is not in the plan, how it was solved.
    outcome_words: Mapped[str | None]
    # Its author says that it is really solved.
    is_confirmed: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    # Raised with every step that is told, so that each is told once.
    step: Mapped[int] = mapped_column(default=0, server_default="0")
    # The facilitator who has it before them, and until when nobody else should begin with it.
    held_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    held_until: Mapped[datetime | None]
    # Set by every INSERT and UPDATE itself: what has changed since is read anew to compare problems with.
    changed_at: Mapped[datetime | None] = mapped_column(default=_now, onupdate=_now)


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
    # "report", "unsolved" for a photo that shows that a problem is not solved, or "answer" to a facilitator.
    purpose: Mapped[str] = mapped_column(String(10), default="report", server_default="report")
    # Whether residents are shown it with a published problem; a voice only if its author agreed.
    is_public: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    file_id: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Supporter(Base):
    """Somebody who said "mine too", or whose own report was merged into this problem."""

    __tablename__ = "supporters"
    __table_args__ = (
        UniqueConstraint("problem_id", "resident_id"),
        Index(None, "resident_id"),
        Index(None, "came_from_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    # None for whoever asked to be forgotten: they still count.
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # The merged problem they came with, and leave with when it is split off again.
    came_from_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"))
    # What they had begun to write themselves before they found this problem; for the facilitator.
    words: Mapped[str | None]
    since: Mapped[datetime]


class ProblemNote(Base):
    """A dated correction beside a wording that is frozen because a vote has shown it."""

    __tablename__ = "problem_notes"
    __table_args__ = (Index(None, "problem_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    at: Mapped[datetime]
    text: Mapped[str]


class Inquiry(Base):
    """A facilitator's question to the author of a problem, relayed: neither learns who the other is.

    It may be taken back; its id is never used again, for buttons carry it.
    """

    __tablename__ = "inquiries"
    __table_args__ = (Index(None, "problem_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    source_update: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    asked_at: Mapped[datetime]
    question: Mapped[str]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class MarkedReport(Base):
    """A waiting report that a facilitator has marked, to decline it together with others."""

    __tablename__ = "marked_reports"
    __table_args__ = (Index(None, "problem_id"),)

    resident_id: Mapped[int] = mapped_column(Id, ForeignKey("residents.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(
        Id, ForeignKey("problems.id", ondelete="CASCADE"), primary_key=True
    )


class SilenceRow(Base):
    """The author of a problem may write nothing in its municipality for a time; one at most for a problem.

    So a card tells nothing of the other problems of the same person. It outlives a request to be forgotten:
    then it names nobody, and `key` finds whoever comes back.
    """

    __tablename__ = "silences"
    __table_args__ = (Index(None, "resident_id"), Index(None, "key"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int | None] = mapped_column(
        ForeignKey("problems.id", ondelete="SET NULL"), unique=True
    )
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    key: Mapped[str | None] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]
    until: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    lifted_at: Mapped[datetime | None]
