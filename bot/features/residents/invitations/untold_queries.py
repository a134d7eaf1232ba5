"""What waits to be told to somebody for a role that they have just lost."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Chat, Delivery, GrantRow, Problem
from bot.domain.notices import Failure
from bot.domain.roles import Role, kinds_told
from bot.features.residents.invitations.holder_queries import RoleHolder


async def update_untold(db: AsyncConnection, holder: RoleHolder, now: datetime) -> None:
    """It is not sent, nor kept; call it once the role is gone. What other roles bring them stays."""
    kinds = kinds_told({holder.role}) - kinds_told(await _list_kept(db, holder))
    waiting = (await db.execute(_waiting(holder, kinds))).scalars().all()
    stopped = {"failed_at": now, "failure": Failure.STOPPED, "facts": {}}
    await db.execute(update(Delivery).where(Delivery.id.in_(waiting)).values(stopped))


async def _list_kept(db: AsyncConnection, holder: RoleHolder) -> set[Role]:
    held = select(GrantRow.role).where(
        GrantRow.resident_id == holder.resident_id,
        GrantRow.municipality_id == holder.municipality_id,
        GrantRow.withdrawn_at.is_(None),
    )
    return {Role(each) for each in (await db.execute(held)).scalars()}


def _waiting(holder: RoleHolder, kinds: Collection[str]) -> Select[int]:
    """Of their municipality: by the broadcast, the problem or the group that it is about."""
    place, facts = holder.municipality_id, Delivery.facts
    of_place = or_(*(each.municipality_id == place for each in (Broadcast, Problem, Chat)))
    return (
        select(Delivery.id)
        .outerjoin(Broadcast, Broadcast.id == Delivery.broadcast_id)
        .outerjoin(Problem, Problem.id == facts["problem_id"].as_integer())
        .outerjoin(Chat, Chat.id == facts["chat_id"].as_integer())
        .where(
            Delivery.resident_id == holder.resident_id,
            Delivery.kind.in_(kinds),
            Delivery.sent_at.is_(None),
            Delivery.failed_at.is_(None),
            of_place,
        )
    )
