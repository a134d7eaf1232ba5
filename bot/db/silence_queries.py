"""Who may write nothing in a municipality for a time. They still read, vote and hear what is told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import SilenceRow
from bot.domain.refusals import MayNotWrite
from bot.domain.silence import SilenceReason


@dataclass(frozen=True, slots=True)
class Silence:
    until: datetime
    why: SilenceReason


async def find_silence(
    db: AsyncConnection, resident_id: int, municipality_id: int, now: datetime
) -> Silence | None:
    """Whether this resident is muted in this municipality: the longest there is, if any holds now."""
    row = (
        await db.execute(
            select(SilenceRow.until, SilenceRow.why)
            .where(
                SilenceRow.resident_id == resident_id,
                SilenceRow.municipality_id == municipality_id,
                SilenceRow.lifted_at.is_(None),
                SilenceRow.until > now,
            )
            .order_by(SilenceRow.until.desc())
            .limit(1)
        )
    ).first()
    return Silence(row.until, SilenceReason(row.why)) if row else None


async def require_may_write(
    db: AsyncConnection, resident_id: int, municipality_id: int | None, now: datetime
) -> None:
    """Refuse whoever is muted there. Ask it wherever words of a resident reach other people."""
    silence = await find_silence(db, resident_id, municipality_id or 0, now)
    if silence is not None:
        raise MayNotWrite(silence.until)


async def save_silences_kept(db: AsyncConnection, resident_id: int, key: str) -> None:
    """Whoever asks to be forgotten leaves their silences behind under a keyed hash of their number.

    Call it before the resident goes.
    """
    await db.execute(
        update(SilenceRow).where(SilenceRow.resident_id == resident_id).values(resident_id=None, key=key)
    )


async def delete_keys_of_silences(db: AsyncConnection, now: datetime) -> None:
    """Once it is over, nobody who comes back has to be known by it."""
    is_over = SilenceRow.key.is_not(None) & ((SilenceRow.until <= now) | SilenceRow.lifted_at.is_not(None))
    await db.execute(update(SilenceRow).where(is_over).values(key=None))


async def save_silences_taken_up(db: AsyncConnection, resident_id: int, key: str) -> None:
    """Whoever comes back is muted for as long as they were to be."""
    await db.execute(
        update(SilenceRow).where(SilenceRow.key == key).values(resident_id=resident_id, key=None)
    )
