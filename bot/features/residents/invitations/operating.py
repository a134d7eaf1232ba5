"""For the operator: who holds a role, and taking one away, without a running bot."""

from collections.abc import Sequence
from datetime import datetime

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.roles import Role
from bot.features.residents.invitations import holder_queries as queries
from bot.features.residents.invitations.holder_queries import RoleHolder
from bot.features.residents.invitations.invites import find_municipality_called
from bot.features.residents.invitations.withdrawing import withdraw

HEADER = ("number", "municipality", "role", "since", "last act", "head")


class NotHeld(Exception):
    """Nobody with this number holds the role there."""


async def list_holders(database: Database, slug: str | None, role: Role | None) -> list[RoleHolder]:
    """Raises NoSuchMunicipality."""
    async with database.read() as db:
        municipality_id = await find_municipality_called(db, slug) if slug else None
        return await queries.list_holders(db, municipality_id, role)


async def withdraw_role(database: Database, number: int, slug: str, role: Role, now: datetime) -> RoleHolder:
    """Take the role away from the person with this number; raises NotHeld or NoSuchMunicipality."""
    async with database.act() as db:
        municipality_id = await find_municipality_called(db, slug)
        holders = await queries.list_holders(db, municipality_id, role)
        holder = next((each for each in holders if each.number == number), None)
        if holder is None or not await withdraw(db, holder, None, now):
            raise NotHeld(_who_there_is(number, slug, role, holders))
    return holder


def _who_there_is(number: int, slug: str, role: Role, holders: Sequence[RoleHolder]) -> str:
    numbers = ", ".join(str(each.number) for each in holders)
    there = f"These do: {numbers}." if numbers else "Nobody does."
    return f"Number {number} does not hold the role {role} in {slug}. {there}"


def as_table(holders: Sequence[RoleHolder]) -> str:
    rows = [HEADER, *(_row(each) for each in holders)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def _row(holder: RoleHolder) -> tuple[str, ...]:
    last = _stamp(holder.last_act) if holder.last_act else "-"
    head = "head" if holder.is_head else ""
    return str(holder.number), holder.slug, holder.role, _stamp(holder.since), last, head


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(BISHKEK):%Y-%m-%d %H:%M}"
