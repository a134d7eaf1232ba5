"""Who says "mine too", and what they support."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.forgotten_queries import find_own, take_support_again
from bot.db.models import Problem, Supporter
from bot.db.queries import upsert_into
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import Gone, OwnProblem
from bot.domain.roles import Resident
from bot.features.problems.likeness_queries import FINDABLE
from bot.features.problems.problem_queries import ProblemCard, find_card


async def find_to_support(
    db: AsyncConnection, municipality_id: int, problem_id: int, *, lock: bool = False
) -> ProblemCard | None:
    """A problem one may say "mine too" to; of a joined one, the problem that speaks for it."""
    speaker = select(Problem.merged_into_id).where(Problem.id == problem_id).scalar_subquery()
    wanted = Problem.id == func.coalesce(speaker, problem_id)
    if lock:
        await db.execute(select(Problem.id).where(wanted).with_for_update())
    return await find_card(
        db, wanted, Problem.municipality_id == municipality_id, Problem.status.in_(FINDABLE)
    )


async def find_support(db: AsyncConnection, resident_id: int, problem_id: int) -> bool | None:
    """Whether they support it; None for their own problem, which nobody supports."""
    row = (await db.execute(select(Problem.author_id).where(Problem.id == problem_id))).first()
    if row is None or row.author_id == resident_id:
        return None
    own = (Supporter.problem_id == problem_id) & (Supporter.resident_id == resident_id)
    return (await db.execute(select(Supporter.id).where(own))).first() is not None


async def save_support(
    db: AsyncConnection, resident: Resident, problem_id: int, words: str | None = None, *, now: datetime
) -> None:
    """Stand behind a problem, once; refuses their own. `words` is what they had written themselves.

    Whoever was forgotten and is back stands where they stood before, and is not counted twice.
    """
    support = await find_support(db, resident.id, problem_id)
    if support is None or await find_own(db, resident.number_hash, problem_id, now):
        raise OwnProblem
    if support or await take_support_again(db, resident.number_hash, resident.id, problem_id, words, now):
        return
    statement = upsert_into(db, Supporter).values(
        problem_id=problem_id, resident_id=resident.id, words=words, since=now
    )
    await db.execute(statement.on_conflict_do_nothing())


async def save_no_support(db: AsyncConnection, resident_id: int, problem_id: int) -> None:
    await db.execute(
        delete(Supporter).where(Supporter.problem_id == problem_id, Supporter.resident_id == resident_id)
    )


def supported_by(resident_id: int) -> ColumnElement[bool]:
    """The problems that somebody stands behind without having reported them."""
    return Problem.id.in_(select(Supporter.problem_id).where(Supporter.resident_id == resident_id))


async def count_waiting(db: AsyncConnection, resident_id: int) -> int:
    """How many reports they stand behind that wait for the facilitator; nobody else reads them yet."""
    waits = Problem.status == ProblemStatus.SUBMITTED
    counted = select(func.count()).select_from(Problem).where(supported_by(resident_id), waits)
    return (await db.execute(counted)).scalar_one()


def or_gone(found: ProblemCard | None) -> ProblemCard:
    if found is None:
        raise Gone
    return found
