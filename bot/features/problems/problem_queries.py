"""A problem with all that belongs to it, as residents and facilitators look at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import (
    Attachment,
    Problem,
    ProblemNote,
    RoundProblem,
    Supporter,
    Topic as TopicRow,
    Village as VillageRow,
)
from bot.domain.places import Name, Topic, Village
from bot.domain.problem import (
    PUBLIC,
    DeclineReason,
    Hidden,
    HideReason,
    Media,
    MediaKind,
    ProblemStatus,
    Purpose,
    Wording,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A dated correction beside a wording that a vote has shown."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """A problem with all that a resident may see; who reported it is not part of it."""

    id: int
    number: int
    wording: Wording
    village: Village
    topic: Topic | None
    who: str | None
    status: ProblemStatus
    decline_reason: DeclineReason | None
    decline_words: str | None
    # Those that residents are shown, and those that are kept for the facilitator and the author.
    attachments: int
    supporters: int = 0
    is_outside_competence: bool = False
    # The number and the id of the problem that speaks for this one since they were merged.
    merged_into: int | None = None
    merged_into_id: int | None = None
    # How many problems this one speaks for.
    merged: int = 0
    outcome_words: str | None = None
    is_confirmed: bool = False
    notes: tuple[Note, ...] = ()
    kept_back: int = 0
    # Why it is hidden, while it is: then its author and its facilitators alone may read it.
    hidden: Hidden | None = None

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC


def worded(language: str | BindParameter[str]) -> ColumnElement[str]:
    """The wording of a problem for any resident who reads this language; nothing of a hidden one."""
    return case((Problem.status == ProblemStatus.HIDDEN, ""), else_=worded_for_its_people(language))


# Beside `worded`, for the readers of votes: what stands in the place of a hidden text.
WHY_HIDDEN = (Problem.hidden_reason, Problem.hidden_words)


def hidden_of(row: Any) -> Hidden | None:
    """Of a row with the columns of `WHY_HIDDEN`, which are empty unless the problem is hidden."""
    return Hidden(HideReason(row.hidden_reason), row.hidden_words) if row.hidden_reason else None


def worded_for_its_people(language: str | BindParameter[str]) -> ColumnElement[str]:
    """The same for its author and the facilitators, who read a hidden problem too."""
    is_translated = (Problem.language != language) & Problem.translation.is_not(None)
    return case((is_translated, Problem.translation), else_=Problem.text)


async def find_card(db: AsyncConnection, *conditions: Any) -> ProblemCard | None:
    """The one problem that meets the conditions, with all that belongs to it."""
    row = (await db.execute(_CARD.where(*conditions))).first()
    if row is None:
        return None
    return ProblemCard(
        id=row.id,
        number=row.number,
        wording=Wording(
            row.text, row.language, row.translation, row.original, is_removed=row.erased_at is not None
        ),
        village=Village(row.village_id, Name(row.name_ky, row.name_ru)),
        topic=Topic(row.topic_id, Name(row.short_ky, row.short_ru), row.emoji) if row.topic_id else None,
        who=row.who,
        status=ProblemStatus(row.status),
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
        decline_words=row.decline_words,
        attachments=row.attachments,
        supporters=row.supporters,
        is_outside_competence=is_outside(row.is_outside_competence, row.within_lsg_competence),
        merged_into=row.merged_into,
        merged_into_id=row.merged_into_id,
        merged=row.merged,
        outcome_words=row.outcome_words,
        is_confirmed=row.is_confirmed,
        notes=await _list_notes(db, row.id),
        kept_back=row.kept_back,
        hidden=hidden_of(row),
    )


def _attached(*, is_public: bool) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            Attachment.problem_id == Problem.id,
            Attachment.purpose == Purpose.REPORT,
            Attachment.is_public.is_(is_public),
        )
        .correlate(Problem)
        .scalar_subquery()
    )


_speaker, _merged = aliased(Problem), aliased(Problem)
_CARD: Select[*tuple[Any, ...]] = (
    select(
        Problem.__table__,
        VillageRow.name_ky,
        VillageRow.name_ru,
        TopicRow.short_ky,
        TopicRow.short_ru,
        TopicRow.emoji,
        TopicRow.within_lsg_competence,
        _speaker.number.label("merged_into"),
        select(func.count())
        .where(Supporter.problem_id == Problem.id)
        .correlate(Problem)
        .scalar_subquery()
        .label("supporters"),
        select(func.count())
        .where(_merged.merged_into_id == Problem.id)
        .correlate(Problem)
        .scalar_subquery()
        .label("merged"),
        _attached(is_public=True).label("attachments"),
        _attached(is_public=False).label("kept_back"),
    )
    .join(VillageRow, VillageRow.id == Problem.village_id)
    .outerjoin(TopicRow, TopicRow.id == Problem.topic_id)
    .outerjoin(_speaker, _speaker.id == Problem.merged_into_id)
)


async def _list_notes(db: AsyncConnection, problem_id: int) -> tuple[Note, ...]:
    rows = await db.execute(
        select(ProblemNote.at, ProblemNote.text)
        .where(ProblemNote.problem_id == problem_id)
        .order_by(ProblemNote.id)
    )
    return tuple(Note(row.at, row.text) for row in rows)


def is_outside(said: bool | None, topic_is_within: bool | None) -> bool:  # two columns
    """As the facilitator says; as the topic says while nobody has."""
    return topic_is_within is False if said is None else said


async def list_attachments(
    db: AsyncConnection, problem_id: int, purpose: Purpose = Purpose.REPORT, *, kept_back: bool = False
) -> list[Media]:
    """What residents may see of it; with `kept_back` also what only the desk and the author may."""
    chosen = select(Attachment.kind, Attachment.file_id, Attachment.latitude, Attachment.longitude).where(
        Attachment.problem_id == problem_id, Attachment.purpose == purpose
    )
    if not kept_back:
        chosen = chosen.where(Attachment.is_public)
    rows = await db.execute(chosen.order_by(Attachment.id))
    return [Media(MediaKind(row.kind), row.file_id, row.latitude, row.longitude) for row in rows]


async def find_whether_frozen(db: AsyncConnection, problem_id: int) -> bool:
    """Whether a vote has shown it: from then on its wording stays. Ask with the municipality locked."""
    shown = select(RoundProblem.round_id).where(RoundProblem.problem_id == problem_id).limit(1)
    return (await db.execute(shown)).first() is not None
