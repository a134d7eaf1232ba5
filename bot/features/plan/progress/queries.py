"""How far measures are: asked, reported, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import broadcast, holders
from bot.db.models import (
    GrantRow,
    MeasureCheck,
    MeasureReport,
    MeasureRow,
    Plan,
    PlanMeasure,
    PlanVersion,
)
from bot.db.queries import Subject, save_journal, upsert_into
from bot.domain.clock import BISHKEK
from bot.domain.paging import Page
from bot.domain.plan import UNFINISHED, MeasureStatus, PlanNotice
from bot.domain.refusals import NotReportedDone
from bot.domain.roles import PLANNERS, Role
from bot.features.plan.answer_queries import follow_progress
from bot.features.plan.measure_digest_queries import save_news
from bot.features.plan.plan_queries import ItemCard, find_item, find_item_of

CHECKS_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """The next measure of the monthly round; `left` counts it and those after it."""

    card: ItemCard
    left: int


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Said to be done; `by_me` is what this person said of it, None for nothing yet."""

    measure_id: int
    number: int
    title: str
    title_other: str
    language: str
    by_me: bool | None

    def title_in(self, language: str) -> str:
        return self.title_other if self.title_other and language != self.language else self.title


def month_of(now: datetime) -> datetime:
    """The first moment of the month by the clock of Bishkek."""
    return now.astimezone(BISHKEK).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _is_asked(version_id: int, now: datetime) -> ColumnElement[bool]:
    """Neither done nor given up, and nobody has said anything of it this month."""
    return (
        (PlanMeasure.version_id == version_id)
        & MeasureRow.status.in_([each.value for each in UNFINISHED])
        & or_(MeasureRow.reported_at.is_(None), MeasureRow.reported_at < month_of(now))
    )


