"""What voters say of themselves, kept with the person and with their ballots in votes that are open."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, ResidentRow, Round
from bot.domain.voter import AgeGroup, Sex


async def save_sex(db: AsyncConnection, resident_id: int, sex: Sex | None) -> None:
    await db.execute(update(ResidentRow).where(ResidentRow.id == resident_id).values(sex=sex))
    await _save_on_open_ballots(db, resident_id, {"sex": sex})


async def save_age_group(
    db: AsyncConnection, resident_id: int, age_group: AgeGroup | None, now: datetime
) -> None:
    """The last of the questions: from now on they count as asked."""
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id)
        .values(age_group=age_group, asked_of_self_at=now)
    )
    await _save_on_open_ballots(db, resident_id, {"age_group": age_group})


async def _save_on_open_ballots(db: AsyncConnection, resident_id: int, values: dict[str, str | None]) -> None:
    """A closed vote stays as it was counted; its rounds are held as by a tap, so that closing waits."""
    still_open = await db.execute(
        select(BallotRow.id)
        .join(Round, Round.id == BallotRow.round_id)
        .where(BallotRow.resident_id == resident_id, Round.closed_at.is_(None))
        .with_for_update(read=True, of=Round)
    )
    await db.execute(update(BallotRow).where(BallotRow.id.in_(still_open.scalars().all())).values(**values))
