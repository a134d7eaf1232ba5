"""Taking a role away: by the head at the desk or in the office, or by the operator at the command line."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.db.queries import Subject, save_journal
from bot.domain.roles import Role
from bot.features.residents.invitations import holder_queries as queries
from bot.features.residents.invitations.deliveries import WITHDRAWN
from bot.features.residents.invitations.holder_queries import RoleHolder
from bot.features.residents.invitations.untold_queries import update_untold


async def withdraw(db: AsyncConnection, holder: RoleHolder, by: int | None, now: datetime) -> bool:
    """Whether this very call took the role away; `by` is a resident, None for the operator.

    What they were doing with it ends; what they began stays for their colleagues. They are told.
    """
    if not await queries.update_withdrawn(db, holder.grant_id, now):
        return False
    if holder.role is Role.OFFICER:
        await queries.update_codes_void(db, holder, now)
    if holder.role is Role.FACILITATOR:
        await queries.update_released(db, holder)
    await queries.update_not_asked(db, holder.resident_id)
    await update_untold(db, holder, now)
    await save_journal(
        db,
        "role.withdrawn",
        by=by or "operator",
        of=Subject(holder.municipality_id, holder.grant_id),
        role=holder.role,
        number=holder.number,
    )
    await save_delivery(
        db,
        notice=f"grant:{holder.grant_id}:withdrawn",
        resident_id=holder.resident_id,
        kind=WITHDRAWN,
        facts={"role": holder.role, "ky": holder.municipality.ky, "ru": holder.municipality.ru},
    )
    return True
