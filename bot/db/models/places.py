"""Where people live, and what a municipality decides on."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint, text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.models.base import Base


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
    # How many days before a hearing it should be announced: a habit, not a law, so it only warns.
    notice_days: Mapped[int] = mapped_column(default=10, server_default="10")
    # Hours before a hearing at which its residents are reminded; 0 for no such reminder.
    first_reminder_hours: Mapped[int] = mapped_column(default=24, server_default="24")
    second_reminder_hours: Mapped[int] = mapped_column(default=2, server_default="2")
    # Whether everybody reads what is sent to a hearing at once; otherwise an officer lets it through first.
    questions_at_once: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
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


class Population(Base):
    """How many people of a sex and an age group live in a village, of those old enough to vote."""

    __tablename__ = "population"

    village_id: Mapped[int] = mapped_column(ForeignKey("villages.id"), primary_key=True)
    sex: Mapped[str] = mapped_column(String(6), primary_key=True)
    age_group: Mapped[str] = mapped_column(String(8), primary_key=True)
    people: Mapped[int]


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
