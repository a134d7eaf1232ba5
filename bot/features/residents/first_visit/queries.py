"""Storing a resident, and what the home screen tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Attendance,
    BallotRow,
    Draft,
    Hearing as HearingRow,
    HearingVillage,
    Municipality as MunicipalityRow,
    Pick,
    Problem,
    ResidentRow,
    Round,
    Village as VillageRow,
)
from bot.db.queries import OpenRound, upsert_into
from bot.domain.hearing import HearingKind, HearingStatus, Wording
from bot.domain.places import Name
from bot.domain.roles import Resident
from bot.features.problems.public import is_public


@dataclass(frozen=True, slots=True)
class NextHearing:
    """The next hearing for those of a resident's village; `is_coming` is None until they said."""

    id: int
    kind: HearingKind
    topic: Wording
    starts_at: datetime
    place: str
    is_coming: bool | None


@dataclass(frozen=True, slots=True)
class Home:
    """What a resident finds when they come home; `picked` counts their choices in the open vote."""

    municipality: Name
    village: Name
    published: int
    has_draft: bool
    round: OpenRound | None
    picked: int
    hearing: NextHearing | None = None
    # Something was written that may be a problem: it waits for a yes or no.
    has_offer: bool = False


async def save_language(db: AsyncConnection, telegram_id: int, language: str, now: datetime) -> None:
    values = {"telegram_id": telegram_id, "language": language, "created_at": now}
    statement = upsert_into(db, ResidentRow).values(**values)
    await db.execute(
        statement.on_conflict_do_update(
            index_elements=[ResidentRow.telegram_id], set_={"language": statement.excluded.language}
        )
    )


async def save_stranger(
    db: AsyncConnection, telegram_id: int, language: str, municipality_id: int, now: datetime
) -> None:
    """Remember which municipality's link a stranger came by, until they have chosen a language."""
    await save_language(db, telegram_id, language, now)
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.telegram_id == telegram_id, ResidentRow.municipality_id.is_(None))
        .values(municipality_id=municipality_id)
    )


async def save_municipality(
    db: AsyncConnection, resident_id: int, municipality_id: int, now: datetime
) -> None:
    """Settle in a municipality; the village is chosen anew when it is another one.

    Only residents vote: whoever moves leaves the open votes of other municipalities. The person is held
    first, so that a vote of theirs at the same moment is withdrawn here, or refused after this.
    """
    await db.execute(select(ResidentRow.id).where(ResidentRow.id == resident_id).with_for_update())
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, ResidentRow.municipality_id.is_distinct_from(municipality_id))
        .values(municipality_id=municipality_id, village_id=None)
    )
    await db.execute(
        update(ResidentRow).where(ResidentRow.id == resident_id).values(awaiting=None, awaiting_id=None)
    )
    await _withdraw_ballots(db, resident_id, municipality_id, now)


async def _withdraw_ballots(
    db: AsyncConnection, resident_id: int, municipality_id: int, now: datetime
) -> None:
    """The picks go with the ballot. The rounds are held as by a tap: what a closed one has counted stays."""
    elsewhere = (
        select(BallotRow.id)
        .join(Round, Round.id == BallotRow.round_id)
        .where(
            BallotRow.resident_id == resident_id,
            Round.municipality_id != municipality_id,
            Round.closed_at.is_(None),
            Round.closes_at > now,
        )
        .with_for_update(read=True, of=Round)
    )
    ballots = (await db.execute(elsewhere)).scalars().all()
    await db.execute(delete(BallotRow).where(BallotRow.id.in_(ballots)))


async def save_village(db: AsyncConnection, resident_id: int, municipality_id: int, village_id: int) -> bool:
    """Whether the village belongs to the municipality, in which they still live, and so was stored."""
    belongs = exists().where(VillageRow.id == village_id, VillageRow.municipality_id == municipality_id)
    lives_there = (ResidentRow.id == resident_id) & (ResidentRow.municipality_id == municipality_id)
    done = await db.execute(update(ResidentRow).where(lives_there, belongs).values(village_id=village_id))
    return done.rowcount > 0


async def save_agreement(db: AsyncConnection, resident_id: int, now: datetime) -> None:
    await db.execute(
        update(ResidentRow)
        .where(ResidentRow.id == resident_id, ResidentRow.agreed_at.is_(None))
        .values(agreed_at=now)
    )


async def find_home(db: AsyncConnection, resident: Resident, now: datetime) -> Home | None:
    """Everything on the home screen."""
    row = (await db.execute(_home_of(resident, now))).first()
    if row is None:
        return None
    return Home(
        municipality=Name(row.name_ky, row.name_ru),
        village=Name(row.village_ky, row.village_ru),
        published=row.published,
        has_draft=row.has_draft,
        round=OpenRound(row.round_id, row.picks, row.closes_at) if row.round_id else None,
        picked=row.picked or 0,
        hearing=await find_next_hearing(db, resident, now),
        has_offer=row.has_offer,
    )


async def find_next_hearing(db: AsyncConnection, resident: Resident, now: datetime) -> NextHearing | None:
    """Hearings for other villages only are left out."""
    invited = select(HearingVillage.village_id).where(HearingVillage.hearing_id == HearingRow.id)
    row = (
        await db.execute(
            select(HearingRow.__table__, Attendance.is_coming)
            .outerjoin(
                Attendance,
                (Attendance.hearing_id == HearingRow.id) & (Attendance.resident_id == resident.id),
            )
            .where(
                HearingRow.municipality_id == resident.municipality_id,
                HearingRow.status == HearingStatus.ANNOUNCED,
                HearingRow.starts_at > now,
                ~exists(invited) | exists(invited.where(HearingVillage.village_id == resident.village_id)),
            )
            .order_by(HearingRow.starts_at, HearingRow.id)
            .limit(1)
        )
    ).first()
    if row is None:
        return None
    return NextHearing(
        row.id,
        HearingKind(row.kind),
        Wording(row.topic_ky, row.topic_ru),
        row.starts_at,
        row.place or "",
        row.is_coming,
    )


def _home_of(resident: Resident, now: datetime) -> Select[*tuple[Any, ...]]:
    published = select(func.count()).where(Problem.municipality_id == resident.municipality_id, is_public())
    picked = (
        select(func.count())
        .select_from(Pick)
        .join(BallotRow, BallotRow.id == Pick.ballot_id)
        .where(BallotRow.round_id == Round.id, BallotRow.resident_id == resident.id)
    )
    own, is_begun = Draft.resident_id == resident.id, Draft.step != "offered"
    is_open = Round.closed_at.is_(None) & (Round.closes_at > now)
    return (
        select(
            MunicipalityRow.name_ky,
            MunicipalityRow.name_ru,
            VillageRow.name_ky.label("village_ky"),
            VillageRow.name_ru.label("village_ru"),
            published.scalar_subquery().label("published"),
            exists().where(own, is_begun).label("has_draft"),
            exists().where(own, ~is_begun | Draft.offered.is_not(None)).label("has_offer"),
            Round.id.label("round_id"),
            Round.picks,
            Round.closes_at,
            picked.correlate(Round).scalar_subquery().label("picked"),
        )
        .select_from(MunicipalityRow)
        .join(VillageRow, VillageRow.id == resident.village_id)
        .outerjoin(Round, (Round.municipality_id == MunicipalityRow.id) & is_open)
        .where(MunicipalityRow.id == resident.municipality_id)
    )
