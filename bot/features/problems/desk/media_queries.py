"""The files and places that came with a problem, one by one."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment
from bot.domain.problem import Media, MediaKind, Purpose


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    purpose: Purpose
    media: Media


async def list_kept(db: AsyncConnection, problem_id: int) -> list[Kept]:
    rows = await db.execute(
        select(
            Attachment.id,
            Attachment.kind,
            Attachment.purpose,
            Attachment.file_id,
            Attachment.latitude,
            Attachment.longitude,
        )
        .where(Attachment.problem_id == problem_id)
        .order_by(Attachment.id)
    )
    return [
        Kept(
            row.id,
            Purpose(row.purpose),
            Media(MediaKind(row.kind), row.file_id, row.latitude, row.longitude),
        )
        for row in rows
    ]


async def delete_media(db: AsyncConnection, problem_id: int, attachment_id: int) -> MediaKind | None:
    """What it was; None when it is gone already. Nothing of it is kept, its Telegram file least of all."""
    gone = await db.execute(
        delete(Attachment)
        .where(Attachment.id == attachment_id, Attachment.problem_id == problem_id)
        .returning(Attachment.kind)
    )
    kind = gone.scalar_one_or_none()
    return MediaKind(kind) if kind else None
