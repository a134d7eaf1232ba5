"""The desk: what waits, what of it a facilitator has before them, and the verdicts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Attachment,
    GrantRow,
    Municipality as MunicipalityRow,
    Problem,
    ResidentRow,
    Round,
    SilenceRow,
    Supporter,
    Topic as TopicRow,
    Village as VillageRow,
)
from bot.domain.inquiry import BEYOND_ASKING
from bot.domain.moderation import (
    HOLD,
    Narrowing,
)
from bot.domain.places import Name, Topic
from bot.domain.problem import PUBLIC, DeclineReason, ProblemStatus
from bot.domain.roles import Role
from bot.features.problems.inquiry_queries import Inquiries, find_inquiries
from bot.features.problems.problem_queries import ProblemCard, find_card

# Of what supporters had begun to write themselves, so much is shown.
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """What is to be done in one municipality; `round_id` is its latest vote."""

    municipality_id: int
    municipality: Name
    waiting: int
    published: int
    round_id: int | None
    round_is_open: bool
    village: Name | None = None
    topic: Topic | None = None
    # Of those that wait, how many there are in the village and on the topic that the queue is narrowed to.
    narrowed: int = 0
    reopened: int = 0
    hidden: int = 0

    @property
    def is_narrowed(self) -> bool:
        return self.village is not None or self.topic is not None


@dataclass(frozen=True, slots=True)
class Holder:
    """The facilitator who has a problem before them, by their Telegram number, and since when."""

    telegram_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A problem as it lies on the desk. `holder` is somebody else."""

    card: ProblemCard
    municipality_id: int
    author_id: int | None
    decided_by: int | None
    created_at: datetime
    holder: Holder | None = None
    words: tuple[str, ...] = ()
    inquiries: Inquiries = field(default_factory=Inquiries)
    # Until when its author may write nothing here; of their other problems this one tells nothing.
    muted_until: datetime | None = None
    # Whether there is any file or place with it, whatever for.
    has_media: bool = False

    @property
    def id(self) -> int:
        """The problem's."""
        return self.card.id

    @property
    def can_be_asked(self) -> bool:
        """Whether there is an author, and still something to ask them."""
        return self.author_id is not None and self.card.status not in BEYOND_ASKING


@dataclass(frozen=True, slots=True)
class Share:
    """How many reports wait in one village or on one topic."""

    id: int
    name: Name
    waiting: int
    emoji: str = ""


def _select_desk(municipality_id: int, narrowing: Narrowing) -> Select[*tuple[Any, ...]]:
    def counted(*which: ColumnElement[bool]) -> ScalarSelect[int]:
        return (
            select(func.count()).where(Problem.municipality_id == municipality_id, *which).scalar_subquery()
        )

    latest = select(func.max(Round.id)).where(Round.municipality_id == municipality_id).scalar_subquery()
    waits = Problem.status == ProblemStatus.SUBMITTED
    return (
        select(
            MunicipalityRow.name_ky,
            MunicipalityRow.name_ru,
            counted(waits).label("waiting"),
            counted(waits, *_within(narrowing)).label("narrowed"),
            counted(Problem.status.in_(PUBLIC)).label("published"),
            counted(Problem.status == ProblemStatus.REOPENED).label("reopened"),
            counted(Problem.status == ProblemStatus.HIDDEN).label("hidden"),
            Round.id.label("round_id"),
            Round.closes_at,
            Round.closed_at,
        )
        .select_from(MunicipalityRow)
        .outerjoin(Round, Round.id == latest)
        .where(MunicipalityRow.id == municipality_id)
    )


async def find_desk(
    db: AsyncConnection, municipality_id: int, narrowing: Narrowing, now: datetime
) -> Desk | None:
    row = (await db.execute(_select_desk(municipality_id, narrowing))).first()
    if row is None:
        return None
    is_open = row.round_id is not None and row.closed_at is None and row.closes_at > now
    return Desk(
        municipality_id=municipality_id,
        municipality=Name(row.name_ky, row.name_ru),
        waiting=row.waiting,
        published=row.published,
        round_id=row.round_id,
        round_is_open=is_open,
        village=await _find_village(db, narrowing.village_id),
        topic=await _find_topic(db, narrowing.topic_id),
        narrowed=row.narrowed,
        reopened=row.reopened,
        hidden=row.hidden,
    )


