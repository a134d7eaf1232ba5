"""Questions about hearings that several features ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Attendance,
    Broadcast,
    Delivery,
    Hearing as HearingRow,
    HearingDocument,
    HearingVillage,
    Municipality as MunicipalityRow,
    Question,
    ResidentRow,
    Village as VillageRow,
)
from bot.domain.hearing import Announcement, HearingKind, HearingNotice, HearingStatus, Wording
from bot.domain.places import Name, Village


@dataclass(frozen=True, slots=True)
class HearingCard:
    """A hearing with all it has; in a draft what was not answered yet is None."""

    id: int
    municipality_id: int
    municipality: Name
    revises_id: int | None
    status: HearingStatus
    step: str | None
    kind: HearingKind | None
    topic: Wording
    agenda: Wording
    starts_at: datetime | None
    place: str | None
    latitude: float | None
    longitude: float | None
    organiser: str | None
    phone: str | None
    announced_at: datetime | None
    version: int
    cancelled_at: datetime | None
    cancel_reason: str | None
    recorded_at: datetime | None
    documents: int
    # Empty when the whole municipality is invited.
    villages: tuple[Village, ...]

    @property
    def announcement(self) -> Announcement:
        """What is told about it; only for a hearing that has its kind and its time."""
        if self.kind is None or self.starts_at is None:
            raise ValueError("the draft is not complete")
        return Announcement(
            hearing_id=self.revises_id or self.id,
            municipality=self.municipality,
            kind=self.kind,
            topic=self.topic,
            agenda=self.agenda,
            starts_at=self.starts_at,
            place=self.place or "",
            has_pin=self.latitude is not None,
            organiser=self.organiser or "",
            phone=self.phone or "",
            documents=self.documents,
            villages=tuple(village.name for village in self.villages),
        )


@dataclass(frozen=True, slots=True)
class Document:
    file_id: str
    is_photo: bool
    name: str


async def find_hearing(db: AsyncConnection, hearing_id: int) -> HearingCard | None:
    found = await list_hearings(db, HearingRow.id == hearing_id)
    return found[0] if found else None


async def list_hearings(
    db: AsyncConnection,
    where: ColumnElement[bool],
    *,
    limit: int | None = None,
    offset: int = 0,
    newest_first: bool = False,
) -> list[HearingCard]:
    """The hearings for which `where` holds, by their time."""
    documents = (
        select(func.count())
        .where(HearingDocument.hearing_id == HearingRow.id)
        .correlate(HearingRow)
        .scalar_subquery()
    )
    order = HearingRow.starts_at.desc() if newest_first else HearingRow.starts_at
    rows = (
        await db.execute(
            select(
                HearingRow.__table__,
                MunicipalityRow.name_ky.label("municipality_ky"),
                MunicipalityRow.name_ru.label("municipality_ru"),
                documents.label("documents"),
            )
            .join(MunicipalityRow, MunicipalityRow.id == HearingRow.municipality_id)
            .where(where)
            .order_by(order, HearingRow.id)
            .limit(limit)
            .offset(offset)
        )
    ).all()
    villages = await _villages(db, [row.id for row in rows])
    return [_card(row, villages.get(row.id, ())) for row in rows]


async def list_documents(db: AsyncConnection, hearing_id: int) -> list[Document]:
    rows = await db.execute(
        select(HearingDocument.file_id, HearingDocument.is_photo, HearingDocument.name)
        .where(HearingDocument.hearing_id == hearing_id)
        .order_by(HearingDocument.id)
    )
    return [Document(*row) for row in rows]


def was_told(hearing_id: int) -> ColumnElement[bool]:
    """The residents whom the announcement has reached, or is about to reach."""
    notices = [HearingNotice.ANNOUNCED, HearingNotice.TRANSLATED, HearingNotice.CHANGED]
    told = select(Broadcast.id).where(Broadcast.hearing_id == hearing_id, Broadcast.kind.in_(notices))
    # Not as EXISTS, for which every resident would have to be asked.
    return ResidentRow.id.in_(
        select(Delivery.resident_id).where(
            Delivery.broadcast_id.in_(told),
            Delivery.failed_at.is_(None),
            # A post has none, and NOT IN would fail for all of them.
            Delivery.resident_id.is_not(None),
        )
    )


def is_coming_or_silent(hearing_id: int) -> ColumnElement[bool]:
    """The residents who have not said that they cannot come."""
    return ~exists().where(
        Attendance.resident_id == ResidentRow.id,
        Attendance.hearing_id == hearing_id,
        Attendance.is_coming.is_(False),
    )


def follows(hearing_id: int) -> ColumnElement[bool]:
    """The residents who answered the notice in any way, or asked something."""
    answered = select(Attendance.resident_id).where(Attendance.hearing_id == hearing_id)
    asked = select(Question.author_id).where(
        Question.hearing_id == hearing_id, Question.author_id.is_not(None)
    )
    return ResidentRow.id.in_(answered.union(asked))


async def _villages(db: AsyncConnection, hearing_ids: Sequence[int]) -> dict[int, tuple[Village, ...]]:
    rows = await db.execute(
        select(HearingVillage.hearing_id, VillageRow.id, VillageRow.name_ky, VillageRow.name_ru)
        .join(VillageRow, VillageRow.id == HearingVillage.village_id)
        .where(HearingVillage.hearing_id.in_(hearing_ids))
        .order_by(VillageRow.name_ky)
    )
    found: dict[int, tuple[Village, ...]] = {}
    for row in rows:
        found[row.hearing_id] = (
            *found.get(row.hearing_id, ()),
            Village(row.id, Name(row.name_ky, row.name_ru)),
        )
    return found


def _card(row: Any, villages: tuple[Village, ...]) -> HearingCard:
    return HearingCard(
        id=row.id,
        municipality_id=row.municipality_id,
        municipality=Name(row.municipality_ky, row.municipality_ru),
        revises_id=row.revises_id,
        status=HearingStatus(row.status),
        step=row.step,
        kind=HearingKind(row.kind) if row.kind else None,
        topic=Wording(row.topic_ky, row.topic_ru),
        agenda=Wording(row.agenda_ky, row.agenda_ru),
        starts_at=row.starts_at,
        place=row.place,
        latitude=row.latitude,
        longitude=row.longitude,
        organiser=row.organiser,
        phone=row.phone,
        announced_at=row.announced_at,
        version=row.version,
        cancelled_at=row.cancelled_at,
        cancel_reason=row.cancel_reason,
        recorded_at=row.recorded_at,
        documents=row.documents,
        villages=villages,
    )


async def lock_hearing(db: AsyncConnection, hearing_id: int, *, share: bool = False) -> None:
    """Keep other processes from sending the record, or (without `share`) from asking, until the commit."""
    await db.execute(select(HearingRow.id).where(HearingRow.id == hearing_id).with_for_update(read=share))


async def save_corrected(db: AsyncConnection, hearing_id: int, now: datetime) -> None:
    await db.execute(
        update(HearingRow)
        .where(HearingRow.id == hearing_id, HearingRow.recorded_at.is_not(None))
        .values(record_corrected_at=now)
    )
