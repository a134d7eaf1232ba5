"""What a person leaves behind, and taking them out of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.db.forgotten_queries import save_memories
from bot.db.models import (
    Attachment,
    Attendance,
    BallotCode,
    BallotRow,
    Base,
    Delivery,
    Draft,
    GrantRow,
    Inquiry,
    Municipality as MunicipalityRow,
    Pick,
    Problem,
    ProblemNote,
    Question,
    QuestionDraft,
    ResidentRow,
    Round,
    RoundProblem,
    Supporter,
)
from bot.db.queries import Subject, save_journal
from bot.db.silence_queries import save_silences_kept
from bot.domain.notices import Failure
from bot.domain.number_hashes import DIGITS, NumberHashes
from bot.domain.places import Name
from bot.domain.problem import ProblemStatus, Purpose
from bot.domain.roles import Resident, Role
from bot.domain.word_back import day_of
from bot.features.problems.public import WORD, is_public


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person would leave behind, and what would go with them, in numbers.

    `wordless` are reports that nobody but their author could put into words, `bare` are those that lose
    their photo and voice.
    """

    reports: int
    bare: int
    wordless: int
    supported: int
    picks: int
    answers: int
    questions: int
    drafts: int
    roles: Sequence[tuple[Role, Name]] = ()


async def find_traces(db: AsyncConnection, resident_id: int, now: datetime) -> Traces:
    def counted(chosen: Select[Any]) -> ColumnElement[int]:
        return chosen.scalar_subquery()

    def of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return counted(select(func.count()).where(condition))

    mine, wordless = Problem.author_id == resident_id, _is_wordless(resident_id)
    picks = select(func.count()).where(Pick.ballot_id.in_(_open_ballots(resident_id, now)))
    row = (
        await db.execute(
            select(
                of(mine & ~wordless).label("reports"),
                of(mine & ~wordless & _is_hidden() & _has_media()).label("bare"),
                of(wordless).label("wordless"),
                of(Supporter.resident_id == resident_id).label("supported"),
                counted(picks).label("picks"),
                of(Attendance.resident_id == resident_id).label("answers"),
                of(Question.author_id == resident_id).label("questions"),
                of(Draft.resident_id == resident_id).label("drafts"),
                of(QuestionDraft.resident_id == resident_id).label("question_drafts"),
            )
        )
    ).one()
    return Traces(
        reports=row.reports,
        bare=row.bare,
        wordless=row.wordless,
        supported=row.supported,
        picks=row.picks,
        answers=row.answers,
        questions=row.questions,
        drafts=row.drafts + row.question_drafts,
        roles=[(role, name) for role, _id, name in await _list_roles(db, resident_id)],
    )


async def find_since(db: AsyncConnection, resident_id: int, *, lock: bool = False) -> int | None:
    """The millisecond in which this person came; `lock` keeps everybody from adding anything to them."""
    chosen = select(ResidentRow.created_at).where(ResidentRow.id == resident_id)
    came = (await db.execute(chosen.with_for_update() if lock else chosen)).scalar()
    return int(came.timestamp() * 1000) if came else None


async def save_forgotten(
    db: AsyncConnection, resident: Resident, since: int, hashes: NumberHashes, now: datetime
) -> bool:
    """Whether this very person was still here, and so was taken out of everything."""
    resident_id, telegram_id = resident.id, resident.telegram_id
    # First of all: an act of theirs that is at work is waited for, and one that begins now fails.
    if await find_since(db, resident_id, lock=True) != since:
        return False
    number_hash, today = hashes.of_forgotten(telegram_id), day_of(now)
    await save_memories(db, number_hash, resident_id, now, today=today, word=WORD)
    await save_silences_kept(db, resident_id, number_hash)
    await _withdraw_ballots(db, resident_id, now)
    await _let_go_of_codes(db, hashes, telegram_id)
    await _silence(db, resident_id, now)
    await _give_back_roles(db, resident_id)
    await _empty_reports(db, resident_id)
    await _unsay(db, resident_id, now)
    await _take_out(db, resident_id)
    await db.execute(delete(ResidentRow).where(ResidentRow.id == resident_id))
    return True


async def _withdraw_ballots(db: AsyncConnection, resident_id: int, now: datetime) -> None:
    """From open votes only: what a closed one has counted stays counted. The picks go with the ballot."""
    # The rounds are held as by a tap: closing waits for it.
    ballots = await db.execute(_open_ballots(resident_id, now).with_for_update(read=True, of=Round))
    await db.execute(delete(BallotRow).where(BallotRow.id.in_(ballots.scalars().all())))


