"""Votes and ballots."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id


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
    __table_args__ = (Index(None, "problem_id"),)

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
    # None for whoever asked to be forgotten after the vote was closed.
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    seed: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class Pick(Base):
    __tablename__ = "picks"

    ballot_id: Mapped[int] = mapped_column(Id, ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)
