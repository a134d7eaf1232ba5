"""Votes and ballots, and the gatherings that vote on paper."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id


class Round(Base):
    """One stage of a vote: its list is frozen when it opens, and once closed it never opens again.

    A deciding stage that follows a screening points at it.
    """

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
        Index("uq_rounds_screening_id", "screening_id", unique=True),
        Index(
            "ix_rounds_uncounted",
            "closed_at",
            sqlite_where=text("counted_at IS NULL"),
            postgresql_where=text("counted_at IS NULL"),
        ),
        Index(
            "ix_rounds_uncut",
            "closed_at",
            sqlite_where=text("cut_at IS NULL"),
            postgresql_where=text("cut_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    stage: Mapped[str] = mapped_column(String(10), default="deciding", server_default="deciding")
    screening_id: Mapped[int | None] = mapped_column(ForeignKey("rounds.id"))
    picks: Mapped[int]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    closes_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # Why the other problems are not on the list of this deciding stage.
    left_out_reason: Mapped[str | None]
    # Those who had not finished were reminded, once.
    reminded_at: Mapped[datetime | None]
    # From this moment on no paper is added and everybody sees the result.
    counted_at: Mapped[datetime | None]
    counted_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # What the published result was reckoned from and may change later: supporters and population.
    frozen: Mapped[dict[str, Any] | None]
    # From this moment on no ballot of this stage says whose it is; `ballot_codes` takes over what it must.
    cut_at: Mapped[datetime | None]


class RoundProblem(Base):
    __tablename__ = "round_problems"
    __table_args__ = (Index(None, "problem_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"), primary_key=True)
    # How many voters of a screening were shown it: the least shown comes first.
    exposures: Mapped[int] = mapped_column(default=0, server_default="0")
    # Chosen for the deciding stage; None until somebody draws up the shortlist of this screening.
    is_shortlisted: Mapped[bool | None]


class BallotRow(Base):
    """Who takes part in a round, for which village, and the seed of the order they see."""

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("round_id", "resident_id"),
        UniqueConstraint("round_id", "code"),
        Index(None, "resident_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # None for whoever asked to be forgotten after the vote was closed, and for all once the stage is cut.
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    # The group of the count in which it stands, once the stage is cut: village, sex and age are then those of
    # any ballot of this group, by lot.
    stratum: Mapped[int | None]
    # What the voter has said of themselves; None when they would rather not.
    sex: Mapped[str | None] = mapped_column(String(6))
    age_group: Mapped[str | None] = mapped_column(String(8))
    # 0 once the stage is cut.
    seed: Mapped[int] = mapped_column(BigInteger)
    # By it a voter finds in the published list that their ballot was counted. No file holds it beside picks.
    # None once the stage is cut.
    code: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    # When the voter pressed "Done", last; None while they are still choosing.
    finished_at: Mapped[datetime | None]


class BallotCode(Base):
    """The code of a counted ballot whose stage is cut: it hangs on a keyed hash of its voter's number.

    What the voter chose stands nowhere beside it. Of whoever was forgotten, the hash is a random one.
    """

    __tablename__ = "ballot_codes"
    __table_args__ = (UniqueConstraint("round_id", "code"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    voter_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(12))


class DisputeRow(Base):
    """Somebody doubts a published result: until that is settled its ballots are kept as they are."""

    __tablename__ = "disputes"
    __table_args__ = (
        Index(
            "uq_disputes_open",
            "round_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    reason: Mapped[str] = mapped_column(String(12))
    begun_at: Mapped[datetime]
    begun_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class Pick(Base):
    __tablename__ = "picks"

    ballot_id: Mapped[int] = mapped_column(Id, ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)


class Exposure(Base):
    """A problem that a voter of a screening was shown, and as the how-manieth."""

    __tablename__ = "exposures"

    ballot_id: Mapped[int] = mapped_column(Id, ForeignKey("ballots.id", ondelete="CASCADE"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)
    place: Mapped[int]


class GatheringRow(Base):
    """The tally of a vote on paper, as one village gathering gave it. It is never overwritten.

    A mistake is taken back by a row that points at it; neither of the two is counted.
    """

    __tablename__ = "gatherings"
    __table_args__ = (UniqueConstraint("round_id", "batch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # The number of the sheet: entering the same sheet twice changes nothing.
    batch: Mapped[str] = mapped_column(String(40))
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"))
    held_on: Mapped[date]
    place: Mapped[str]
    people: Mapped[str] = mapped_column(String(8))
    method: Mapped[str] = mapped_column(String(12))
    women: Mapped[int]
    men: Mapped[int]
    voted: Mapped[int]
    # How many of them said that they had already voted in the bot.
    already_voted: Mapped[int] = mapped_column(default=0, server_default="0")
    first_signatory: Mapped[str]
    second_signatory: Mapped[str]
    photo_file_id: Mapped[str | None]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    entered_at: Mapped[datetime]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("gatherings.id"), unique=True)
    reason: Mapped[str | None]


class GatheringVotes(Base):
    """How many at a gathering chose a problem; those that nobody chose have no row."""

    __tablename__ = "gathering_votes"

    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)
    votes: Mapped[int]


class GatheringDraft(Base):
    """A tally being entered at the desk: one per person. Its id is never used again, for buttons carry it."""

    __tablename__ = "gathering_drafts"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  # SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # What has been told so far, by the names of the columns of `gatherings`, and the votes by problem.
    told: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class TieDecision(Base):
    """The order in which a gathering put problems that the count cannot tell apart."""

    __tablename__ = "tie_decisions"
    __table_args__ = (Index(None, "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    # The numbers of the problems' rows, the foremost first.
    problem_ids: Mapped[list[int]]
    decided_by: Mapped[str]
    reason: Mapped[str]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    entered_at: Mapped[datetime]
