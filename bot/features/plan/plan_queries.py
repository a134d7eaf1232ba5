"""Plans as several features read them: versions, numbers, items of a list, one item with all it has."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import (
    MeasureCheck,
    MeasureLink,
    MeasureReport,
    MeasureRow,
    Municipality as MunicipalityRow,
    Plan,
    PlanComment,
    PlanMeasure,
    PlanProblem,
    PlanProblemVillage,
    PlanVersion,
    Problem,
    Topic as TopicRow,
    Village as VillageRow,
)
from bot.domain.places import Name, Topic, Village
from bot.domain.plan import (
    UNFINISHED,
    Funding,
    Measure,
    MeasureStatus,
    PlannedProblem,
    PlanText,
    Resolution,
    is_late,
)
from bot.domain.problem import ProblemStatus, Wording
from bot.domain.text_folding import fold
from bot.features.problems.public import is_public

# As long as nobody has said anything of a measure, it is planned.
_status = func.coalesce(MeasureRow.status, MeasureStatus.PLANNED.value)
# What stands in the rows of both tables under the same names.
_OF_MEASURE = [each.name for each in fields(Measure)]
_OF_PROBLEM = [each.name for each in fields(PlannedProblem) if each.name not in {"villages", "measures"}]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan without its items; a draft has neither number nor resolution."""

    id: int
    plan_id: int
    municipality_id: int
    slug: str
    municipality: Name
    number: int | None
    title: str
    language: str
    first_year: int
    last_year: int
    resolution: Resolution | None = None
    scan_file_id: str | None = None
    scan_is_photo: bool = False
    shown_at: datetime | None = None
    adopted_at: datetime | None = None
    # A later version of the same plan is in force instead.
    is_replaced: bool = False

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a plan is. Sums are in som; `unpriced` measures have none."""

    counts: Mapping[MeasureStatus, int]
    late: int
    cost: int
    spent: int
    unpriced: int
    by_funding: Sequence[tuple[Funding, int]]

    @property
    def measures(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Share:
    """Of a direction: how many measures it has and how many are done."""

    topic: Topic
    measures: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class Item:
    """A measure in a list. `measure_id` is None for what is new in a draft."""

    id: int
    measure_id: int | None
    number: int
    title: str
    title_other: str
    language: str
    term: str
    due_on: date | None
    status: MeasureStatus
    topic_id: int

    def title_in(self, language: str) -> str:
        return self.title_other if self.title_other and language != self.language else self.title

    def is_late(self, today: date) -> bool:
        return is_late(self.status, self.due_on, today)


@dataclass(frozen=True, slots=True)
class Reported:
    """What was said of how far it is."""

    id: int
    at: datetime
    status: MeasureStatus
    note: str | None
    photo_file_id: str | None
    spent: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """What the monitoring group says of it."""

    at: datetime
    agrees: bool
    note: str | None
    photo_file_id: str | None


@dataclass(frozen=True, slots=True)
class LinkedProblem:
    id: int
    number: int
    wording: Wording
    status: ProblemStatus


@dataclass(frozen=True, slots=True)
class ItemCard:
    """A measure with the problem it answers and all that was said of it since."""

    id: int
    measure_id: int | None
    version: Version
    problem: PlannedProblem
    measure: Measure
    topic: Topic
    villages: Sequence[Name]
    status: MeasureStatus
    spent: int | None = None
    reports: Sequence[Reported] = ()
    checks: Sequence[Check] = ()
    problems: Sequence[LinkedProblem] = ()
    # Numbers of linked problems that are not public any more, for those who keep the plan.
    hidden: Sequence[int] = ()

    @property
    def municipality_id(self) -> int:
        return self.version.municipality_id

    @property
    def photos(self) -> list[str]:
        """Telegram's numbers of them, the newest first."""
        reported = [each.photo_file_id for each in self.reports]
        checked = [each.photo_file_id for each in self.checks]
        return [each for each in (*checked, *reported) if each]


_later = aliased(PlanVersion)
_VERSIONS = (
    select(
        exists()
        .where(_later.plan_id == PlanVersion.plan_id, _later.number > PlanVersion.number)
        .label("is_replaced"),
        PlanVersion.__table__,
        Plan.first_year,
        Plan.last_year,
        MunicipalityRow.slug,
        MunicipalityRow.name_ky,
        MunicipalityRow.name_ru,
    )
    .join(Plan, Plan.id == PlanVersion.plan_id)
    .join(MunicipalityRow, MunicipalityRow.id == PlanVersion.municipality_id)
)


