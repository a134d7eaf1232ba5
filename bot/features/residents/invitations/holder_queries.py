"""Who holds a role, and taking it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import (
    ChatCode,
    GrantRow,
    JournalEntry,
    Municipality as MunicipalityRow,
    Problem,
    ResidentRow,
)
from bot.domain.moderation import ACTS_OF_AUTHORS
from bot.domain.paging import Page
from bot.domain.places import Name
from bot.domain.roles import Role

HOLDERS_A_PAGE = 5
# What any resident may be asked, by its beginning; all else is asked of somebody who holds a role.
ASKED_OF_RESIDENTS = (
    "start:",
    "problems:",
    "plan:search",
    "plan:comment",
    "question:text",
    "question:name",
    "inquiries:answer",
    "unsolved",
)


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """A role that is held now.

    `number` is what the person is called by in the history, too: that of their first grant in the
    municipality. `is_head` says whether they are a head there, by this role or by another one.
    `last_act` is of any of their roles there, as the journal has it.
    """

    grant_id: int
    resident_id: int
    number: int
    municipality_id: int
    slug: str
    municipality: Name
    role: Role
    since: datetime
    last_act: datetime | None
    is_head: bool


@dataclass(frozen=True, slots=True)
class HolderPage:
    """Of one municipality, as `viewer_id` sees it."""

    municipality_id: int
    municipality: Name
    holders: Sequence[RoleHolder]
    viewer_id: int
    by_head: bool
    page: Page

    def may_withdraw(self, holder: RoleHolder) -> bool:
        return self.by_head and not holder.is_head and holder.resident_id != self.viewer_id


def _holders() -> Select[Any]:
    first, other = aliased(GrantRow), aliased(GrantRow)
    number = select(func.min(first.id)).where(
        first.resident_id == GrantRow.resident_id, first.municipality_id == GrantRow.municipality_id
    )
    last_act = select(func.max(JournalEntry.at)).where(
        JournalEntry.actor_id == GrantRow.resident_id,
        JournalEntry.municipality_id == GrantRow.municipality_id,
        JournalEntry.act.not_in(ACTS_OF_AUTHORS),
    )
    is_head = exists().where(
        other.resident_id == GrantRow.resident_id,
        other.municipality_id == GrantRow.municipality_id,
        other.withdrawn_at.is_(None),
        other.is_head,
    )
    return (
        select(
            GrantRow.id,
            GrantRow.resident_id,
            number.scalar_subquery().label("number"),
            GrantRow.municipality_id,
            MunicipalityRow.slug,
            MunicipalityRow.name_ky,
            MunicipalityRow.name_ru,
            GrantRow.role,
            GrantRow.granted_at,
            last_act.scalar_subquery().label("last_act"),
            is_head.label("is_head"),
        )
        .join(MunicipalityRow, MunicipalityRow.id == GrantRow.municipality_id)
        .where(GrantRow.withdrawn_at.is_(None))
        .order_by(MunicipalityRow.slug, GrantRow.role, GrantRow.id)
    )


def _holder(row: Any) -> RoleHolder:
    return RoleHolder(
        grant_id=row.id,
        resident_id=row.resident_id,
        number=row.number,
        municipality_id=row.municipality_id,
        slug=row.slug,
        municipality=Name(row.name_ky, row.name_ru),
        role=Role(row.role),
        since=row.granted_at,
        last_act=row.last_act,
        is_head=row.is_head,
    )


async def list_holders(
    db: AsyncConnection, municipality_id: int | None = None, role: Role | None = None
) -> list[RoleHolder]:
    """By municipality, then by role, then those first who have it longest."""
    chosen = _holders()
    if municipality_id is not None:
        chosen = chosen.where(GrantRow.municipality_id == municipality_id)
    if role is not None:
        chosen = chosen.where(GrantRow.role == role)
    return [_holder(row) for row in await db.execute(chosen)]


async def find_page(
    db: AsyncConnection, municipality_id: int, viewer_id: int, wanted: int
) -> HolderPage | None:
    """None where nobody holds a role."""
    held = select(func.count()).where(
        GrantRow.municipality_id == municipality_id, GrantRow.withdrawn_at.is_(None)
    )
    page = Page((await db.execute(held)).scalar_one(), wanted, HOLDERS_A_PAGE)
    chosen = _holders().where(GrantRow.municipality_id == municipality_id)
    rows = await db.execute(chosen.limit(page.limit).offset(page.offset))
    holders = [_holder(row) for row in rows]
    if not holders:
        return None
    by_head = await find_whether_head(db, viewer_id, municipality_id)
    return HolderPage(municipality_id, holders[0].municipality, holders, viewer_id, by_head, page)


async def find_holder(db: AsyncConnection, grant_id: int) -> RoleHolder | None:
    """None when there is no such grant, or it was taken away."""
    row = (await db.execute(_holders().where(GrantRow.id == grant_id))).first()
    return _holder(row) if row else None


async def find_place(db: AsyncConnection, grant_id: int) -> int | None:
    """The municipality of a grant, whether or not it is held still."""
    return (await db.execute(select(GrantRow.municipality_id).where(GrantRow.id == grant_id))).scalar()


async def find_whether_head(db: AsyncConnection, resident_id: int, municipality_id: int) -> bool:
    head = exists().where(
        GrantRow.resident_id == resident_id,
        GrantRow.municipality_id == municipality_id,
        GrantRow.withdrawn_at.is_(None),
        GrantRow.is_head,
    )
    return bool((await db.execute(select(head))).scalar())


async def find_telegram_id(db: AsyncConnection, resident_id: int) -> int | None:
    found = select(ResidentRow.telegram_id).where(ResidentRow.id == resident_id)
    return (await db.execute(found)).scalar()


async def update_withdrawn(db: AsyncConnection, grant_id: int, now: datetime) -> bool:
    """Whether this call took the role away."""
    done = await db.execute(
        update(GrantRow)
        .where(GrantRow.id == grant_id, GrantRow.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    return done.rowcount > 0


async def update_codes_void(db: AsyncConnection, holder: RoleHolder, now: datetime) -> None:
    """The codes for groups that they made and that nobody has used."""
    await db.execute(
        update(ChatCode)
        .where(
            ChatCode.made_by == holder.resident_id,
            ChatCode.municipality_id == holder.municipality_id,
            ChatCode.used_at.is_(None),
            ChatCode.expires_at > now,
        )
        .values(expires_at=now)
    )


async def update_released(db: AsyncConnection, holder: RoleHolder) -> None:
    """What they have before them goes back to the queue."""
    await db.execute(
        update(Problem)
        .where(Problem.held_by == holder.resident_id, Problem.municipality_id == holder.municipality_id)
        .values(held_by=None, held_until=None)
    )


async def update_not_asked(db: AsyncConnection, resident_id: int) -> None:
    """End the question that waits for their words, unless any resident may be asked it."""
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, *(~_begins(each) for each in ASKED_OF_RESIDENTS))
        .values(awaiting=None, awaiting_id=None)
    )


def _begins(awaiting: str) -> ColumnElement[bool]:
    return ResidentRow.awaiting.startswith(awaiting)
