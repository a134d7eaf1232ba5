"""What readers of the plan see, follow and say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.forgotten_queries import remembered
from bot.db.models import MeasureFollower, MeasureRow, PlanComment, PlanMeasure
from bot.db.queries import upsert_into
from bot.domain.forgotten import Remembered
from bot.domain.paging import Page
from bot.domain.plan import Measure, MeasureStatus, PlannedProblem, PlanText
from bot.domain.plan_changes import Change, changes
from bot.domain.refusals import NotShown, TooManyComments
from bot.domain.roles import PLANNERS, Resident
from bot.features.plan.plan_queries import (
    Item,
    Summary,
    Version,
    count_items,
    find_before,
    find_summary,
    find_text,
    find_version,
    in_direction,
    in_status,
    in_village,
    late_on,
    list_items,
    list_problem_ids,
)
from bot.features.plan.reading.callbacks import View
from bot.i18n import current_language

MEASURES_A_PAGE = 6
MOST_FOUND = 8
MOST_COMMENTS = 20
STATUSES = list(MeasureStatus)


@dataclass(frozen=True, slots=True)
class Overview:
    version: Version
    summary: Summary
    has_older: bool = False
    draft: Version | None = None


@dataclass(frozen=True, slots=True)
class MeasurePage:
    version: Version
    view: View
    key: int
    items: Sequence[Item]
    page: Page


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with all its words and how far each measure is, by number."""

    version: Version
    text: PlanText
    summary: Summary
    progress: Mapping[int, tuple[MeasureStatus, int | None]]

    def status(self, measure: Measure) -> MeasureStatus:
        return self.progress.get(measure.number, (MeasureStatus.PLANNED, None))[0]

    def spent(self, measure: Measure) -> int | None:
        return self.progress.get(measure.number, (MeasureStatus.PLANNED, None))[1]

    def title(self, measure: Measure) -> str:
        """In the reader's language, where the plan has it."""
        is_other = measure.title_other and current_language() != self.version.language
        return measure.title_other if is_other else measure.title

    def problem_title(self, problem: PlannedProblem) -> str:
        is_other = problem.title_other and current_language() != self.version.language
        return problem.title_other if is_other else problem.title


async def readable(db: AsyncConnection, resident: Resident, version_id: int) -> Version | None:
    """What was adopted is open to all; a draft to those who publish, and once shown to its residents."""
    version = await find_version(db, version_id)
    if version is not None:
        require_readable(resident, version)
    return version


def require_readable(resident: Resident, version: Version) -> None:
    if not version.is_draft or resident.is_one_of(PLANNERS, version.municipality_id):
        return
    if version.shown_at is None or resident.municipality_id != version.municipality_id:
        raise NotShown


def condition(view: View, key: int, today: date) -> list[ColumnElement[bool]]:
    if view is View.DIRECTION:
        return [in_direction(key)]
    if view is View.VILLAGE:
        return [in_village(key)]
    if view is View.STATUS:
        return [in_status(STATUSES[key % len(STATUSES)])]
    return [late_on(today)] if view is View.LATE else []


async def find_page(
    db: AsyncConnection, version: Version, view: View, key: int, wanted: int, today: date
) -> MeasurePage:
    conditions = condition(view, key, today)
    page = Page(await count_items(db, version.id, conditions), wanted, MEASURES_A_PAGE)
    items = await list_items(db, version.id, conditions, limit=page.limit, offset=page.offset)
    return MeasurePage(version, view, key, items, page)


async def is_following(db: AsyncConnection, resident_id: int, measure_id: int) -> bool:
    found = select(MeasureFollower.measure_id).where(
        MeasureFollower.measure_id == measure_id, MeasureFollower.resident_id == resident_id
    )
    return (await db.execute(found)).first() is not None


async def save_follower(db: AsyncConnection, resident_id: int, measure_id: int, *, on: bool) -> None:
    if on:
        values = {"measure_id": measure_id, "resident_id": resident_id}
        await db.execute(upsert_into(db, MeasureFollower).values(**values).on_conflict_do_nothing())
        return
    await db.execute(
        delete(MeasureFollower).where(
            MeasureFollower.measure_id == measure_id, MeasureFollower.resident_id == resident_id
        )
    )


async def require_comments_left(
    db: AsyncConnection, version_id: int, resident: Resident, now: datetime
) -> None:
    """Those count, too, that they wrote before they were forgotten and came back."""
    own = select(func.count()).where(
        PlanComment.version_id == version_id, PlanComment.resident_id == resident.id
    )
    earlier = remembered(resident.number_hash, Remembered.COMMENTS, version_id, now=now)
    if (await db.execute(select(own.scalar_subquery() + earlier))).scalar_one() >= MOST_COMMENTS:
        raise TooManyComments(MOST_COMMENTS)


async def save_comment(
    db: AsyncConnection, version_id: int, number: int, resident: Resident, text: str, now: datetime
) -> None:
    await require_comments_left(db, version_id, resident, now)
    await db.execute(
        insert(PlanComment).values(
            version_id=version_id, number=number, resident_id=resident.id, text=text, at=now
        )
    )


async def find_changes(db: AsyncConnection, version: Version) -> Sequence[Change]:
    """From the version before; none where it is the first."""
    before = await find_before(db, version)
    if before is None:
        return ()
    return changes(await find_text(db, before), await find_text(db, version))


async def _with_public_numbers(db: AsyncConnection, version: Version, text: PlanText) -> PlanText:
    """The text as it is given away: it names reported problems only while they are public."""
    named = {number for problem in text.problems for number in problem.reported}
    public = await list_problem_ids(db, version.municipality_id, named) if named else {}
    problems = [
        replace(each, reported=tuple(number for number in each.reported if number in public))
        for each in text.problems
    ]
    return replace(text, problems=tuple(problems))


async def find_whole(db: AsyncConnection, version: Version, today: date) -> Whole:
    rows = await db.execute(
        select(PlanMeasure.number, MeasureRow.status, MeasureRow.spent)
        .join(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
        .where(PlanMeasure.version_id == version.id)
    )
    progress = {row.number: (MeasureStatus(row.status), row.spent) for row in rows}
    text = await _with_public_numbers(db, version, await find_text(db, version))
    return Whole(version, text, await find_summary(db, version.id, today), progress)
