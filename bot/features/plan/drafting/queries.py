"""Writing plans: a draft, its items, its adoption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    MeasureLink,
    MeasureRow,
    Plan,
    PlanComment,
    PlanMeasure,
    PlanProblem,
    PlanProblemVillage,
    PlanVersion,
    Problem,
    ResidentRow,
)
from bot.db.queries import (
    Subject,
    list_topic_names,
    list_villages,
    lock_municipality,
    save_journal,
    upsert_into,
)
from bot.domain.paging import Page
from bot.domain.places import Name
from bot.domain.plan import Measure, PlannedProblem, PlanText, Resolution, numbered
from bot.features.plan.drafting.rows import Known
from bot.features.plan.plan_queries import (
    ItemCard,
    Summary,
    Version,
    count_comments,
    find_current,
    find_draft,
    find_measure_ids,
    find_summary,
    find_text,
    list_problem_ids,
    measure_values,
    save_text,
)
from bot.features.problems.public import is_public

COMMENTS_A_PAGE = 6
_NOT_RESOLVED: dict[str, None] = dict.fromkeys(("resolution", "resolved_on", "chair", "scan_file_id"))


@dataclass(frozen=True, slots=True)
class Planning:
    """What those who publish find: the plan in force, a draft, and what waits for them."""

    municipality_id: int
    municipality: Name
    current: Version | None
    summary: Summary | None
    draft: Version | None
    comments: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Comment:
    number: int
    title: str
    text: str
    at: datetime


async def find_known(db: AsyncConnection, municipality_id: int) -> Known:
    """What a file may speak of, with the versions that it may amend: the draft first."""
    versions = [await find_draft(db, municipality_id), await find_current(db, municipality_id)]
    reported = await db.execute(
        select(Problem.number).where(Problem.municipality_id == municipality_id, is_public())
    )
    return Known(
        topics=await list_topic_names(db),
        villages=await list_villages(db, municipality_id),
        reported=set(reported.scalars()),
        before=[await find_text(db, each) for each in versions if each],
    )


async def save_draft(
    db: AsyncConnection, municipality_id: int, text: PlanText, by: int, now: datetime
) -> int:
    """Put a text into the working draft, which is begun if there is none; return its number."""
    await lock_municipality(db, municipality_id)
    plan_id, last_measure = await _find_plan(db, municipality_id, text, now)
    numbers = [measure.number for _problem, measure in text.measures()]
    problem_numbers = [problem.number for problem in text.problems]
    last_problem = await _last_problem(db, plan_id)
    text = numbered(text, max([last_problem, *problem_numbers]), max([last_measure, *numbers]))
    draft = await find_draft(db, municipality_id)
    values = {"plan_id": plan_id, "title": text.title, "language": text.language, "created_by": by}
    # Nobody reads what was just sent before it is shown to them, nor is it what the council spoke of.
    anew: dict[str, Any] = {"shown_at": None, **_NOT_RESOLVED}
    if draft is None:
        begun = insert(PlanVersion).values(municipality_id=municipality_id, created_at=now, **values)
        version_id = int((await db.execute(begun.returning(PlanVersion.id))).scalar_one())
    else:
        version_id = draft.id
        await _empty(db, version_id)
        if draft.plan_id != plan_id:
            # Of other years: the numbers that opinions were given on now mean other measures.
            await db.execute(delete(PlanComment).where(PlanComment.version_id == version_id))
        await db.execute(update(PlanVersion).where(PlanVersion.id == version_id).values(**values, **anew))
    await save_text(db, version_id, text, await find_measure_ids(db, plan_id))
    await save_journal(
        db,
        "plan.drafted",
        by=by,
        of=Subject(municipality_id),
        problems=len(text.problems),
        measures=len(numbers),
    )
    return version_id


async def _find_plan(
    db: AsyncConnection, municipality_id: int, text: PlanText, now: datetime
) -> tuple[int, int]:
    """The plan for these years, with the last number of a measure; made if there is none."""
    years = {"first_year": text.first_year, "last_year": text.last_year}
    made = upsert_into(db, Plan).values(municipality_id=municipality_id, created_at=now, **years)
    await db.execute(made.on_conflict_do_nothing())
    row = (
        await db.execute(
            select(Plan.id, Plan.last_measure).where(
                Plan.municipality_id == municipality_id,
                Plan.first_year == text.first_year,
                Plan.last_year == text.last_year,
            )
        )
    ).one()
    return row.id, row.last_measure


async def _last_problem(db: AsyncConnection, plan_id: int) -> int:
    last = (
        select(func.max(PlanProblem.number))
        .join(PlanVersion, PlanVersion.id == PlanProblem.version_id)
        .where(PlanVersion.plan_id == plan_id)
    )
    return int((await db.execute(last)).scalar() or 0)


async def _empty(db: AsyncConnection, version_id: int) -> None:
    of_version = select(PlanProblem.id).where(PlanProblem.version_id == version_id)
    await db.execute(delete(PlanMeasure).where(PlanMeasure.version_id == version_id))
    await db.execute(delete(PlanProblemVillage).where(PlanProblemVillage.plan_problem_id.in_(of_version)))
    await db.execute(delete(PlanProblem).where(PlanProblem.version_id == version_id))


async def begin_draft(db: AsyncConnection, version: Version, by: int, now: datetime) -> int:
    """A draft with the same words as the plan in force, to be changed by little."""
    return await save_draft(db, version.municipality_id, await find_text(db, version), by, now)


async def drop_draft(db: AsyncConnection, version: Version, by: int) -> None:
    await db.execute(delete(PlanComment).where(PlanComment.version_id == version.id))
    await _empty(db, version.id)
    await db.execute(delete(PlanVersion).where(PlanVersion.id == version.id))
    await save_journal(db, "plan.dropped", by=by, of=Subject(version.municipality_id))


async def find_copy(db: AsyncConnection, version_id: int, number: int) -> int | None:
    """The item of a draft that has this number."""
    return (
        await db.execute(
            select(PlanMeasure.id).where(PlanMeasure.version_id == version_id, PlanMeasure.number == number)
        )
    ).scalar()


async def add_measure(db: AsyncConnection, beside: ItemCard, measure: Measure) -> int:
    """Put one more measure into the draft, last of those for the same problem; return the item's number."""
    own = PlanMeasure.version_id == beside.version.id
    problem_id, place = await _end_of_problem(db, beside)
    await db.execute(
        update(PlanMeasure).where(own, PlanMeasure.place > place).values(place=PlanMeasure.place + 1)
    )
    measure = replace(measure, number=await _next_number(db, beside.version))
    values = measure_values(beside.problem, measure, None)
    added = insert(PlanMeasure).values(
        version_id=beside.version.id, plan_problem_id=problem_id, place=place + 1, **values
    )
    await _unresolve(db, beside.version.id)
    return int((await db.execute(added.returning(PlanMeasure.id))).scalar_one())


