"""Making a one-time link. Its code is random, shown once, and stored as a hash."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import Subject, find_municipality_id, save_journal
from bot.db.session import Database
from bot.domain.codes import hash_of, new_code
from bot.domain.roles import Grant, Role
from bot.features.residents.invitations.queries import save_invite

LINK = "r_"


class NoSuchMunicipality(Exception):
    """No municipality has this slug."""


async def find_municipality_called(db: AsyncConnection, slug: str) -> int:
    municipality_id = await find_municipality_id(db, slug)
    if municipality_id is None:
        raise NoSuchMunicipality(slug)
    return municipality_id


async def make_invite(
    database: Database, role: Role, slug: str, hours: int, now: datetime, *, is_head: bool = False
) -> str:
    """Store an invitation that can be accepted once within `hours`; return the payload of its link."""
    code = new_code()
    async with database.act() as db:
        municipality_id = await find_municipality_called(db, slug)
        grant, until = Grant(role, municipality_id), now + timedelta(hours=hours)
        invite_id = await save_invite(db, hash_of(code), grant, now, until, is_head=is_head)
        await save_journal(
            db,
            "invite.made",
            by=None,
            of=Subject(municipality_id, invite_id),
            role=role,
            **({"head": True} if is_head else {}),
        )
    return LINK + code
