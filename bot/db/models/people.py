"""Residents, the roles they hold, and who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id


class ResidentRow(Base):
    __tablename__ = "residents"
    __table_args__ = (Index(None, "municipality_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    language: Mapped[str] = mapped_column(String(2))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    agreed_at: Mapped[datetime | None]
    # What they say of themselves, so that the vote can be weighed; asked once, and either may stay untold.
    sex: Mapped[str | None] = mapped_column(String(6))
    age_group: Mapped[str | None] = mapped_column(String(8))
    asked_of_self_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    # Which typed answer is awaited, and about what; consulted for typed messages alone.
    awaiting: Mapped[str | None] = mapped_column(String(40))
    awaiting_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class ForgottenAct(Base):
    """What somebody who was forgotten had done, so that whoever comes back does not do it twice.

    It hangs on a keyed hash of their number, says nothing of which row was theirs, and goes after 30 days.
    """

    __tablename__ = "forgotten_acts"
    __table_args__ = (Index(None, "at"), Index(None, "resident_id"))

    number_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    act: Mapped[str] = mapped_column(String(10), primary_key=True)
    # The problem or the hearing; 0 for what is about none.
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    many: Mapped[int]
    # When they were forgotten, not when they did it: that would say which row was theirs.
    at: Mapped[datetime]
    # Who came back; only of the words they were sent, which are counted for many people at once.
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class GrantRow(Base):
    """A role held in a municipality. Its id is never used again: buttons carry it."""

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
        # Also those taken away: a person keeps the number of their first grant.
        Index(None, "resident_id", "municipality_id"),
        Index(None, "municipality_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]
    # Chosen by the operator: may take roles away from others in this municipality.
    is_head: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    # What a facilitator has narrowed their queue of reports to.
    queue_village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    queue_topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))
    withdrawn_at: Mapped[datetime | None]


class Invite(Base):
    """A one-time link to a role. Only the hash of its code is stored."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    role: Mapped[str] = mapped_column(String(20))
    is_head: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class JournalEntry(Base):
    """Who did what to what, and when, with what it was before and after.

    Holds no names. Wordings of problems stand in it; what else a person has said does not.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "municipality_id", "at"),
        Index(None, "subject_id", "act"),
        Index(None, "actor_id", "municipality_id", "at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    act: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