async def find_version(db: AsyncConnection, version_id: int, *, lock: bool = False) -> Version | None:
    chosen = _VERSIONS.where(PlanVersion.id == version_id)
    row = (await db.execute(chosen.with_for_update(of=PlanVersion) if lock else chosen)).first()
    return _version(row) if row else None


async def find_current(db: AsyncConnection, municipality_id: int) -> Version | None:
    """The version in force: the one that was adopted last."""
    found = await list_versions(db, municipality_id, limit=1)
    return found[0] if found else None


async def list_versions(
    db: AsyncConnection, municipality_id: int, *, limit: int | None = None
) -> list[Version]:
    """Those that were adopted, the newest first."""
    rows = await db.execute(
        _VERSIONS.where(PlanVersion.municipality_id == municipality_id, PlanVersion.adopted_at.is_not(None))
        .order_by(PlanVersion.adopted_at.desc(), PlanVersion.id.desc())
        .limit(limit)
    )
    return [_version(row) for row in rows]


async def find_before(db: AsyncConnection, version: Version) -> Version | None:
    """The version of the same plan that this one replaces, or, of a draft, would replace."""
    older = PlanVersion.number < version.number if version.number else PlanVersion.number.is_not(None)
    row = (
        await db.execute(
            _VERSIONS.where(PlanVersion.plan_id == version.plan_id, older)
            .order_by(PlanVersion.number.desc())
            .limit(1)
        )
    ).first()
    return _version(row) if row else None


async def find_draft(db: AsyncConnection, municipality_id: int) -> Version | None:
    row = (
        await db.execute(
            _VERSIONS.where(PlanVersion.municipality_id == municipality_id, PlanVersion.adopted_at.is_(None))
        )
    ).first()
    return _version(row) if row else None


def _version(row: Row[Any]) -> Version:
    resolution = None
    if row.resolution and row.resolved_on:
        resolution = Resolution(row.resolution, row.resolved_on, row.chair or "")
    return Version(
        id=row.id,
        plan_id=row.plan_id,
        municipality_id=row.municipality_id,
        slug=row.slug,
        municipality=Name(row.name_ky, row.name_ru),
        number=row.number,
        title=row.title,
        language=row.language,
        first_year=row.first_year,
        last_year=row.last_year,
        resolution=resolution,
        scan_file_id=row.scan_file_id,
        scan_is_photo=row.scan_is_photo,
        shown_at=row.shown_at,
        adopted_at=row.adopted_at,
        is_replaced=bool(row.is_replaced),
    )


def late_on(today: date) -> ColumnElement[bool]:
    return and_(PlanMeasure.due_on < today, _status.in_([each.value for each in UNFINISHED]))