async def _unresolve(db: AsyncConnection, version_id: int) -> None:
    """The council adopted the words as they were before."""
    await db.execute(update(PlanVersion).where(PlanVersion.id == version_id).values(**_NOT_RESOLVED))


async def _next_number(db: AsyncConnection, version: Version) -> int:
    """One that no measure of the plan has had, nor what opinions were given on."""
    here = select(func.max(PlanMeasure.number)).where(PlanMeasure.version_id == version.id)
    spoken_of = select(func.max(PlanComment.number)).where(PlanComment.version_id == version.id)
    last = select(Plan.last_measure, here.scalar_subquery(), spoken_of.scalar_subquery())
    used = (await db.execute(last.where(Plan.id == version.plan_id))).one()
    return max(each or 0 for each in used) + 1


async def _end_of_problem(db: AsyncConnection, item: ItemCard) -> tuple[int, int]:
    """The problem of an item, and the place of its last measure."""
    same = select(PlanMeasure.plan_problem_id).where(PlanMeasure.id == item.id).scalar_subquery()
    row = (
        await db.execute(
            select(PlanMeasure.plan_problem_id, func.max(PlanMeasure.place).label("place"))
            .where(PlanMeasure.plan_problem_id == same)
            .group_by(PlanMeasure.plan_problem_id)
        )
    ).one()
    return row.plan_problem_id, row.place


async def save_measure(
    db: AsyncConnection, item: ItemCard, problem: PlannedProblem, measure: Measure
) -> None:
    values = measure_values(problem, measure, item.measure_id)
    await db.execute(update(PlanMeasure).where(PlanMeasure.id == item.id).values(**values))
    await _unresolve(db, item.version.id)


async def save_problem(
    db: AsyncConnection, version_id: int, problem: PlannedProblem, values: Mapping[str, Any]
) -> None:
    await db.execute(
        update(PlanProblem)
        .where(PlanProblem.version_id == version_id, PlanProblem.number == problem.number)
        .values(**values)
    )


async def remove_measure(db: AsyncConnection, version: Version, number: int) -> None:
    """Take a measure out of the draft; a problem that is left without any goes with its last one."""
    own = (PlanMeasure.version_id == version.id) & (PlanMeasure.number == number)
    problem_id = (await db.execute(select(PlanMeasure.plan_problem_id).where(own))).scalar()
    await db.execute(delete(PlanMeasure).where(own))
    left = await db.execute(select(PlanMeasure.id).where(PlanMeasure.plan_problem_id == problem_id).limit(1))
    if left.first() is None:
        villages = PlanProblemVillage.plan_problem_id == problem_id
        await db.execute(delete(PlanProblemVillage).where(villages))
        await db.execute(delete(PlanProblem).where(PlanProblem.id == problem_id))
    await _unresolve(db, version.id)


async def save_shown(db: AsyncConnection, version: Version, by: int, now: datetime, *, shown: bool) -> bool:
    """Whether this changed anything."""
    if (version.shown_at is not None) == shown:
        return False
    shown_at = now if shown else None
    await db.execute(update(PlanVersion).where(PlanVersion.id == version.id).values(shown_at=shown_at))
    act = "plan.shown" if shown else "plan.hidden"
    await save_journal(db, act, by=by, of=version)
    return True


