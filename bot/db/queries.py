"""Questions that two or more features ask. Each takes a connection and returns frozen dataclasses."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Base,
    GrantRow,
    JournalEntry,
    Municipality as MunicipalityRow,
    ResidentRow,
    Round,
    Topic as TopicRow,
    Village as VillageRow,
)
from bot.domain.places import Municipality, Name, Topic, Village
from bot.domain.roles import Grant, Resident, Role


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The vote that is on in a municipality."""

    id: int
    picks: int
    closes_at: datetime


_RESIDENT = (
    select(
        ResidentRow.id,
        ResidentRow.language,
        ResidentRow.municipality_id,
        ResidentRow.village_id,
        ResidentRow.agreed_at,
        ResidentRow.awaiting,
        ResidentRow.awaiting_id,
        ResidentRow.blocked_at,
        ResidentRow.asked_of_self_at,
        GrantRow.role,
        GrantRow.municipality_id.label("held_in"),
    )
    .outerjoin(GrantRow, (GrantRow.resident_id == ResidentRow.id) & GrantRow.withdrawn_at.is_(None))
    .where(ResidentRow.telegram_id == bindparam("telegram_id"))
)


async def find_resident(db: AsyncConnection, telegram_id: int) -> Resident | None:
    """The person and every role they hold now, in one statement."""
    rows = (await db.execute(_RESIDENT, {"telegram_id": telegram_id})).all()
    if not rows:
        return None
    row = rows[0]
    return Resident(
        id=row.id,
        telegram_id=telegram_id,
        language=row.language,
        municipality_id=row.municipality_id,
        village_id=row.village_id,
        agreed=row.agreed_at is not None,
        blocked=row.blocked_at is not None,
        awaiting=row.awaiting,
        awaiting_id=row.awaiting_id,
        asked_of_self=row.asked_of_self_at is not None,
        grants=frozenset(Grant(Role(each.role), each.held_in) for each in rows if each.role),
    )


async def find_whether_lost(
    db: AsyncConnection, resident_id: int, roles: Collection[str], municipality_id: int | None
) -> bool:
    """Whether one of these roles was taken away from this person; `municipality_id` None for anywhere."""
    lost = exists().where(
        GrantRow.resident_id == resident_id, GrantRow.role.in_(roles), GrantRow.withdrawn_at.is_not(None)
    )
    if municipality_id is not None:
        lost = lost.where(GrantRow.municipality_id == municipality_id)
    return bool((await db.execute(select(lost))).scalar())