async def find_summary(db: AsyncConnection, version_id: int, today: date) -> Summary:
    rows = (
        await db.execute(
            select(
                _status.label("status"),
                PlanMeasure.funding,
                func.count().label("measures"),
                func.sum(case((late_on(today), 1), else_=0)).label("late"),
                func.coalesce(func.sum(PlanMeasure.cost), 0).label("cost"),
                func.coalesce(func.sum(MeasureRow.spent), 0).label("spent"),
                func.sum(case((PlanMeasure.cost.is_(None), 1), else_=0)).label("unpriced"),
            )
            .outerjoin(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
            .where(PlanMeasure.version_id == version_id)
            .group_by(_status, PlanMeasure.funding)
        )
    ).all()
    counts = dict.fromkeys(MeasureStatus, 0)
    funding = dict.fromkeys(Funding, 0)
    for row in rows:
        counts[MeasureStatus(row.status)] += row.measures
        funding[Funding(row.funding)] += int(row.cost)
    return Summary(
        counts=counts,
        late=sum(row.late for row in rows),
        cost=sum(int(row.cost) for row in rows),
        spent=sum(int(row.spent) for row in rows),
        unpriced=sum(row.unpriced for row in rows),
        by_funding=sorted(
            ((source, som) for source, som in funding.items() if som), key=lambda each: -each[1]
        ),
    )


async def list_shares(db: AsyncConnection, version_id: int, today: date) -> list[Share]:
    """Every direction of the plan, in the order of the topics."""
    done = case((_status == MeasureStatus.DONE.value, 1), else_=0)
    rows = await db.execute(
        select(
            TopicRow.id,
            TopicRow.short_ky,
            TopicRow.short_ru,
            TopicRow.emoji,
            func.count().label("measures"),
            func.sum(done).label("done"),
            func.sum(case((late_on(today), 1), else_=0)).label("late"),
        )
        .select_from(PlanMeasure)
        .join(PlanProblem, PlanProblem.id == PlanMeasure.plan_problem_id)
        .join(TopicRow, TopicRow.id == PlanProblem.topic_id)
        .outerjoin(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
        .where(PlanMeasure.version_id == version_id)
        .group_by(TopicRow.id, TopicRow.short_ky, TopicRow.short_ru, TopicRow.emoji, TopicRow.place)
        .order_by(TopicRow.place)
    )
    return [
        Share(
            Topic(row.id, Name(row.short_ky, row.short_ru), row.emoji),
            row.measures,
            int(row.done),
            int(row.late),
        )
        for row in rows
    ]


async def list_village_counts(db: AsyncConnection, version_id: int) -> list[tuple[Village, int]]:
    """Villages that problems of the plan name, each with its measures, by their Kyrgyz names."""
    rows = await db.execute(
        select(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru, func.count().label("measures"))
        .select_from(PlanProblem)
        .join(PlanProblemVillage, PlanProblemVillage.plan_problem_id == PlanProblem.id)
        .join(VillageRow, VillageRow.id == PlanProblemVillage.village_id)
        .join(PlanMeasure, PlanMeasure.plan_problem_id == PlanProblem.id)
        .where(PlanProblem.version_id == version_id)
        .group_by(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru)
        .order_by(VillageRow.name_ky)
    )
    return [(Village(row.id, Name(row.name_ky, row.name_ru)), row.measures) for row in rows]


def in_direction(topic_id: int) -> ColumnElement[bool]:
    return PlanProblem.topic_id == topic_id


def in_village(village_id: int) -> ColumnElement[bool]:
    """What names the village, and what names none and so is for all."""
    named = select(PlanProblemVillage.village_id).where(PlanProblemVillage.plan_problem_id == PlanProblem.id)
    return or_(exists(named.where(PlanProblemVillage.village_id == village_id)), ~exists(named))


def in_status(status: MeasureStatus) -> ColumnElement[bool]:
    return _status == status.value


def like(typed: str) -> list[ColumnElement[bool]]:
    """A condition for each word that was typed, by its beginning; none for no words."""
    words = fold(typed).replace("\0", " ").split()[:8]
    stems = [word[:-2] if len(word) > 5 else word for word in words]
    return [PlanMeasure.folded.contains(stem, autoescape=True) for stem in stems]


_ITEMS: Select[*tuple[Any, ...]] = (
    select(
        PlanMeasure.id,
        PlanMeasure.measure_id,
        PlanMeasure.number,
        PlanMeasure.title,
        PlanMeasure.title_other,
        PlanMeasure.term,
        PlanMeasure.due_on,
        PlanVersion.language,
        _status.label("status"),
        PlanProblem.topic_id,
    )
    .join(PlanProblem, PlanProblem.id == PlanMeasure.plan_problem_id)
    .join(PlanVersion, PlanVersion.id == PlanMeasure.version_id)
    .outerjoin(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
)


async def list_items(
    db: AsyncConnection,
    version_id: int,
    conditions: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
    topic_first: int | None = None,
) -> list[Item]:
    """In the order of the plan, or those of a topic before all others."""
    own = [] if topic_first is None else [case((PlanProblem.topic_id == topic_first, 0), else_=1)]
    order = [*own, PlanMeasure.place]
    rows = await db.execute(
        _ITEMS.where(PlanMeasure.version_id == version_id, *conditions)
        .order_by(*order)
        .limit(limit)
        .offset(offset or None)
    )
    return [_item(row) for row in rows]


async def count_items(
    db: AsyncConnection, version_id: int, conditions: Sequence[ColumnElement[bool]] = ()
) -> int:
    counted = (
        select(func.count())
        .select_from(PlanMeasure)
        .join(PlanProblem, PlanProblem.id == PlanMeasure.plan_problem_id)
        .outerjoin(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
        .where(PlanMeasure.version_id == version_id, *conditions)
    )
    return (await db.execute(counted)).scalar_one()


def _item(row: Row[Any]) -> Item:
    return Item(
        id=row.id,
        measure_id=row.measure_id,
        number=row.number,
        title=row.title,
        title_other=row.title_other,
        language=row.language,
        term=row.term,
        due_on=row.due_on,
        status=MeasureStatus(row.status),
        topic_id=row.topic_id,
    )


async def find_item_of(db: AsyncConnection, measure_id: int) -> int | None:
    """The item of a measure in the newest version that holds it, of those adopted."""
    return (
        await db.execute(
            select(PlanMeasure.id)
            .join(PlanVersion, PlanVersion.id == PlanMeasure.version_id)
            .where(PlanMeasure.measure_id == measure_id, PlanVersion.adopted_at.is_not(None))
            .order_by(PlanVersion.adopted_at.desc(), PlanVersion.id.desc())
            .limit(1)
        )
    ).scalar()


def _with_its_topic(plan_problem_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(PlanProblem.__table__, TopicRow.short_ky, TopicRow.short_ru, TopicRow.emoji)
        .join(TopicRow, TopicRow.id == PlanProblem.topic_id)
        .where(PlanProblem.id == plan_problem_id)
    )


async def find_item(db: AsyncConnection, item_id: int) -> ItemCard | None:
    row = (
        await db.execute(
            select(
                PlanMeasure.__table__,
                _status.label("status"),
                MeasureRow.spent,
            )
            .outerjoin(MeasureRow, MeasureRow.id == PlanMeasure.measure_id)
            .where(PlanMeasure.id == item_id)
        )
    ).first()
    if row is None:
        return None
    version = await find_version(db, row.version_id)
    problem = (await db.execute(_with_its_topic(row.plan_problem_id))).one()
    villages = await _list_villages_of(db, row.plan_problem_id)
    if version is None:
        return None
    measure_id = row.measure_id
    return ItemCard(
        id=row.id,
        measure_id=measure_id,
        version=version,
        problem=_problem(problem, tuple(each.id for each in villages), ()),
        measure=_measure(row),
        topic=Topic(problem.topic_id, Name(problem.short_ky, problem.short_ru), problem.emoji),
        villages=[each.name for each in villages],
        status=MeasureStatus(row.status),
        spent=row.spent,
        reports=await list_reports(db, measure_id) if measure_id else (),
        checks=await list_checks(db, measure_id) if measure_id else (),
        problems=await list_linked(db, measure_id) if measure_id else (),
        hidden=await list_hidden_links(db, measure_id) if measure_id else (),
    )


async def _list_villages_of(db: AsyncConnection, plan_problem_id: int) -> list[Village]:
    rows = await db.execute(
        select(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru)
        .join(PlanProblemVillage, PlanProblemVillage.village_id == VillageRow.id)
        .where(PlanProblemVillage.plan_problem_id == plan_problem_id)
        .order_by(VillageRow.name_ky)
    )
    return [Village(row.id, Name(row.name_ky, row.name_ru)) for row in rows]


MOST_REPORTS = 5


async def list_reports(db: AsyncConnection, measure_id: int) -> list[Reported]:
    """The last ones, the newest first."""
    rows = await db.execute(
        select(MeasureReport.__table__)
        .where(MeasureReport.measure_id == measure_id)
        .order_by(MeasureReport.id.desc())
        .limit(MOST_REPORTS)
    )
    return [
        Reported(row.id, row.at, MeasureStatus(row.status), row.note, row.photo_file_id, row.spent)
        for row in rows
    ]


async def list_checks(db: AsyncConnection, measure_id: int) -> list[Check]:
    """Of the last time that it was said to be done, the newest first."""
    last = select(func.max(MeasureReport.id)).where(MeasureReport.measure_id == measure_id).scalar_subquery()
    rows = await db.execute(
        select(MeasureCheck.__table__)
        .where(MeasureCheck.measure_id == measure_id, MeasureCheck.report_id == last)
        .order_by(MeasureCheck.id.desc())
    )
    return [Check(row.at, row.agrees, row.note, row.photo_file_id) for row in rows]


async def list_linked(db: AsyncConnection, measure_id: int) -> list[LinkedProblem]:
    """The public ones; of a joined problem, the one that speaks for it."""
    rows = await db.execute(
        select(
            Problem.id, Problem.number, Problem.text, Problem.language, Problem.translation, Problem.status
        )
        .where(Problem.id.in_(_linked_speakers(measure_id)), is_public())
        .order_by(Problem.number)
    )
    return [
        LinkedProblem(
            row.id,
            row.number,
            Wording(row.text, row.language, row.translation),
            ProblemStatus(row.status),
        )
        for row in rows
    ]


def _linked_speakers(measure_id: int) -> Select[Any]:
    joined = aliased(Problem)
    speaker = func.coalesce(joined.merged_into_id, joined.id)
    linked = select(speaker).join(MeasureLink, MeasureLink.problem_id == joined.id)
    return linked.where(MeasureLink.measure_id == measure_id)


async def list_hidden_links(db: AsyncConnection, measure_id: int) -> list[int]:
    """The numbers of what is linked, and shown to nobody."""
    chosen = select(Problem.number).where(Problem.id.in_(_linked_speakers(measure_id)), ~is_public())
    return list((await db.execute(chosen.order_by(Problem.number))).scalars())


def _measure(row: Row[Any]) -> Measure:
    stored = {name: getattr(row, name) for name in _OF_MEASURE}
    return Measure(**stored | {"funding": Funding(row.funding)})


def _problem(row: Row[Any], villages: tuple[int, ...], measures: tuple[Measure, ...]) -> PlannedProblem:
    stored = {name: getattr(row, name) for name in _OF_PROBLEM}
    return PlannedProblem(
        **stored | {"reported": tuple(row.reported), "villages": villages, "measures": measures}
    )


async def find_text(db: AsyncConnection, version: Version) -> PlanText:
    """The whole of a version, in three statements."""
    problems = (await db.execute(_of(PlanProblem, version.id).order_by(PlanProblem.place))).all()
    measures = (await db.execute(_of(PlanMeasure, version.id).order_by(PlanMeasure.place))).all()
    named = await db.execute(
        select(PlanProblemVillage.plan_problem_id, PlanProblemVillage.village_id)
        .join(PlanProblem, PlanProblem.id == PlanProblemVillage.plan_problem_id)
        .where(PlanProblem.version_id == version.id)
        .order_by(PlanProblemVillage.village_id)
    )
    villages: dict[int, list[int]] = {}
    for row in named:
        villages.setdefault(row.plan_problem_id, []).append(row.village_id)
    within: dict[int, list[Measure]] = {}
    for row in measures:
        within.setdefault(row.plan_problem_id, []).append(_measure(row))
    return PlanText(
        title=version.title,
        language=version.language,
        first_year=version.first_year,
        last_year=version.last_year,
        problems=tuple(
            _problem(row, tuple(villages.get(row.id, ())), tuple(within.get(row.id, ()))) for row in problems
        ),
    )


def _of(table: type[PlanProblem] | type[PlanMeasure], version_id: int) -> Select[Any]:
    return select(table.__table__).where(table.version_id == version_id)


async def save_text(
    db: AsyncConnection, version_id: int, text: PlanText, measure_ids: Mapping[int, int]
) -> None:
    """Write all items of a version that has none; `measure_ids` are those of measures known by number."""
    villages: list[dict[str, int]] = []
    rows: list[dict[str, Any]] = []
    for place, problem in enumerate(text.problems):
        problem_id = await _save_problem(db, version_id, place, problem)
        villages += [{"plan_problem_id": problem_id, "village_id": each} for each in problem.villages]
        for measure in problem.measures:
            rows.append(
                {
                    "version_id": version_id,
                    "plan_problem_id": problem_id,
                    "place": len(rows),
                    **measure_values(problem, measure, measure_ids.get(measure.number)),
                }
            )
    if villages:
        await db.execute(insert(PlanProblemVillage), villages)
    if rows:
        await db.execute(insert(PlanMeasure), rows)


async def _save_problem(db: AsyncConnection, version_id: int, place: int, problem: PlannedProblem) -> int:
    values = {name: getattr(problem, name) for name in _OF_PROBLEM} | {"reported": list(problem.reported)}
    saved = insert(PlanProblem).values(version_id=version_id, place=place, **values)
    return int((await db.execute(saved.returning(PlanProblem.id))).scalar_one())


def measure_values(problem: PlannedProblem, measure: Measure, measure_id: int | None) -> dict[str, Any]:
    """The columns of a measure, with what search looks at."""
    words = (problem.title, problem.title_other, measure.title, measure.title_other)
    return {
        **{name: getattr(measure, name) for name in _OF_MEASURE},
        "measure_id": measure_id,
        "folded": fold(" ".join((*words, measure.responsible))),
    }


async def find_measure_ids(db: AsyncConnection, plan_id: int) -> dict[int, int]:
    """All measures that a plan has had in any adopted version, by their numbers."""
    rows = await db.execute(select(MeasureRow.number, MeasureRow.id).where(MeasureRow.plan_id == plan_id))
    return {row.number: row.id for row in rows}


async def list_problem_ids(
    db: AsyncConnection, municipality_id: int, numbers: Collection[int]
) -> dict[int, int]:
    """Public problems by the numbers residents know them by."""
    rows = await db.execute(
        select(Problem.number, Problem.id).where(
            Problem.municipality_id == municipality_id, Problem.number.in_(numbers), is_public()
        )
    )
    return {row.number: row.id for row in rows}


async def count_comments(db: AsyncConnection, version_id: int) -> int:
    counted = select(func.count()).where(PlanComment.version_id == version_id)
    return (await db.execute(counted)).scalar_one()