async def find_asked(db: AsyncConnection, version_id: int, after: int, now: datetime) -> Asked | None:
    """The first one whose number is greater than `after`; from the beginning when there is none."""
    asked = select(PlanMeasure.id).join(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
    asked = asked.where(_is_asked(version_id, now)).order_by(PlanMeasure.number).limit(1)
    found = (await db.execute(asked.where(PlanMeasure.number > after))).scalar()
    found = found or (await db.execute(asked)).scalar()
    card = await find_item(db, found) if found else None
    return Asked(card, await count_asked(db, version_id, now)) if card else None


async def count_asked(db: AsyncConnection, version_id: int, now: datetime) -> int:
    counted = (
        select(func.count())
        .select_from(PlanMeasure)
        .join(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
        .where(_is_asked(version_id, now))
    )
    return (await db.execute(counted)).scalar_one()


async def find_card(db: AsyncConnection, measure_id: int, *, lock: bool = False) -> ItemCard | None:
    """A measure in the newest version that holds it."""
    if lock:
        await db.execute(select(MeasureRow.id).where(MeasureRow.id == measure_id).with_for_update())
    item_id = await find_item_of(db, measure_id)
    return await find_item(db, item_id) if item_id else None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody adds to a report: any of the three."""

    note: str | None = None
    photo_file_id: str | None = None
    spent: int | None = None


async def save_status(
    db: AsyncConnection, card: ItemCard, status: MeasureStatus, now: datetime, *, by: int, most_a_day: int
) -> bool:
    """Whether the measure stands elsewhere now. The card is locked.

    The same again in the same month adds no report; the first of a month says that it is still true.
    """
    measure_id = _measure_id(card)
    is_new = card.status is not status
    if is_new or not _is_of_this_month(card, now):
        await _save_report(db, measure_id, status, by, now)
    if not is_new:
        return False
    await save_journal(
        db,
        "measure.reported",
        by=by,
        of=Subject(card.version.municipality_id, measure_id),
        before=card.status,
        after=status,
    )
    await follow_progress(db, measure_id, now, by=by, most_a_day=most_a_day)
    await save_news(db, measure_id, news_of(card, status), besides=by, now=now)
    return True


def _is_of_this_month(card: ItemCard, now: datetime) -> bool:
    return bool(card.reports) and card.reports[0].at >= month_of(now)


def _measure_id(card: ItemCard) -> int:
    if card.measure_id is None:
        raise NotReportedDone
    return card.measure_id


async def _save_report(
    db: AsyncConnection, measure_id: int, status: MeasureStatus, by: int, now: datetime
) -> int:
    made = insert(MeasureReport).values(measure_id=measure_id, at=now, made_by=by, status=status)
    report_id = int((await db.execute(made.returning(MeasureReport.id))).scalar_one())
    await db.execute(
        update(MeasureRow).where(MeasureRow.id == measure_id).values(status=status, reported_at=now)
    )
    return report_id


async def save_said(db: AsyncConnection, card: ItemCard, said: Said, by: int, now: datetime) -> None:
    """Add to the report of this month; the first of a month says that the status is still true."""
    measure_id = _measure_id(card)
    if _is_of_this_month(card, now):
        report_id = card.reports[0].id
    else:
        report_id = await _save_report(db, measure_id, card.status, by, now)
    values = {name: value for name, value in _values(said).items() if value is not None}
    await db.execute(update(MeasureReport).where(MeasureReport.id == report_id).values(**values))
    if said.spent is not None:
        await db.execute(update(MeasureRow).where(MeasureRow.id == measure_id).values(spent=said.spent))
    await save_journal(
        db, "measure.noted", by=by, of=Subject(card.version.municipality_id, measure_id), after=sorted(values)
    )
    await save_news(db, measure_id, news_of(card, card.status, said.note), besides=by, now=now)


def _values(said: Said) -> dict[str, Any]:
    return {"note": said.note, "photo_file_id": said.photo_file_id, "spent": said.spent}


def news_of(card: ItemCard, status: MeasureStatus, note: str | None = None) -> dict[str, Any]:
    """What a follower is told."""
    measure = card.measure
    return {
        "number": measure.number,
        "title": [measure.title, card.version.language, measure.title_other],
        "status": status,
        "note": note,
    }


def _checked_by(resident_id: int) -> ScalarSelect[bool]:
    """What a person has answered to the newest report on a measure; NULL when nothing."""
    report = (
        select(func.max(MeasureReport.id))
        .where(MeasureReport.measure_id == MeasureRow.id)
        .correlate(MeasureRow)
        .scalar_subquery()
    )
    return (
        select(MeasureCheck.agrees)
        .where(MeasureCheck.report_id == report, MeasureCheck.made_by == resident_id)
        .correlate(MeasureRow)
        .scalar_subquery()
    )


async def list_unchecked(
    db: AsyncConnection, version_id: int | None, resident_id: int, wanted: int
) -> tuple[Sequence[Unchecked], Page]:
    """A page of what is said to be done, what this person has not checked first.

    Without a plan, its `version_id` is None, and nothing is found.
    """
    mine = _checked_by(resident_id)
    done = (PlanMeasure.version_id == version_id) & (MeasureRow.status == MeasureStatus.DONE)
    of_plan = select(PlanMeasure.id).join(MeasureRow, MeasureRow.id == PlanMeasure.measure_id).where(done)
    total = (await db.execute(select(func.count()).select_from(of_plan.subquery()))).scalar_one()
    page = Page(total, wanted, CHECKS_A_PAGE)
    rows = await db.execute(
        select(
            MeasureRow.id,
            PlanMeasure.number,
            PlanMeasure.title,
            PlanMeasure.title_other,
            PlanVersion.language,
            mine.label("mine"),
        )
        .join(PlanMeasure, PlanMeasure.measure_id == MeasureRow.id)
        .join(PlanVersion, PlanVersion.id == PlanMeasure.version_id)
        .where(done)
        .order_by(mine.is_not(None), PlanMeasure.number)
        .limit(page.limit)
        .offset(page.offset)
    )
    found = [
        Unchecked(row.id, row.number, row.title, row.title_other, row.language, row.mine) for row in rows
    ]
    return found, page


async def save_check(db: AsyncConnection, card: ItemCard, by: int, now: datetime, *, agrees: bool) -> None:
    """What one person of the monitoring group says of the last report; they may change their mind."""
    report, measure_id = _report_of_done(card), _measure_id(card)
    check = upsert_into(db, MeasureCheck).values(
        measure_id=measure_id, report_id=report, made_by=by, at=now, agrees=agrees
    )
    await db.execute(
        check.on_conflict_do_update(
            index_elements=[MeasureCheck.report_id, MeasureCheck.made_by],
            set_={"agrees": agrees, "at": now},
        )
    )
    await save_journal(
        db, "measure.checked", by=by, of=Subject(card.version.municipality_id, measure_id), after=agrees
    )
    if not agrees:
        await _tell_planners(db, card, f"check:{report}:{by}", None)


def _report_of_done(card: ItemCard) -> int:
    if card.status is not MeasureStatus.DONE or not card.reports:
        raise NotReportedDone
    return card.reports[0].id


async def save_proof(db: AsyncConnection, card: ItemCard, said: Said, by: int) -> None:
    """Words or a photo for what this person has said already."""
    report = _report_of_done(card)
    values = {name: value for name, value in _values(said).items() if value is not None and name != "spent"}
    changed = await db.execute(
        update(MeasureCheck)
        .where(MeasureCheck.report_id == report, MeasureCheck.made_by == by)
        .values(**values)
        .returning(MeasureCheck.agrees)
    )
    row = changed.first()
    if row is None:
        raise NotReportedDone
    if not row.agrees:
        await _tell_planners(db, card, f"check:{report}:{by}:said", said.note)


async def _tell_planners(db: AsyncConnection, card: ItemCard, notice: str, words: str | None) -> None:
    await broadcast(
        db,
        notice=notice,
        municipality_id=card.version.municipality_id,
        kind=PlanNotice.CONTRADICTED,
        facts={**news_of(card, card.status, words), "measure_id": card.measure_id},
        to=holders(card.version.municipality_id, *PLANNERS),
        topic=None,
    )


async def save_round_reminder(
    db: AsyncConnection, municipality_id: int, plan_id: int, facts: Mapping[str, Any], today: date
) -> bool:
    """Remind the officers of the monthly round, once a month; whether it was done now."""
    return await broadcast(
        db,
        notice=f"plan:{plan_id}:round:{today:%Y-%m}",
        municipality_id=municipality_id,
        kind=PlanNotice.ROUND,
        facts={**facts, "municipality_id": municipality_id},
        to=holders(municipality_id, Role.OFFICER),
        topic=None,
    )


async def list_planned_municipalities(db: AsyncConnection, today: date) -> list[int]:
    """Those that have had a plan for this year at some time, and somebody to ask."""
    officers = exists().where(
        GrantRow.municipality_id == Plan.municipality_id,
        GrantRow.role == Role.OFFICER,
        GrantRow.withdrawn_at.is_(None),
    )
    rows = await db.execute(
        select(Plan.municipality_id)
        .where(Plan.first_year <= today.year, Plan.last_year >= today.year - 1, officers)
        .distinct()
    )
    return sorted(rows.scalars())
