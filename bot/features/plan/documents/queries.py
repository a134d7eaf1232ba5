"""The documents of a municipality: the newest of each kind, and who hears of new ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast
from bot.db.models import PlanDocument, PlanFollower, ResidentRow
from bot.db.queries import Subject, find_municipality, lock_municipality, save_journal, upsert_into
from bot.domain.notices import NoticeTopic
from bot.domain.places import Municipality
from bot.domain.plan import DocumentKind, PlanNotice
from bot.domain.refusals import Gone


@dataclass(frozen=True, slots=True)
class Paper:
    id: int
    municipality_id: int
    kind: DocumentKind
    name: str
    file_id: str
    is_photo: bool
    at: datetime


async def list_papers(db: AsyncConnection, municipality_id: int) -> list[Paper]:
    """Those in force, from the longest view to this year's money."""
    rows = await db.execute(
        select(PlanDocument.__table__).where(
            PlanDocument.municipality_id == municipality_id, PlanDocument.replaced_at.is_(None)
        )
    )
    found = [
        Paper(
            row.id, row.municipality_id, DocumentKind(row.kind), row.name, row.file_id, row.is_photo, row.at
        )
        for row in rows
    ]
    order = list(DocumentKind)
    return sorted(found, key=lambda each: order.index(each.kind))


async def find_paper(db: AsyncConnection, document_id: int) -> Paper | None:
    row = (await db.execute(select(PlanDocument.__table__).where(PlanDocument.id == document_id))).first()
    if row is None:
        return None
    return Paper(
        row.id, row.municipality_id, DocumentKind(row.kind), row.name, row.file_id, row.is_photo, row.at
    )


async def is_following(db: AsyncConnection, municipality_id: int, resident_id: int) -> bool:
    found = select(PlanFollower.resident_id).where(
        PlanFollower.municipality_id == municipality_id, PlanFollower.resident_id == resident_id
    )
    return (await db.execute(found)).first() is not None


async def save_follower(db: AsyncConnection, municipality_id: int, resident_id: int, *, on: bool) -> None:
    if on:
        values = {"municipality_id": municipality_id, "resident_id": resident_id}
        await db.execute(upsert_into(db, PlanFollower).values(**values).on_conflict_do_nothing())
        return
    await db.execute(
        delete(PlanFollower).where(
            PlanFollower.municipality_id == municipality_id, PlanFollower.resident_id == resident_id
        )
    )


async def save_paper(
    db: AsyncConnection,
    municipality_id: int,
    kind: DocumentKind,
    now: datetime,
    *,
    name: str,
    file_id: str,
    is_photo: bool,
    by: int,
) -> None:
    """Take the place of the one before, which stays stored, and tell those who follow."""
    await lock_municipality(db, municipality_id)
    place = await find_municipality(db, municipality_id)
    if place is None:
        raise Gone
    await _put_aside(db, municipality_id, kind, now)
    made = insert(PlanDocument).values(
        municipality_id=municipality_id,
        kind=kind,
        name=name,
        file_id=file_id,
        is_photo=is_photo,
        at=now,
        made_by=by,
    )
    document_id = (await db.execute(made.returning(PlanDocument.id))).scalar_one()
    await save_journal(db, "document.published", by=by, of=Subject(municipality_id, document_id), after=kind)
    await _tell_followers(db, place, kind, document_id, by)


async def _put_aside(db: AsyncConnection, municipality_id: int, kind: DocumentKind, now: datetime) -> None:
    await db.execute(
        update(PlanDocument)
        .where(
            PlanDocument.municipality_id == municipality_id,
            PlanDocument.kind == kind,
            PlanDocument.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )


async def _tell_followers(
    db: AsyncConnection, place: Municipality, kind: DocumentKind, document_id: int, by: int
) -> None:
    followers = select(PlanFollower.resident_id).where(PlanFollower.municipality_id == place.id)
    await broadcast(
        db,
        notice=f"document:{document_id}",
        municipality_id=place.id,
        kind=PlanNotice.DOCUMENT,
        facts={"document_id": document_id, "kind": kind, "municipality": [place.name.ky, place.name.ru]},
        to=ResidentRow.id.in_(followers),
        topic=NoticeTopic.PLAN,
        made_by=by,
    )
