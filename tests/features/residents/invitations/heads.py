"""A head, and what a head does to others."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.db.models import GrantRow
from bot.domain.roles import Role
from bot.features.residents.invitations.invites import make_invite
from tests.features.records import resident_of, rows
from tests.stage import Stage, Visitor


async def head_of(stage: Stage, municipality: str = "jazy", role: Role = Role.OFFICER) -> Visitor:
    """Somebody whom the operator has made the head of a municipality."""
    head = await stage.resident("ru", municipality)
    await head.start(
        await make_invite(stage.database, role, municipality, 1, datetime.now(UTC), is_head=True)
    )
    return head


async def grant_of(stage: Stage, person: Visitor) -> int:
    """The newest role that a person holds."""
    theirs = (await resident_of(stage, person)).id
    held = select(GrantRow.id).where(GrantRow.resident_id == theirs, GrantRow.withdrawn_at.is_(None))
    return max(int(grant.id) for grant in await rows(stage, held))


async def withdraw_from(stage: Stage, head: Visitor, person: Visitor) -> None:
    """The head takes the newest role of a person away, as far as it goes."""
    grant_id = await grant_of(stage, person)
    await head.press(f"roleq:{grant_id}")
    await head.tap(f"roleoff:{grant_id}")
