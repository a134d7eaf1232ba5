"""Every table. Alembic compares the migrations with this metadata; a test fails when they differ."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """An instant, always in UTC: SQLite forgets the zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


# Telegram's numbers pass 2**31; SQLite only numbers rows by itself in an INTEGER column.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, str: Text}  # noqa: RUF012  # SQLAlchemy reads it


class Municipality(Base):
    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    register_code: Mapped[str | None] = mapped_column(String(20))
    name_ky: Mapped[str]
    name_ru: Mapped[str]
    district_ky: Mapped[str]
    district_ru: Mapped[str]
    oblast_ky: Mapped[str]
    oblast_ru: Mapped[str]
    note: Mapped[str] = mapped_column(default="", server_default="")
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    # Problems are numbered within their municipality; counting up here keeps a number from being given twice.
    last_problem_number: Mapped[int] = mapped_column(default=0, server_default="0")


class Village(Base):
    __tablename__ = "villages"
    __table_args__ = (UniqueConstraint("municipality_id", "name_ky"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    register_code: Mapped[str | None] = mapped_column(String(20))
    name_ky: Mapped[str]
    name_ru: Mapped[str]
    population: Mapped[int | None]


class Topic(Base):
    """An issue of local importance; `id` is its number, `place` its turn in the list shown to residents."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int]
    short_ky: Mapped[str]
    short_ru: Mapped[str]
    name_ky: Mapped[str]
    name_ru: Mapped[str]
    emoji: Mapped[str] = mapped_column(String(8))
    within_lsg_competence: Mapped[bool]


class ResidentRow(Base):
    __tablename__ = "residents"
    __table_args__ = (Index(None, "municipality_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    language: Mapped[str] = mapped_column(String(2))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    agreed_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    # Which typed answer is awaited, and about what; consulted for typed messages alone.
    awaiting: Mapped[str | None] = mapped_column(String(40))
    awaiting_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class SeenUpdate(Base):
    """Messages acted upon. Buttons carry the wanted state; what was typed does not, so it is remembered."""

    __tablename__ = "seen_updates"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)


class GrantRow(Base):
    __tablename__ = "grants"
    __table_args__ = (
        Index(
            "uq_grants_held",
            "resident_id",
            "municipality_id",
            "role",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Invite(Base):
    """A one-time link to a role. Only the hash of its code is stored."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class JournalEntry(Base):
    """Who did what to what, and when. Holds numbers only, no names and no texts of people."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "municipality_id", "at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    act: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")


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


class Round(Base):
    """A vote of one municipality, over a list that is frozen when it opens."""

    __tablename__ = "rounds"
    __table_args__ = (
        Index(
            "uq_rounds_open",
            "municipality_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(None, "municipality_id", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    picks: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    closes_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class RoundProblem(Base):
    __tablename__ = "round_problems"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"), primary_key=True)


class BallotRow(Base):
    """Who takes part in a round, for which village, and the seed of the order they see."""

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("round_id", "resident_id"),
        Index(None, "resident_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    seed: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Pick(Base):
    __tablename__ = "picks"

    ballot_id: Mapped[int] = mapped_column(Id, ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)


class Delivery(Base):
    """Something one person must hear, written in the same transaction as its cause and sent afterwards."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("notice", "resident_id"),
        Index(
            "ix_deliveries_waiting",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    # What is told, for example "problem:12:published"; nobody hears the same notice twice.
    notice: Mapped[str] = mapped_column(String(80))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(60))
