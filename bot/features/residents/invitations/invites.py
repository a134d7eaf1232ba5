"""Making a one-time link. Its code is random, shown once, and stored as a hash."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Invite, Municipality
from bot.db.queries import save_journal
from bot.db.session import Database
from bot.domain.codes import hash_of, new_code
from bot.domain.roles import Role

LINK = "r_"


class NoSuchMunicipality(Exception):
    """No municipality has this slug."""


async def find_municipality_called(db: AsyncConnection, slug: str) -> int:
    found = await db.execute(select(Municipality.id).where(Municipality.slug == slug))
    municipality_id = found.scalar_one_or_none()
    if municipality_id is None:
        raise NoSuchMunicipality(slug)
    return municipality_id


async def make_invite(database: Database, role: Role, slug: str, hours: int, *, is_head: bool = False) -> str:
    """Store an invitation that can be accepted once within `hours`; return the payload of its link."""
    code, now = new_code(), datetime.now(UTC)
    async with database.act() as db:
        municipality_id = await find_municipality_called(db, slug)
        invite = await db.execute(
            insert(Invite)
            .values(
                code_hash=hash_of(code),
                municipality_id=municipality_id,
                role=role,
                is_head=is_head,
                created_at=now,
                expires_at=now + timedelta(hours=hours),
            )
            .returning(Invite.id)
        )
        await save_journal(
            db,
            "invite.made",
            actor_id=None,
            municipality_id=municipality_id,
            subject_id=invite.scalar_one(),
            details={"role": role} | ({"head": True} if is_head else {}),
        )
    return LINK + code
