"""Drafts of announcements, and the hearings they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import settled_in
from bot.db.models import (
    Attendance,
    Broadcast,
    Delivery,
    Hearing,
    HearingDocument,
    HearingVillage,
    Municipality,
    Muted,
    ResidentRow,
    Village as VillageRow,
)
from bot.db.queries import upsert_into
from bot.domain.hearing import Announcement, HearingNotice, HearingStatus
from bot.domain.hearing_draft import Step
from bot.domain.notices import NoticeTopic
from bot.features.hearings.hearing_queries import HearingCard, was_told

# What a revision takes over from the hearing, and gives back when it is confirmed.
_LINES = (
    "kind",
    "topic_ky",
    "topic_ru",
    "agenda_ky",
    "agenda_ru",
    "starts_at",
    "place",
    "latitude",
    "longitude",
    "organiser",
    "phone",
)
# What tells of a hearing as it stands, and is overtaken when it moves or is called off.
_SUPERSEDED = (
    HearingNotice.ANNOUNCED,
    HearingNotice.TRANSLATED,
    HearingNotice.CHANGED,
    HearingNotice.REMINDER,
    HearingNotice.POSTED,
)


@dataclass(frozen=True, slots=True)
class LastHearing:
    """What the municipality answered the last time; each may well be the same again."""

    place: str | None
    organiser: str | None
    phone: str | None


async def save_draft(
    db: AsyncConnection, municipality_id: int, made_by: int, now: datetime, *, revises_id: int | None = None
) -> int:
    values = {"municipality_id": municipality_id, "made_by": made_by, "revises_id": revises_id}
    done = await db.execute(
        insert(Hearing)
        .values(
            **values,
            status=HearingStatus.DRAFT,
            step=Step.PREVIEW if revises_id else Step.KIND,
            created_at=now,
        )
        .returning(Hearing.id)
    )
    return done.scalar_one()


async def find_untouched_draft(db: AsyncConnection, municipality_id: int, made_by: int) -> int | None:
    """A draft begun and left at its first question: it is taken again instead of making another."""
    return (
        await db.execute(
            select(Hearing.id).where(
                Hearing.municipality_id == municipality_id,
                Hearing.status == HearingStatus.DRAFT,
                Hearing.made_by == made_by,
                Hearing.step == Step.KIND,
                Hearing.kind.is_(None),
            )
        )
    ).scalar()


async def find_revision(db: AsyncConnection, hearing_id: int) -> int | None:
    return (await db.execute(select(Hearing.id).where(Hearing.revises_id == hearing_id))).scalar()


async def save_revision(
    db: AsyncConnection, hearing_id: int, municipality_id: int, made_by: int, now: datetime
) -> int:
    """A draft of changes with all the hearing has."""
    draft_id = await save_draft(db, municipality_id, made_by, now, revises_id=hearing_id)
    await _copy(db, hearing_id, draft_id)
    return draft_id


async def save_lines(db: AsyncConnection, hearing_id: int, **lines: object) -> None:
    await db.execute(
        update(Hearing).where(Hearing.id == hearing_id, Hearing.status == HearingStatus.DRAFT).values(**lines)
    )


async def save_document(
    db: AsyncConnection, hearing_id: int, update_id: int, file_id: str, name: str, *, is_photo: bool
) -> None:
    await db.execute(
        insert(HearingDocument).values(
            hearing_id=hearing_id, source_update=update_id, file_id=file_id, name=name, is_photo=is_photo
        )
    )


async def save_no_documents(db: AsyncConnection, hearing_id: int) -> None:
    await db.execute(delete(HearingDocument).where(HearingDocument.hearing_id == hearing_id))


async def save_invited(db: AsyncConnection, hearing_id: int, village_id: int, *, on: bool) -> None:
    if on:
        statement = upsert_into(db, HearingVillage).values(hearing_id=hearing_id, village_id=village_id)
        await db.execute(statement.on_conflict_do_nothing())
    else:
        await db.execute(
            delete(HearingVillage).where(
                HearingVillage.hearing_id == hearing_id, HearingVillage.village_id == village_id
            )
        )


async def save_all_invited(db: AsyncConnection, hearing_id: int) -> None:
    await db.execute(delete(HearingVillage).where(HearingVillage.hearing_id == hearing_id))


async def save_discarded(db: AsyncConnection, hearing_id: int) -> None:
    """Delete a draft with all it has."""
    await _save_bare(db, hearing_id)
    await db.execute(delete(Hearing).where(Hearing.id == hearing_id, Hearing.status == HearingStatus.DRAFT))


async def save_announced(db: AsyncConnection, hearing_id: int, now: datetime) -> None:
    await db.execute(
        update(Hearing)
        .where(Hearing.id == hearing_id)
        .values(status=HearingStatus.ANNOUNCED, announced_at=now, step=None)
    )


async def save_reason(db: AsyncConnection, hearing_id: int, reason: str | None) -> None:
    """Keep the reason while the officer is asked once more; it is told when the hearing is called off."""
    await db.execute(
        update(Hearing)
        .where(Hearing.id == hearing_id, Hearing.status == HearingStatus.ANNOUNCED)
        .values(cancel_reason=reason)
    )


async def save_asked_again(db: AsyncConnection, hearing_id: int) -> None:
    """Forget who said they come or not; that they have read the notice stays."""
    await db.execute(update(Attendance).where(Attendance.hearing_id == hearing_id).values(is_coming=None))


async def save_cancelled(db: AsyncConnection, hearing_id: int, now: datetime) -> None:
    await db.execute(
        update(Hearing)
        .where(Hearing.id == hearing_id)
        .values(status=HearingStatus.CANCELLED, cancelled_at=now)
    )


async def save_hearing_lock(db: AsyncConnection, hearing_id: int) -> None:
    """Let changes to one hearing come one after another."""
    await db.execute(update(Hearing).where(Hearing.id == hearing_id).values(version=Hearing.version))


async def save_revised(db: AsyncConnection, hearing_id: int, draft_id: int, *, told: bool) -> None:
    """Take the draft's answers over into the hearing, and drop the draft."""
    await _save_bare(db, hearing_id)
    await _copy(db, draft_id, hearing_id)
    if told:
        await db.execute(update(Hearing).where(Hearing.id == hearing_id).values(version=Hearing.version + 1))
    await save_discarded(db, draft_id)