def _within(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrowing.village_id is not None:
        found.append(Problem.village_id == narrowing.village_id)
    if narrowing.topic_id is not None:
        found.append(Problem.topic_id == narrowing.topic_id)
    return found


async def _find_village(db: AsyncConnection, village_id: int | None) -> Name | None:
    if village_id is None:
        return None
    row = (
        await db.execute(select(VillageRow.name_ky, VillageRow.name_ru).where(VillageRow.id == village_id))
    ).one()
    return Name(row.name_ky, row.name_ru)


async def _find_topic(db: AsyncConnection, topic_id: int | None) -> Topic | None:
    if topic_id is None:
        return None
    row = (
        await db.execute(
            select(TopicRow.short_ky, TopicRow.short_ru, TopicRow.emoji).where(TopicRow.id == topic_id)
        )
    ).one()
    return Topic(topic_id, Name(row.short_ky, row.short_ru), row.emoji)


async def list_shares_of_villages(db: AsyncConnection, municipality_id: int) -> list[Share]:
    """The villages where reports wait, the most first."""
    rows = await db.execute(
        select(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru, func.count().label("waiting"))
        .join(Problem, Problem.village_id == VillageRow.id)
        .where(Problem.municipality_id == municipality_id, Problem.status == ProblemStatus.SUBMITTED)
        .group_by(VillageRow.id, VillageRow.name_ky, VillageRow.name_ru)
        .order_by(func.count().desc(), VillageRow.id)
    )
    return [Share(row.id, Name(row.name_ky, row.name_ru), row.waiting) for row in rows]


async def list_shares_of_topics(db: AsyncConnection, municipality_id: int) -> list[Share]:
    """The topics on which reports wait, the most first."""
    rows = await db.execute(
        select(
            TopicRow.id,
            TopicRow.short_ky,
            TopicRow.short_ru,
            TopicRow.emoji,
            func.count().label("waiting"),
        )
        .join(Problem, Problem.topic_id == TopicRow.id)
        .where(Problem.municipality_id == municipality_id, Problem.status == ProblemStatus.SUBMITTED)
        .group_by(TopicRow.id, TopicRow.short_ky, TopicRow.short_ru, TopicRow.emoji)
        .order_by(func.count().desc(), TopicRow.id)
    )
    return [Share(row.id, Name(row.short_ky, row.short_ru), row.waiting, row.emoji) for row in rows]


async def find_narrowing(db: AsyncConnection, resident_id: int, municipality_id: int) -> Narrowing:
    row = (
        await db.execute(
            select(GrantRow.queue_village_id, GrantRow.queue_topic_id).where(
                *_facilitates(resident_id, municipality_id)
            )
        )
    ).first()
    return Narrowing(row.queue_village_id, row.queue_topic_id) if row else Narrowing()


async def save_narrowing(
    db: AsyncConnection, resident_id: int, municipality_id: int, narrowing: Narrowing
) -> None:
    await db.execute(
        update(GrantRow)
        .where(*_facilitates(resident_id, municipality_id))
        .values(queue_village_id=narrowing.village_id, queue_topic_id=narrowing.topic_id)
    )


def _facilitates(resident_id: int, municipality_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        GrantRow.resident_id == resident_id,
        GrantRow.municipality_id == municipality_id,
        GrantRow.role == Role.FACILITATOR,
        GrantRow.withdrawn_at.is_(None),
    )


async def save_next_held(
    db: AsyncConnection,
    municipality_id: int,
    after: int,
    narrowing: Narrowing,
    resident_id: int,
    now: datetime,
) -> int | None:
    """Hold the oldest free report behind `after`, or the oldest of all when there is none behind it."""
    free = or_(Problem.held_by.is_(None), Problem.held_until <= now, Problem.held_by == resident_id)
    found = await db.execute(
        select(Problem.id)
        .where(
            Problem.municipality_id == municipality_id,
            Problem.status == ProblemStatus.SUBMITTED,
            free,
            *_within(narrowing),
        )
        .order_by(Problem.id <= after, Problem.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    problem_id = found.scalar_one_or_none()
    await save_freed(db, resident_id, besides=problem_id)
    if problem_id is not None:
        await save_held(db, problem_id, resident_id, now)
    return problem_id


async def save_held(
    db: AsyncConnection, problem_id: int, resident_id: int, now: datetime, *, take_over: bool = False
) -> bool:
    """Whether this facilitator has it now; `take_over` takes it from whoever had it."""
    taking = update(Problem).where(Problem.id == problem_id)
    if not take_over:
        taking = taking.where(
            or_(Problem.held_by.is_(None), Problem.held_until <= now, Problem.held_by == resident_id)
        )
    done = await db.execute(taking.values(held_by=resident_id, held_until=now + HOLD))
    return done.rowcount > 0


async def save_freed(db: AsyncConnection, resident_id: int, *, besides: int | None = None) -> None:
    """Give back what this facilitator has before them."""
    freeing = update(Problem).where(Problem.held_by == resident_id)
    if besides is not None:
        freeing = freeing.where(Problem.id != besides)
    await db.execute(freeing.values(held_by=None, held_until=None))


async def find_report(
    db: AsyncConnection, problem_id: int, now: datetime, *, reader: int | None = None, lock: bool = False
) -> Report | None:
    """`reader` is the facilitator who looks: they are not somebody else."""
    chosen = (
        select(
            Problem.municipality_id,
            Problem.author_id,
            Problem.decided_by,
            Problem.created_at,
            Problem.held_by,
            Problem.held_until,
            ResidentRow.telegram_id,
            SilenceRow.until,
            exists().where(Attachment.problem_id == Problem.id).label("has_media"),
        )
        .outerjoin(ResidentRow, ResidentRow.id == Problem.held_by)
        .outerjoin(SilenceRow, (SilenceRow.problem_id == Problem.id) & SilenceRow.lifted_at.is_(None))
        .where(Problem.id == problem_id)
    )
    row = (await db.execute(chosen.with_for_update(of=Problem) if lock else chosen)).first()
    card = await find_card(db, Problem.id == problem_id) if row else None
    if row is None or card is None:
        return None
    holder = None
    if row.held_by is not None and row.held_by != reader and row.held_until > now:
        holder = Holder(row.telegram_id, row.held_until - HOLD)
    return Report(
        card=card,
        municipality_id=row.municipality_id,
        author_id=row.author_id,
        decided_by=row.decided_by,
        created_at=row.created_at,
        holder=holder,
        words=await _list_words(db, problem_id) if card.supporters else (),
        inquiries=await find_inquiries(db, problem_id),
        muted_until=row.until if row.until and row.until > now else None,
        has_media=row.has_media,
    )


async def _list_words(db: AsyncConnection, problem_id: int) -> tuple[str, ...]:
    """What the latest supporters had begun to write themselves."""
    rows = await db.execute(
        select(Supporter.words)
        .where(Supporter.problem_id == problem_id, Supporter.words.is_not(None))
        .order_by(Supporter.id.desc())
        .limit(MOST_WORDS)
    )
    return tuple(words for words in rows.scalars() if words)


async def save_verdict(
    db: AsyncConnection,
    problem_id: int,
    status: ProblemStatus,
    decided_by: int,
    reason: DeclineReason | None = None,
    words: str | None = None,
    *,
    now: datetime,
) -> bool:
    """Whether this call decided: a problem is decided once, by whoever comes first."""
    done = await db.execute(
        update(Problem)
        .where(Problem.id == problem_id, Problem.status == ProblemStatus.SUBMITTED)
        .values(
            status=status,
            decided_at=now,
            decided_by=decided_by,
            decline_reason=reason,
            decline_words=words,
            held_by=None,
            held_until=None,
        )
    )
    return done.rowcount > 0