async def lock_grants(db: AsyncConnection, resident_id: int) -> frozenset[Grant]:
    """What this person holds now; none of it is taken away before the transaction ends."""
    held = select(GrantRow.role, GrantRow.municipality_id).where(
        GrantRow.resident_id == resident_id, GrantRow.withdrawn_at.is_(None)
    )
    rows = await db.execute(held.with_for_update(read=True))
    return frozenset(Grant(Role(row.role), row.municipality_id) for row in rows)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who holds a role in any municipality, or has held one."""

    telegram_id: int
    language: str
    roles: frozenset[Role]


async def list_staff(db: AsyncConnection) -> list[Staff]:
    """Everybody who holds a role or held one, and can be written to; with the roles held now."""
    rows = await db.execute(
        select(ResidentRow.telegram_id, ResidentRow.language, GrantRow.role, GrantRow.withdrawn_at)
        .join(GrantRow, GrantRow.resident_id == ResidentRow.id)
        .where(ResidentRow.blocked_at.is_(None))
    )
    held: dict[tuple[int, str], set[Role]] = defaultdict(set)
    for row in rows:
        held[row.telegram_id, row.language] |= {Role(row.role)} if row.withdrawn_at is None else set()
    return [Staff(number, language, frozenset(roles)) for (number, language), roles in held.items()]


async def find_municipality(db: AsyncConnection, municipality_id: int) -> Municipality | None:
    found = await _municipalities(db, MunicipalityRow.id == municipality_id)
    return found[0] if found else None


async def find_municipality_id(db: AsyncConnection, slug: str) -> int | None:
    return (await db.execute(select(MunicipalityRow.id).where(MunicipalityRow.slug == slug))).scalar()


async def list_municipalities(db: AsyncConnection) -> list[Municipality]:
    """Those that exist today, by their Kyrgyz names."""
    return await _municipalities(db, MunicipalityRow.valid_to.is_(None))


async def _municipalities(db: AsyncConnection, condition: Any) -> list[Municipality]:
    rows = await db.execute(
        select(MunicipalityRow.__table__).where(condition).order_by(MunicipalityRow.name_ky)
    )
    return [
        Municipality(
            id=row.id,
            slug=row.slug,
            name=Name(row.name_ky, row.name_ru),
            district=Name(row.district_ky, row.district_ru),
            oblast=Name(row.oblast_ky, row.oblast_ru),
        )
        for row in rows
    ]


async def lock_municipality(db: AsyncConnection, municipality_id: int) -> None:
    """Let only one at a time change its vote or its plan: whoever comes second finds it changed."""
    await db.execute(
        select(MunicipalityRow.id).where(MunicipalityRow.id == municipality_id).with_for_update()
    )


async def list_names(db: AsyncConnection, municipality_ids: Collection[int]) -> list[tuple[int, Name]]:
    """The numbers and names of these municipalities, by their Kyrgyz names."""
    rows = await db.execute(
        select(MunicipalityRow.id, MunicipalityRow.name_ky, MunicipalityRow.name_ru)
        .where(MunicipalityRow.id.in_(municipality_ids))
        .order_by(MunicipalityRow.name_ky)
    )
    return [(row.id, Name(row.name_ky, row.name_ru)) for row in rows]


async def list_villages(db: AsyncConnection, municipality_id: int) -> list[Village]:
    rows = await db.execute(
        select(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru)
        .where(VillageRow.municipality_id == municipality_id)
        .order_by(VillageRow.name_ky)
    )
    return [Village(row.id, Name(row.name_ky, row.name_ru)) for row in rows]


async def list_topics(db: AsyncConnection) -> list[Topic]:
    """All topics, the most wanted first."""
    rows = await db.execute(
        select(TopicRow.id, TopicRow.short_ky, TopicRow.short_ru, TopicRow.emoji).order_by(TopicRow.place)
    )
    return [Topic(row.id, Name(row.short_ky, row.short_ru), row.emoji) for row in rows]


async def list_topic_names(db: AsyncConnection) -> dict[int, tuple[str, ...]]:
    """All names of each topic by its number: short and official, in both languages."""
    names = (TopicRow.short_ky, TopicRow.short_ru, TopicRow.name_ky, TopicRow.name_ru)
    rows = await db.execute(select(TopicRow.id, *names).order_by(TopicRow.place))
    return {row[0]: tuple(row[1:]) for row in rows}


async def find_open_round(db: AsyncConnection, municipality_id: int, now: datetime) -> OpenRound | None:
    """The vote that is on; one whose moment has passed counts as closed, whether or not it was closed yet."""
    row = (
        await db.execute(
            select(Round.id, Round.picks, Round.closes_at).where(
                Round.municipality_id == municipality_id,
                Round.closed_at.is_(None),
                Round.closes_at > now,
            )
        )
    ).first()
    return OpenRound(row.id, row.picks, row.closes_at) if row else None


async def save_awaiting(
    db: AsyncConnection, resident_id: int, awaiting: str | None, about: int | None = None
) -> None:
    """Remember which typed answer is awaited next; None when none is."""
    await db.execute(
        update(ResidentRow).where(ResidentRow.id == resident_id).values(awaiting=awaiting, awaiting_id=about)
    )


async def end_awaiting(db: AsyncConnection, resident: Resident) -> bool:
    """Whether this call ended what was awaited from this person when they were read."""
    done = await db.execute(
        update(ResidentRow)
        .where(
            ResidentRow.id == resident.id,
            ResidentRow.awaiting == resident.awaiting,
            ResidentRow.awaiting_id.is_not_distinct_from(resident.awaiting_id),
        )
        .values(awaiting=None, awaiting_id=None)
    )
    return done.rowcount > 0


async def save_reachable(db: AsyncConnection, telegram_id: int, *, reachable: bool) -> None:
    """Remember that a person has blocked the bot, or is back."""
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.telegram_id == telegram_id)
        .values(blocked_at=None if reachable else datetime.now(UTC))
    )


class Thing(Protocol):
    """What something was done to: a problem, a hearing, a vote."""

    @property
    def id(self) -> int | None: ...
    @property
    def municipality_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of which only the numbers are at hand; without `id` the municipality itself."""

    municipality_id: int | None
    id: int | None = None


async def save_journal(
    db: AsyncConnection, act: str, *, by: int | Literal["clock", "operator"] | None, of: Thing, **details: Any
) -> None:
    """Write down what was done to a thing.

    `by` is a resident's id, or None for whoever must not be known; `details` are read at the desk.
    """
    is_unnamed = isinstance(by, str)
    await db.execute(
        insert(JournalEntry).values(
            at=datetime.now(UTC),
            actor_id=None if is_unnamed else by,
            municipality_id=of.municipality_id,
            act=act,
            subject_id=of.id,
            details={**details, "by": by} if is_unnamed else details,
        )
    )


def upsert_into(db: AsyncConnection, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which the two engines spell alike but SQLAlchemy keeps apart."""
    return sqlite.insert(table) if db.dialect.name == "sqlite" else postgresql.insert(table)
