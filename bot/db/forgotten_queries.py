"""What is remembered for 30 days of those who were forgotten, so that coming back multiplies nothing.

Each memory hangs on a keyed hash of a number, and says how many, not which: the rows that the person left
behind stay without any mark. So whoever supports the same problem again takes over any one of its nameless
rows, and the number of supporters is what it was.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Delivery, ForgottenAct, PlanComment, Problem, Question, ResidentRow, Supporter
from bot.db.queries import upsert_into
from bot.domain.forgotten import REMEMBERED, Remembered

_COLUMNS = ["number_hash", "act", "subject_id", "many", "at"]
_KEYS = _COLUMNS[:3]


async def save_memories(
    db: AsyncConnection, number_hash: str, resident_id: int, now: datetime, *, today: datetime, word: str
) -> None:
    """Note what a person has done who is about to be forgotten.

    `today` is the midnight since which the limits of a day count, `word` the kind of delivery of which so
    many are sent a day.
    """
    reports = (Problem.author_id == resident_id) & (Problem.created_at >= today)
    words = (Delivery.resident_id == resident_id) & (Delivery.kind == word) & (Delivery.sent_at >= today)
    asked = select(Question.hearing_id, func.count()).where(Question.author_id == resident_id)
    said = select(PlanComment.version_id, func.count()).where(PlanComment.resident_id == resident_id)
    supported = select(Supporter.problem_id, literal(1)).where(Supporter.resident_id == resident_id)
    own = select(Problem.id, literal(1)).where(Problem.author_id == resident_id)
    since_today = case((ForgottenAct.at >= today, ForgottenAct.many), else_=0)
    for act, found, adds in (
        (Remembered.REPORTS, select(literal(0), func.count()).where(reports), since_today),
        (Remembered.WORDS, select(literal(0), func.count()).where(words), since_today),
        (Remembered.QUESTIONS, asked.group_by(Question.hearing_id), func.coalesce(ForgottenAct.many, 0)),
        (Remembered.COMMENTS, said.group_by(PlanComment.version_id), func.coalesce(ForgottenAct.many, 0)),
        (Remembered.SUPPORT, supported, literal(0)),
        (Remembered.AUTHOR, own, literal(0)),
    ):
        await _save_memory(db, number_hash, act, found, adds, now)


async def _save_memory(
    db: AsyncConnection,
    number_hash: str,
    act: Remembered,
    found: Select[*tuple[Any, ...]],
    adds: ColumnElement[int],
    now: datetime,
) -> None:
    """`found` is (subject, how many); `adds` is what was remembered of them already and still counts."""
    noted, at = found.subquery(), literal(now, ForgottenAct.at.type)
    rows = select(literal(number_hash), literal(act.value), noted.c[0], noted.c[1], at).where(noted.c[1] > 0)
    statement = upsert_into(db, ForgottenAct).from_select(_COLUMNS, rows)
    newer = {"many": statement.excluded.many + adds, "at": statement.excluded.at}
    await db.execute(statement.on_conflict_do_update(index_elements=_KEYS, set_=newer))


def remembered(
    number_hash: str, act: Remembered, subject_id: int = 0, since: datetime | None = None, *, now: datetime
) -> ColumnElement[int]:
    """How many such acts of somebody who was forgotten (since then) count for whoever has their number."""
    of = _memory(number_hash, act, subject_id, now=now)
    later = [] if since is None else [ForgottenAct.at >= since]
    found = select(ForgottenAct.many).where(*of, *later).scalar_subquery()
    return func.coalesce(found, 0)


def words_remembered(resident_ids: Collection[int], since: datetime) -> Select[*tuple[Any, ...]]:
    """(resident, how many words they were sent since then), of those who were forgotten and are back."""
    return select(ForgottenAct.resident_id, ForgottenAct.many).where(
        ForgottenAct.resident_id.in_(resident_ids),
        ForgottenAct.act == Remembered.WORDS,
        ForgottenAct.at >= since,
    )


async def save_returned(db: AsyncConnection, number_hash: str, telegram_id: int, now: datetime) -> None:
    """Whoever is back is sent no more words a day than everybody."""
    person = select(ResidentRow.id).where(ResidentRow.telegram_id == telegram_id).scalar_subquery()
    await db.execute(
        update(ForgottenAct)
        .where(*_memory(number_hash, Remembered.WORDS, now=now))
        .values(resident_id=person)
    )


async def find_own(db: AsyncConnection, number_hash: str, problem_id: int, now: datetime) -> bool:
    """Whether the person with this number has reported the problem before they were forgotten."""
    found = select(ForgottenAct.at).where(*_memory(number_hash, Remembered.AUTHOR, problem_id, now=now))
    return (await db.execute(found)).scalar() is not None


async def take_support_again(
    db: AsyncConnection, number_hash: str, resident_id: int, problem_id: int, words: str | None, now: datetime
) -> bool:
    """Whether they stood behind the problem before, and so have taken over a nameless row of it.

    They may have stood behind one that was joined to it, or have reported that one.
    """
    joined = select(Problem.id).where(Problem.merged_into_id == problem_id)
    behind = or_(
        (ForgottenAct.act == Remembered.SUPPORT) & (ForgottenAct.subject_id == problem_id),
        ForgottenAct.act.in_([Remembered.SUPPORT, Remembered.AUTHOR]) & ForgottenAct.subject_id.in_(joined),
    )
    mine = (ForgottenAct.number_hash == number_hash, ForgottenAct.at > _oldest(now))
    found = await db.execute(select(ForgottenAct.act, ForgottenAct.subject_id).where(*mine, behind))
    for act, subject_id in found.all():
        known = (ForgottenAct.act == act) & (ForgottenAct.subject_id == subject_id)
        await db.execute(delete(ForgottenAct).where(*mine, known))
        if subject_id == problem_id:
            taken = await _take_over(db, problem_id, None, resident_id, words)
        else:
            # A row in each: they are parted again when the two problems are.
            taken = await _take_over(db, problem_id, subject_id, resident_id, words)
            if taken and act == Remembered.SUPPORT:
                await _take_over(db, subject_id, None, resident_id, None)
        if taken:
            return True
    return False


async def _take_over(
    db: AsyncConnection, problem_id: int, came_from_id: int | None, resident_id: int, words: str | None
) -> bool:
    """Whether there was a nameless supporter, who is this resident now."""
    nameless = select(func.min(Supporter.id)).where(
        Supporter.problem_id == problem_id,
        Supporter.resident_id.is_(None),
        Supporter.came_from_id.is_not_distinct_from(came_from_id),
    )
    done = await db.execute(
        update(Supporter)
        .where(Supporter.id == nameless.scalar_subquery())
        .values(resident_id=resident_id, words=words)
    )
    return done.rowcount > 0


async def delete_memories(db: AsyncConnection, now: datetime) -> None:
    """What was forgotten 30 days ago is no longer remembered."""
    await db.execute(delete(ForgottenAct).where(ForgottenAct.at <= now - REMEMBERED))


def _memory(
    number_hash: str, act: Remembered, subject_id: int = 0, *, now: datetime
) -> tuple[ColumnElement[bool], ...]:
    return (
        ForgottenAct.number_hash == number_hash,
        ForgottenAct.act == act,
        ForgottenAct.subject_id == subject_id,
        ForgottenAct.at > _oldest(now),
    )


def _oldest(now: datetime) -> datetime:
    return now - REMEMBERED
