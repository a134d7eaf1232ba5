"""Where a person stands: the first question still open, or the home screen."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram.types import CallbackQuery

from bot.db.queries import find_municipality, find_resident, list_municipalities, list_villages
from bot.db.session import Database
from bot.domain.places import Municipality
from bot.domain.refusals import Gone, NotSettled
from bot.domain.roles import Resident
from bot.features.residents.first_visit import queries, screens
from bot.telegram.act import Act
from bot.telegram.screen import Event, Screen, show

# The desk, the office or what the monitoring group checks: rooms that this one does not know.
ShowWorkplace = Callable[[CallbackQuery, Act, Database, Resident], Awaitable[None]]


async def go_on(event: Event, database: Database, now: datetime) -> None:
    """Show the first question that is still open, or the home screen."""
    await show(event, await next_screen(database, person(event), now))


async def arrive(
    tap: CallbackQuery, act: Act, database: Database, before: Resident, show_workplace: ShowWorkplace
) -> None:
    """Go on; whoever has become settled by this very act and holds a role lands where they work."""
    async with database.read() as db:
        after = (
            await find_resident(db, before.telegram_id) if before.grants and not before.is_settled else None
        )
    if after is not None and after.is_settled and after.grants:
        await show_workplace(tap, act, database, after)
    else:
        await go_on(tap, database, act.now)


async def next_screen(database: Database, telegram_id: int, now: datetime) -> Screen:
    async with database.read() as db:
        resident = await find_resident(db, telegram_id)
        if resident is None:
            return screens.languages()
        if resident.municipality_id is None:
            return screens.oblasts(await list_municipalities(db))
        home = await queries.find_home(db, resident, now) if resident.is_settled else None
    if home is not None:
        return screens.home(home, frozenset(grant.role for grant in resident.grants))
    return (
        await _consent(database, resident) if resident.village_id else await villages(database, resident, 0)
    )


async def _consent(database: Database, resident: Resident) -> Screen:
    async with database.read() as db:
        municipality = await find_municipality(db, resident.municipality_id or 0)
        names = {each.id: each.name for each in await list_villages(db, resident.municipality_id or 0)}
    if municipality is None or resident.village_id not in names:
        raise Gone
    return screens.consent(municipality.name, names[resident.village_id])


async def villages(database: Database, resident: Resident | None, page: int) -> Screen:
    """The villages of the resident's municipality to choose from."""
    if resident is None or resident.municipality_id is None:
        raise NotSettled
    async with database.read() as db:
        municipality = await find_municipality(db, resident.municipality_id)
        if municipality is None:
            raise Gone
        return screens.villages(municipality, await list_villages(db, municipality.id), page)


async def enter(event: Event, act: Act, database: Database, resident: Resident, chosen: Municipality) -> None:
    """Settle in the chosen municipality; whoever lives in another one is asked first."""
    if resident.is_settled and resident.municipality_id not in (None, chosen.id):
        async with database.read() as db:
            current = await find_municipality(db, resident.municipality_id or 0)
        if current is not None:
            await show(event, screens.moving(current, chosen))
            return
    async with act() as db:
        await queries.save_municipality(db, resident.id, chosen.id, act.now)
    await go_on(event, database, act.now)


def person(event: Event) -> int:
    """The Telegram number of whoever acts."""
    if event.from_user is None:
        raise NotSettled
    return event.from_user.id
