"""Who may publish: asked anew at every press, in the municipality of the very draft."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import find_municipality, lock_municipality
from bot.domain.places import Municipality
from bot.domain.refusals import Gone
from bot.domain.roles import PLANNERS, Resident, allowed
from bot.features.plan.plan_queries import ItemCard, Version, find_item, find_version


async def planned_place(db: AsyncConnection, resident: Resident, municipality_id: int) -> Municipality:
    resident.require_one_of(PLANNERS, municipality_id)
    place = await find_municipality(db, municipality_id)
    if place is None:
        raise Gone
    return place


async def own_draft(
    db: AsyncConnection, resident: Resident, version_id: int, *, lock: bool = False
) -> Version:
    """A draft that this person may publish; what was adopted is a draft no more."""
    version = await own_version(db, resident, version_id, lock=lock)
    if not version.is_draft:
        raise Gone
    return version


async def own_version(
    db: AsyncConnection, resident: Resident, version_id: int, *, lock: bool = False
) -> Version:
    """With `lock`, held until the act is committed: planners change a plan one after the other."""
    version = allowed(resident, await find_version(db, version_id), *PLANNERS)
    if not lock:
        return version
    await lock_municipality(db, version.municipality_id)
    return allowed(resident, await find_version(db, version_id, lock=True), *PLANNERS)


async def own_item(db: AsyncConnection, resident: Resident, item_id: int) -> ItemCard:
    return allowed(resident, await find_item(db, item_id), *PLANNERS)
