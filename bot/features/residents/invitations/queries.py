"""Making and accepting an invitation."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import GrantRow, Invite, ResidentRow
from bot.db.queries import Subject, save_journal, upsert_into
from bot.domain.refusals import InviteExpired, InviteUnknown, InviteUsed, InviteWithdrawn
from bot.domain.roles import Grant, Role


async def save_stranger(db: AsyncConnection, telegram_id: int, language: str, now: datetime) -> int:
    """The resident's id; a person who never wrote before is remembered with their language."""
    await db.execute(
        upsert_into(db, ResidentRow)
        .values(telegram_id=telegram_id, language=language, created_at=now)
        .on_conflict_do_nothing(index_elements=[ResidentRow.telegram_id])
    )
    found = await db.execute(select(ResidentRow.id).where(ResidentRow.telegram_id == telegram_id))
    return int(found.scalar_one())


async def save_invite(
    db: AsyncConnection, code_hash: str, grant: Grant, now: datetime, expires_at: datetime, *, is_head: bool
) -> int:
    """Store an invitation to this role; return its id."""
    made = insert(Invite).values(
        code_hash=code_hash,
        municipality_id=grant.municipality_id,
        role=grant.role,
        is_head=is_head,
        created_at=now,
        expires_at=expires_at,
    )
    return (await db.execute(made.returning(Invite.id))).scalar_one()


async def save_acceptance(db: AsyncConnection, code_hash: str, resident_id: int, now: datetime) -> Grant:
    """Use the invitation up and grant its role; the one who accepted it may press the link again."""
    taken = await db.execute(
        update(Invite)
        .where(Invite.code_hash == code_hash, Invite.accepted_at.is_(None), Invite.expires_at > now)
        .values(accepted_at=now, accepted_by=resident_id)
        .returning(Invite.id, Invite.role, Invite.municipality_id, Invite.is_head)
    )
    invite = taken.first()
    if invite is None:
        return await _accepted_before(db, code_hash, resident_id)
    grant = Grant(Role(invite.role), invite.municipality_id)
    await _save_grant(db, grant, resident_id, now, is_head=invite.is_head)
    await save_journal(
        db,
        "invite.accepted",
        by=resident_id,
        of=Subject(grant.municipality_id, invite.id),
        role=grant.role,
        **({"head": True} if invite.is_head else {}),
    )
    # Staff belong to their municipality from the start, so that they need not look for it.
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, ResidentRow.municipality_id.is_(None))
        .values(municipality_id=grant.municipality_id)
    )
    return grant


async def _save_grant(
    db: AsyncConnection, grant: Grant, resident_id: int, now: datetime, *, is_head: bool
) -> None:
    """Whoever holds the role already becomes its head where they were none."""
    statement = upsert_into(db, GrantRow).values(
        resident_id=resident_id,
        municipality_id=grant.municipality_id,
        role=grant.role,
        granted_at=now,
        is_head=is_head,
    )
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=[GrantRow.resident_id, GrantRow.municipality_id, GrantRow.role],
            index_where=GrantRow.withdrawn_at.is_(None),
            set_={"is_head": GrantRow.is_head | statement.excluded.is_head},
        )
    )


async def _accepted_before(db: AsyncConnection, code_hash: str, resident_id: int) -> Grant:
    """What the invitation has given this person, if they hold it still."""
    found = await db.execute(
        select(Invite.role, Invite.municipality_id, Invite.accepted_at, Invite.accepted_by).where(
            Invite.code_hash == code_hash
        )
    )
    invite = found.first()
    if invite is None:
        raise InviteUnknown
    if invite.accepted_at is None:
        raise InviteExpired
    if invite.accepted_by != resident_id:
        raise InviteUsed
    grant = Grant(Role(invite.role), invite.municipality_id)
    if withdrawn_at := await _withdrawn_at(db, grant, resident_id):
        raise InviteWithdrawn(role=grant.role, withdrawn_at=withdrawn_at)
    return grant


async def _withdrawn_at(db: AsyncConnection, grant: Grant, resident_id: int) -> datetime | None:
    """When the role was taken away last; None while it is held."""
    rows = await db.execute(
        select(GrantRow.withdrawn_at)
        .where(
            GrantRow.resident_id == resident_id,
            GrantRow.municipality_id == grant.municipality_id,
            GrantRow.role == grant.role,
        )
        .order_by(GrantRow.id.desc())
        .limit(1)
    )
    return rows.scalar_one()