async def save_resolution(db: AsyncConnection, version_id: int, resolution: Resolution) -> None:
    await db.execute(
        update(PlanVersion)
        .where(PlanVersion.id == version_id)
        .values(resolution=resolution.number, resolved_on=resolution.day, chair=resolution.chair)
    )


async def save_scan(db: AsyncConnection, version_id: int, file_id: str | None, *, is_photo: bool) -> None:
    await db.execute(
        update(PlanVersion)
        .where(PlanVersion.id == version_id)
        .values(scan_file_id=file_id, scan_is_photo=is_photo)
    )


async def save_adopted(db: AsyncConnection, version: Version, by: int, now: datetime) -> int:
    """Make the draft the plan in force; return the number of the version. The draft is locked."""
    number = (
        await db.execute(
            select(func.coalesce(func.max(PlanVersion.number), 0) + 1).where(
                PlanVersion.plan_id == version.plan_id
            )
        )
    ).scalar_one()
    await _save_new_measures(db, version)
    await db.execute(
        update(PlanVersion)
        .where(PlanVersion.id == version.id)
        .values(number=number, adopted_at=now, adopted_by=by)
    )
    await save_journal(db, "plan.adopted", by=by, of=version, number=number)
    return int(number or 1)


async def _save_new_measures(db: AsyncConnection, version: Version) -> None:
    """Each measure that is new gets what it keeps through all later versions."""
    own = PlanMeasure.version_id == version.id
    rows = await db.execute(select(PlanMeasure.number).where(own, PlanMeasure.measure_id.is_(None)))
    new: list[int] = sorted(rows.scalars())
    if not new:
        return
    made = [{"plan_id": version.plan_id, "number": each, "status": "planned"} for each in new]
    await db.execute(insert(MeasureRow), made)
    same = select(MeasureRow.id).where(
        MeasureRow.plan_id == version.plan_id, MeasureRow.number == PlanMeasure.number
    )
    await db.execute(
        update(PlanMeasure)
        .where(own, PlanMeasure.measure_id.is_(None))
        .values(measure_id=same.scalar_subquery())
    )
    await db.execute(
        update(Plan)
        .where(Plan.id == version.plan_id, Plan.last_measure < new[-1])
        .values(last_measure=new[-1])
    )


async def list_named_links(db: AsyncConnection, version: Version) -> list[tuple[int, int]]:
    """Reported problem and measure for every pair that a version names, and that is not linked yet."""
    rows = await db.execute(
        select(PlanMeasure.measure_id, PlanProblem.reported)
        .join(PlanProblem, PlanProblem.id == PlanMeasure.plan_problem_id)
        .where(PlanMeasure.version_id == version.id)
        .order_by(PlanMeasure.place)
    )
    named = [(number, row.measure_id) for row in rows for number in row.reported]
    if not named:
        return []
    ids = await list_problem_ids(db, version.municipality_id, {number for number, _measure in named})
    links = await db.execute(
        select(MeasureLink.problem_id, MeasureLink.measure_id).where(MeasureLink.problem_id.in_(ids.values()))
    )
    there = {(row.problem_id, row.measure_id) for row in links}
    pairs = [(ids[number], measure_id) for number, measure_id in named if number in ids]
    return [pair for pair in dict.fromkeys(pairs) if pair not in there]


async def find_planning(
    db: AsyncConnection, municipality_id: int, municipality: Name, today: date, unanswered: int
) -> Planning:
    current = await find_current(db, municipality_id)
    draft = await find_draft(db, municipality_id)
    return Planning(
        municipality_id=municipality_id,
        municipality=municipality,
        current=current,
        summary=await find_summary(db, current.id, today) if current else None,
        draft=draft,
        comments=await count_comments(db, draft.id) if draft else 0,
        unanswered=unanswered,
    )


async def list_comments(db: AsyncConnection, version_id: int, wanted: int) -> tuple[Sequence[Comment], Page]:
    """A page, in the order of the plan, the newest of each measure first; nobody's name."""
    page = Page(await count_comments(db, version_id), wanted, COMMENTS_A_PAGE)
    rows = await db.execute(
        select(PlanComment.number, PlanMeasure.title, PlanComment.text, PlanComment.at)
        .outerjoin(
            PlanMeasure,
            (PlanMeasure.version_id == PlanComment.version_id) & (PlanMeasure.number == PlanComment.number),
        )
        .where(PlanComment.version_id == version_id)
        .order_by(PlanComment.number, PlanComment.id.desc())
        .limit(page.limit)
        .offset(page.offset)
    )
    return [Comment(row.number, row.title or "", row.text, row.at) for row in rows], page


async def count_recipients(db: AsyncConnection, municipality_id: int) -> int:
    counted = select(func.count()).where(
        ResidentRow.municipality_id == municipality_id,
        ResidentRow.agreed_at.is_not(None),
        ResidentRow.village_id.is_not(None),
        ResidentRow.blocked_at.is_(None),
    )
    return (await db.execute(counted)).scalar_one()