async def _let_go_of_codes(db: AsyncConnection, hashes: NumberHashes, telegram_id: int) -> None:
    """The codes of votes whose ballots are cut stay in their lists, and are nobody's."""
    cut = (await db.execute(select(Round.id).where(Round.cut_at.is_not(None)))).scalars()
    for each in cut:
        mine = (BallotCode.round_id == each, BallotCode.voter_hash == hashes.of_voter(each, telegram_id))
        await db.execute(update(BallotCode).where(*mine).values(voter_hash=secrets.token_hex(DIGITS // 2)))


async def _silence(db: AsyncConnection, resident_id: int, now: datetime) -> None:
    """Nothing more is sent, and what was told is no longer known; the rows stay, for they are counted."""
    await _unsend(db, Delivery.resident_id == resident_id, now)


async def _give_back_roles(db: AsyncConnection, resident_id: int) -> None:
    for role, municipality_id, _name in await _list_roles(db, resident_id):
        await save_journal(db, "role.returned", by=None, of=Subject(municipality_id), role=role)


async def _list_roles(db: AsyncConnection, resident_id: int) -> list[tuple[Role, int, Name]]:
    rows = await db.execute(
        select(GrantRow.role, GrantRow.municipality_id, MunicipalityRow.name_ky, MunicipalityRow.name_ru)
        .join(MunicipalityRow, MunicipalityRow.id == GrantRow.municipality_id)
        .where(GrantRow.resident_id == resident_id, GrantRow.withdrawn_at.is_(None))
        .order_by(GrantRow.id)
    )
    return [(Role(row.role), row.municipality_id, Name(row.name_ky, row.name_ru)) for row in rows]


async def _empty_reports(db: AsyncConnection, resident_id: int) -> None:
    """What nobody else has seen loses its photo and voice; a report that was nothing else goes entirely."""
    hidden = select(Problem.id).where(Problem.author_id == resident_id, _is_hidden())
    wordless = (await db.execute(select(Problem.id).where(_is_wordless(resident_id)))).scalars().all()
    await db.execute(delete(Attachment).where(Attachment.problem_id.in_(hidden)))
    for table in (Inquiry, ProblemNote, Supporter):
        await db.execute(delete(table).where(table.problem_id.in_(wordless)))
    await db.execute(delete(Problem).where(Problem.id.in_(wordless)))


async def _unsay(db: AsyncConnection, resident_id: int, now: datetime) -> None:
    """What this person said about themselves, or to a few only."""
    reports = select(Problem.id).where(Problem.author_id == resident_id)
    asked = await db.execute(select(Inquiry.id).where(Inquiry.problem_id.in_(reports)))
    # What was answered to a facilitator stands in what the facilitator was told, too.
    await _unsend(db, Delivery.notice.in_([f"inquiry:{each}:answered" for each in asked.scalars()]), now)
    await db.execute(update(Inquiry).where(Inquiry.problem_id.in_(reports)).values(answer=None))
    # Of what they sent, residents are shown the report alone; a reopened problem needs its proof.
    private = Attachment.purpose.not_in([Purpose.REPORT, Purpose.UNSOLVED])
    await db.execute(delete(Attachment).where(Attachment.problem_id.in_(reports), private))
    await db.execute(update(Supporter).where(Supporter.resident_id == resident_id).values(words=None))
    await db.execute(update(Question).where(Question.author_id == resident_id).values(signed=None))
    await db.execute(update(Problem).where(Problem.held_by == resident_id).values(held_until=None))


async def _unsend(db: AsyncConnection, told: ColumnElement[bool], now: datetime) -> None:
    await db.execute(
        update(Delivery)
        .where(told, Delivery.sent_at.is_(None), Delivery.failed_at.is_(None))
        .values(failed_at=now, failure=Failure.FORGOTTEN)
    )
    await db.execute(update(Delivery).where(told).values(facts={}))


async def _take_out(db: AsyncConnection, resident_id: int) -> None:
    """Every table that names a resident: what cannot be without one goes, the rest stays without a name."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is not ResidentRow.__table__:
                continue
            theirs = key.parent == resident_id
            if key.parent.nullable:
                await db.execute(update(table).where(theirs).values({key.parent: None}))
            else:
                await db.execute(delete(table).where(theirs))


def _open_ballots(resident_id: int, now: datetime) -> Select[Any]:
    return (
        select(BallotRow.id)
        .join(Round, Round.id == BallotRow.round_id)
        .where(
            BallotRow.resident_id == resident_id,
            Round.closed_at.is_(None),
            Round.closes_at > now,
        )
    )


def _is_hidden() -> ColumnElement[bool]:
    """Whether residents cannot read the problem, or cannot yet."""
    return ~is_public()


def _has_media() -> ColumnElement[bool]:
    return exists().where(Attachment.problem_id == Problem.id)


def _is_wordless(resident_id: int) -> ColumnElement[bool]:
    """An unpublished report without a word, in which nobody else has a part."""
    other = aliased(Problem)
    of_others = or_(
        exists().where(
            Supporter.problem_id == Problem.id, Supporter.resident_id.is_distinct_from(resident_id)
        ),
        exists().where(other.merged_into_id == Problem.id),
        exists().where(RoundProblem.problem_id == Problem.id),
    )
    return (
        (Problem.author_id == resident_id)
        & (Problem.text == "")
        & Problem.status.in_([ProblemStatus.SUBMITTED, ProblemStatus.DECLINED])
        & ~of_others
    )
