"""Muting the author of a problem for a time. Nothing here tells who they are."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import GrantRow, SilenceRow
from bot.db.queries import upsert_into
from bot.domain.silence import SilenceReason


async def find_whether_staff(db: AsyncConnection, resident_id: int, municipality_id: int) -> bool:
    """Whether they hold any role there now."""
    held = exists().where(
        GrantRow.resident_id == resident_id,
        GrantRow.municipality_id == municipality_id,
        GrantRow.withdrawn_at.is_(None),
    )
    return bool((await db.execute(select(held))).scalar())


async def save_silence(
    db: AsyncConnection,
    now: datetime,
    *,
    problem_id: int,
    municipality_id: int,
    author_id: int,
    why: SilenceReason,
    length: timedelta,
    by: int,
) -> datetime:
    """From now on; returns until when. What the same problem brought them before is over."""
    values = {
        "municipality_id": municipality_id,
        "resident_id": author_id,
        "key": None,
        "why": why,
        "since": now,
        "until": now + length,
        "made_by": by,
        "lifted_at": None,
    }
    statement = upsert_into(db, SilenceRow).values(problem_id=problem_id, **values)
    await db.execute(statement.on_conflict_do_update(index_elements=[SilenceRow.problem_id], set_=values))
    return now + length


async def save_lifted(db: AsyncConnection, problem_id: int, now: datetime) -> int | None:
    """The resident who may write again; None when nothing held any more, or nobody knows them."""
    lifted = await db.execute(
        update(SilenceRow)
        .where(SilenceRow.problem_id == problem_id, SilenceRow.lifted_at.is_(None), SilenceRow.until > now)
        .values(lifted_at=now)
        .returning(SilenceRow.resident_id)
    )
    return lifted.scalar_one_or_none()