async def find_last(db: AsyncConnection, municipality_id: int) -> LastHearing:
    row = (
        await db.execute(
            select(Hearing.place, Hearing.organiser, Hearing.phone)
            .where(
                Hearing.municipality_id == municipality_id,
                Hearing.status.in_([HearingStatus.ANNOUNCED, HearingStatus.CANCELLED]),
            )
            .order_by(Hearing.id.desc())
            .limit(1)
        )
    ).first()
    return LastHearing(*row) if row else LastHearing(None, None, None)


async def find_notice_days(db: AsyncConnection, municipality_id: int) -> int:
    return (
        await db.execute(select(Municipality.notice_days).where(Municipality.id == municipality_id))
    ).scalar_one()


async def find_village(db: AsyncConnection, municipality_id: int, village_id: int) -> bool:
    """Whether the village belongs to the municipality."""
    found = select(VillageRow.id).where(
        VillageRow.id == village_id, VillageRow.municipality_id == municipality_id
    )
    return (await db.execute(found)).first() is not None


async def count_invited(db: AsyncConnection, hearing: HearingCard) -> int:
    """The residents who can be told of it and want to hear of hearings."""
    villages = [village.id for village in hearing.villages]
    invited = settled_in(hearing.municipality_id, villages) & ResidentRow.blocked_at.is_(None)
    muted = exists().where(Muted.resident_id == ResidentRow.id, Muted.topic == NoticeTopic.HEARINGS)
    return await _count(db, invited & ~muted)


async def count_told(db: AsyncConnection, hearing_id: int) -> int:
    """The residents who were told of it and can be told more."""
    return await _count(db, was_told(hearing_id) & ResidentRow.blocked_at.is_(None))


async def _count(db: AsyncConnection, who: ColumnElement[bool]) -> int:
    return (await db.execute(select(func.count()).select_from(ResidentRow).where(who))).scalar_one()


async def list_outdated(db: AsyncConnection, hearing_id: int) -> Sequence[int]:
    """The broadcasts that speak of a hearing as it was before a change; answers and records do not."""
    found = await db.execute(
        select(Broadcast.id).where(Broadcast.hearing_id == hearing_id, Broadcast.kind.in_(_SUPERSEDED))
    )
    return found.scalars().all()


async def count_broadcasts(db: AsyncConnection, hearing_id: int) -> int:
    found = select(func.count()).select_from(Broadcast).where(Broadcast.hearing_id == hearing_id)
    return (await db.execute(found)).scalar_one()


async def find_waiting_change(db: AsyncConnection, hearing_id: int) -> Announcement | None:
    """The hearing before the first change that somebody still waits to hear of."""
    waits = exists().where(
        Delivery.broadcast_id == Broadcast.id, Delivery.sent_at.is_(None), Delivery.failed_at.is_(None)
    )
    found = await db.execute(
        select(Broadcast.facts)
        .where(Broadcast.hearing_id == hearing_id, Broadcast.kind == HearingNotice.CHANGED, waits)
        .order_by(Broadcast.id)
        .limit(1)
    )
    facts = found.scalar()
    return Announcement.from_facts(facts["before"]) if facts else None


async def _copy(db: AsyncConnection, source_id: int, target_id: int) -> None:
    source = (await db.execute(select(Hearing.__table__).where(Hearing.id == source_id))).one()
    lines = {name: getattr(source, name) for name in _LINES}
    await db.execute(update(Hearing).where(Hearing.id == target_id).values(**lines))
    for table, columns in (
        (HearingVillage, ("village_id",)),
        (HearingDocument, ("source_update", "file_id", "is_photo", "name")),
    ):
        kept = select(literal(target_id), *(getattr(table, name) for name in columns)).where(
            table.hearing_id == source_id
        )
        await db.execute(insert(table).from_select(["hearing_id", *columns], kept))


async def _save_bare(db: AsyncConnection, hearing_id: int) -> None:
    for table in (HearingVillage, HearingDocument):
        await db.execute(delete(table).where(table.hearing_id == hearing_id))
