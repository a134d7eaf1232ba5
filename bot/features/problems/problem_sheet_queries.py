"""Problems with what planning needs of them: the record, how many stand behind it, its state."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.models import Problem, ProblemNote, Supporter, Topic as TopicRow, Village as VillageRow
from bot.domain.places import Name
from bot.domain.problem import DeclineReason, Hidden, ProblemStatus, Wording
from bot.features.problems.problem_queries import Note, hidden_of, is_outside


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """One line of a list for planning. Who reported it is not part of it.

    Of a hidden problem there are no words but the reason: lists are printed and passed on.
    """

    id: int
    number: int
    wording: Wording
    village: Name
    topic: Name | None
    who: str | None
    causes: str | None
    consequences: str | None
    supporters: int
    is_outside_competence: bool
    status: ProblemStatus
    decline_reason: DeclineReason | None
    decline_words: str | None
    outcome_words: str | None
    # The number of the problem that speaks for this one since they were merged.
    merged_into: int | None
    created_at: datetime
    notes: tuple[Note, ...] = ()
    hidden: Hidden | None = None


async def list_records(db: AsyncConnection, *conditions: Any) -> list[ProblemRecord]:
    """Those that meet the conditions, by their numbers, in two statements."""
    notes = defaultdict(list)
    noted = select(Problem.id).where(*conditions)
    for row in await db.execute(
        select(ProblemNote.problem_id, ProblemNote.at, ProblemNote.text)
        .where(ProblemNote.problem_id.in_(noted))
        .order_by(ProblemNote.at, ProblemNote.id)
    ):
        notes[row.problem_id].append(Note(row.at, row.text))
    rows = await db.execute(_records().where(*conditions).order_by(Problem.number))
    return [_record(row, tuple(notes[row.id])) for row in rows]


def _records() -> Select[*tuple[Any, ...]]:
    speaker = aliased(Problem)
    supporters = (
        select(Supporter.problem_id, func.count().label("many")).group_by(Supporter.problem_id).subquery()
    )
    return (
        select(
            Problem.__table__,
            VillageRow.name_ky,
            VillageRow.name_ru,
            TopicRow.short_ky,
            TopicRow.short_ru,
            TopicRow.within_lsg_competence,
            speaker.number.label("merged_into"),
            func.coalesce(supporters.c.many, 0).label("supporters"),
        )
        .join(VillageRow, VillageRow.id == Problem.village_id)
        .outerjoin(TopicRow, TopicRow.id == Problem.topic_id)
        .outerjoin(speaker, speaker.id == Problem.merged_into_id)
        .outerjoin(supporters, supporters.c.problem_id == Problem.id)
    )


def _record(row: Any, notes: tuple[Note, ...]) -> ProblemRecord:
    hidden = hidden_of(row)
    whole = Wording(
        row.text, row.language, row.translation, row.original, is_removed=row.erased_at is not None
    )
    return ProblemRecord(
        id=row.id,
        number=row.number,
        wording=Wording("", row.language) if hidden else whole,
        village=Name(row.name_ky, row.name_ru),
        topic=Name(row.short_ky, row.short_ru) if row.topic_id else None,
        who=None if hidden else row.who,
        causes=None if hidden else row.causes,
        consequences=None if hidden else row.consequences,
        supporters=row.supporters,
        is_outside_competence=is_outside(row.is_outside_competence, row.within_lsg_competence),
        status=ProblemStatus(row.status),
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
        decline_words=row.decline_words,
        outcome_words=None if hidden else row.outcome_words,
        merged_into=row.merged_into,
        created_at=row.created_at,
        notes=() if hidden else notes,
        hidden=hidden,
    )
