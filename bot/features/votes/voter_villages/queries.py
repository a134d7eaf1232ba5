"""Who votes where, and what the anomaly report is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Pick, ResidentRow, Round, Village
from bot.domain.paging import Page
from bot.domain.places import Name

VOTERS_A_PAGE = 6

_HAS_PICKED: ColumnElement[bool] = select(Pick.ballot_id).where(Pick.ballot_id == BallotRow.id).exists()


@dataclass(frozen=True, slots=True)
class VoterVillage:
    id: int
    name: Name
    voters: int


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody who has chosen at least one problem; what, is nobody's business."""

    ballot_id: int
    round_id: int
    resident_id: int
    telegram_id: int
    village_id: int
    village: Name


async def list_voter_villages(db: AsyncConnection, round_id: int) -> list[VoterVillage]:
    """Those from which anybody votes, most voters first."""
    voters = func.count().label("voters")
    rows = await db.execute(
        select(Village.id, Village.name_ky, Village.name_ru, voters)
        .join(BallotRow, BallotRow.village_id == Village.id)
        .where(BallotRow.round_id == round_id, _HAS_PICKED)
        .group_by(Village.id, Village.name_ky, Village.name_ru)
        .order_by(voters.desc(), Village.id)
    )
    return [VoterVillage(row.id, Name(row.name_ky, row.name_ru), row.voters) for row in rows]


async def list_voters(
    db: AsyncConnection, round_id: int, village_id: int, wanted: int
) -> tuple[list[Voter], Page]:
    """One page of them, in the order in which they came."""
    here = (BallotRow.round_id == round_id, BallotRow.village_id == village_id, _HAS_PICKED)
    total = (await db.execute(select(func.count()).select_from(BallotRow).where(*here))).scalar_one()
    page = Page(total, wanted, VOTERS_A_PAGE)
    found = _VOTERS.where(*here).order_by(BallotRow.id).limit(page.limit).offset(page.offset)
    return [_voter(row) for row in await db.execute(found)], page


async def hold_round(db: AsyncConnection, round_id: int) -> None:
    """Held as by a tap: closing waits for it, and whoever comes after that finds the vote closed."""
    await db.execute(select(Round.id).where(Round.id == round_id).with_for_update(read=True))


async def find_voter(db: AsyncConnection, ballot_id: int, *, lock: bool = False) -> Voter | None:
    found = _VOTERS.where(BallotRow.id == ballot_id)
    row = (await db.execute(found.with_for_update(of=BallotRow) if lock else found)).first()
    return _voter(row) if row else None


_VOTERS: Select[*tuple[Any, ...]] = (
    select(
        BallotRow.id,
        BallotRow.round_id,
        BallotRow.resident_id,
        ResidentRow.telegram_id,
        BallotRow.village_id,
        Village.name_ky,
        Village.name_ru,
    )
    .join(ResidentRow, ResidentRow.id == BallotRow.resident_id)
    .join(Village, Village.id == BallotRow.village_id)
)


def _voter(row: Any) -> Voter:
    name = Name(row.name_ky, row.name_ru)
    return Voter(row.id, row.round_id, row.resident_id, row.telegram_id, row.village_id, name)


async def save_village(db: AsyncConnection, ballot_id: int, village_id: int) -> None:
    """Of this ballot alone; where the person says to live stays their own business."""
    await db.execute(update(BallotRow).where(BallotRow.id == ballot_id).values(village_id=village_id))


async def find_cut_at(db: AsyncConnection, round_id: int) -> datetime | None:
    """Since when the ballots tell neither whose they are nor when they were changed."""
    return (await db.execute(select(Round.cut_at).where(Round.id == round_id))).scalar()


async def list_moments(db: AsyncConnection, round_id: int) -> Sequence[datetime]:
    """When each counted ballot was changed last, in the order of the count."""
    rows = await db.execute(
        select(BallotRow.changed_at).where(BallotRow.round_id == round_id, _HAS_PICKED).order_by(BallotRow.id)
    )
    return list(rows.scalars())


async def count_late(db: AsyncConnection, round_id: int, since: datetime, until: datetime) -> int:
    """Voters who came to the bot between these moments."""
    found = await db.execute(
        select(func.count())
        .select_from(BallotRow)
        .join(ResidentRow, ResidentRow.id == BallotRow.resident_id)
        .where(
            BallotRow.round_id == round_id,
            _HAS_PICKED,
            ResidentRow.created_at >= since,
            ResidentRow.created_at <= until,
        )
    )
    return found.scalar_one()
