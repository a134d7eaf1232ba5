"""Joint action plans: their versions item by item, how far each measure has come, and what was said of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base, Id

_IS_DRAFT = sql("adopted_at IS NULL")


class Plan(Base):
    """The plan of a municipality for some years. The numbers of what was taken out are not used again."""

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("municipality_id", "first_year", "last_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    first_year: Mapped[int]
    last_year: Mapped[int]
    last_measure: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]


class PlanVersion(Base):
    """A plan as it was adopted, or a draft of what may be adopted next: one draft in a municipality."""

    __tablename__ = "plan_versions"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index(
            "uq_plan_versions_draft",
            "municipality_id",
            unique=True,
            sqlite_where=_IS_DRAFT,
            postgresql_where=_IS_DRAFT,
        ),
        Index(None, "municipality_id", "adopted_at"),
        # Buttons of a draft that was dropped must not lead into another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    # 1 for the first that was adopted; None for a draft.
    number: Mapped[int | None]
    title: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    # The council's resolution, and the signed paper by Telegram's number of it.
    resolution: Mapped[str | None]
    resolved_on: Mapped[date | None]
    chair: Mapped[str | None]
    scan_file_id: Mapped[str | None]
    scan_is_photo: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    # Since when residents may read the draft and say what they think of it.
    shown_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))


class PlanProblem(Base):
    """A problem of one version, with its causes, consequences, goal and tasks."""

    __tablename__ = "plan_problems"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        Index(None, "version_id", "topic_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id", ondelete="CASCADE"))
    number: Mapped[int]
    place: Mapped[int]
    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
    title: Mapped[str]
    title_other: Mapped[str]
    description: Mapped[str]
    causes: Mapped[str]
    consequences: Mapped[str]
    goal: Mapped[str]
    tasks: Mapped[str]
    # Numbers of the reported problems it answers.
    reported: Mapped[list[int]]


class PlanProblemVillage(Base):
    """A village that a problem of the plan names; none at all when it is everywhere."""

    __tablename__ = "plan_problem_villages"
    __table_args__ = (Index(None, "village_id"),)

    plan_problem_id: Mapped[int] = mapped_column(
        Id, ForeignKey("plan_problems.id", ondelete="CASCADE"), primary_key=True
    )
    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), primary_key=True)


class PlanMeasure(Base):
    """A measure as one version words it. All amounts are in som."""

    __tablename__ = "plan_measures"
    __table_args__ = (
        UniqueConstraint("version_id", "number"),
        Index(None, "version_id", "place"),
        Index(None, "plan_problem_id"),
        Index(None, "measure_id", "version_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id", ondelete="CASCADE"))
    plan_problem_id: Mapped[int] = mapped_column(Id, ForeignKey("plan_problems.id", ondelete="CASCADE"))
    # None in a draft, for what is new there.
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"))
    number: Mapped[int]
    place: Mapped[int]
    title: Mapped[str]
    title_other: Mapped[str]
    responsible: Mapped[str]
    term: Mapped[str]
    due_on: Mapped[date | None]
    cost: Mapped[int | None] = mapped_column(Id)
    funding: Mapped[str] = mapped_column(String(12))
    funding_words: Mapped[str]
    own_part: Mapped[int | None] = mapped_column(Id)
    indicator: Mapped[str]
    # All that search looks at, in lower case, Kyrgyz letters folded.
    folded: Mapped[str]


class MeasureRow(Base):
    """A measure through all versions of its plan: how far it has come."""

    __tablename__ = "measures"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(10))
    # What was spent so far, in som, and the last time that somebody said how far it is.
    spent: Mapped[int | None] = mapped_column(Id)
    reported_at: Mapped[datetime | None]


class MeasureReport(Base):
    """What an officer said of a measure on some day. The last one of a month stands for the month."""

    __tablename__ = "measure_reports"
    __table_args__ = (Index(None, "measure_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    status: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None]
    photo_file_id: Mapped[str | None]
    spent: Mapped[int | None] = mapped_column(Id)


class MeasureCheck(Base):
    """What somebody of the monitoring group found where a measure is said to be done."""

    __tablename__ = "measure_checks"
    __table_args__ = (
        # One person's word about one report; they may change their mind.
        UniqueConstraint("report_id", "made_by"),
        Index(None, "measure_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"))
    report_id: Mapped[int] = mapped_column(ForeignKey("measure_reports.id"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    at: Mapped[datetime]
    agrees: Mapped[bool]
    note: Mapped[str | None]
    photo_file_id: Mapped[str | None]


class MeasureLink(Base):
    """A reported problem that a measure answers."""

    __tablename__ = "measure_links"
    __table_args__ = (Index(None, "problem_id"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(Id, ForeignKey("problems.id"), primary_key=True)
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    at: Mapped[datetime]


class MeasureFollower(Base):
    """Somebody who hears of every change of a measure."""

    __tablename__ = "measure_followers"
    __table_args__ = (Index(None, "resident_id"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(Id, ForeignKey("residents.id"), primary_key=True)


class PlanFollower(Base):
    """Somebody who hears of every new document of a municipality."""

    __tablename__ = "plan_followers"
    __table_args__ = (Index(None, "resident_id"),)

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(Id, ForeignKey("residents.id"), primary_key=True)


class PlanComment(Base):
    """What a resident thinks of one measure of a draft."""

    __tablename__ = "plan_comments"
    __table_args__ = (Index(None, "version_id", "number"), Index(None, "resident_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_versions.id", ondelete="CASCADE"))
    # The measure's; a draft that is sent anew keeps what was said of it.
    number: Mapped[int]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class PlanDocument(Base):
    """A paper of a municipality by Telegram's number of it; those that were replaced stay."""

    __tablename__ = "plan_documents"
    __table_args__ = (Index(None, "municipality_id", "replaced_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str]
    file_id: Mapped[str]
    is_photo: Mapped[bool]
    at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    replaced_at: Mapped[datetime | None]


class CalendarEntry(Base):
    """When a municipality does a step of the year, where it differs from the usual; days as MMDD."""

    __tablename__ = "calendar_entries"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(20), primary_key=True)
    first_day: Mapped[int]
    last_day: Mapped[int]
