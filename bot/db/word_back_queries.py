"""Word back: author and supporters hear what becomes of their problem, a few messages a day at most.

Call it in the transaction of the cause. The first messages of a day go out at once; whatever comes
after them is gathered in one more, which is sent in the evening or, if that is over, the next day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import AT_ONCE
from bot.db.models import Delivery, Muted, Problem, ResidentRow, Supporter
from bot.domain.notices import Failure, NoticeTopic
from bot.domain.problem import Word
from bot.domain.word_back import Turn, day_of, gathering_moment, turn_of

# One word about one problem, and several gathered.
WORD = "problem.word"
WORDS = "problem.words"
# The notice of what is gathered ends with its day.
_GATHERED = "words:"


@dataclass(frozen=True, slots=True)
class _Listener:
    id: int
    is_author: bool
    blocked: bool
    muted: bool
    village_id: int | None


async def save_word(
    db: AsyncConnection,
    problem_id: int,
    word: Word,
    *,
    most_a_day: int,
    facts: Mapping[str, Any] | None = None,
    besides: int | None = None,
    only: Sequence[int] | None = None,
    now: datetime | None = None,
) -> None:
    """Tell the author and the supporters of a problem how far it has come, each once.

    `facts` are what the words need beyond the problem itself, `besides` is a resident who knows already,
    `only` some of its people. Each call is a step of its own: make it only when something has changed.
    """
    moment = now or datetime.now(UTC)
    step, author_id, item = await _take_step(db, problem_id)
    item |= {**(facts or {}), "word": word}
    listeners = await _list_listeners(db, problem_id, author_id, besides, only)
    told = await _count_told(db, [each.id for each in listeners if not _failure(each)], moment)
    singles: list[dict[str, Any]] = []
    for each in listeners:
        own = {**item, "is_author": each.is_author}
        turn = Turn.AT_ONCE if _failure(each) else turn_of(told.get(each.id, 0), most_a_day)
        if turn is Turn.AT_ONCE:
            singles.append(_row(each, f"problem:{problem_id}:{step}", WORD, own, AT_ONCE, moment))
        else:
            await _gather(db, each, own, moment)
    if singles:
        await db.execute(insert(Delivery), singles)


async def _take_step(db: AsyncConnection, problem_id: int) -> tuple[int, int | None, dict[str, Any]]:
    """The number of this step, the author, and the problem as it is told."""
    found = await db.execute(
        update(Problem)
        .where(Problem.id == problem_id)
        .values(step=Problem.step + 1)
        .returning(
            Problem.step,
            Problem.number,
            Problem.author_id,
            Problem.language,
            Problem.text,
            Problem.translation,
        )
    )
    row = found.one()
    wording = [row.text, row.language, row.translation]
    return row.step, row.author_id, {"problem_id": problem_id, "number": row.number, "wording": wording}


async def _list_listeners(
    db: AsyncConnection,
    problem_id: int,
    author_id: int | None,
    besides: int | None,
    only: Sequence[int] | None,
) -> list[_Listener]:
    supporters = select(Supporter.resident_id).where(
        Supporter.problem_id == problem_id, Supporter.resident_id.is_not(None)
    )
    is_concerned: ColumnElement[bool] = ResidentRow.id.in_(supporters)
    if author_id is not None:
        is_concerned = or_(ResidentRow.id == author_id, is_concerned)
    if besides is not None:
        is_concerned &= ResidentRow.id != besides
    if only is not None:
        is_concerned &= ResidentRow.id.in_(only)
    rows = await db.execute(
        select(
            ResidentRow.id,
            ResidentRow.blocked_at,
            ResidentRow.village_id,
            Muted.topic,
        )
        .outerjoin(Muted, (Muted.resident_id == ResidentRow.id) & (Muted.topic == NoticeTopic.PROBLEMS))
        .where(is_concerned)
        .order_by(ResidentRow.id)
        # Two acts that gather words for the same person take turns.
        .with_for_update(of=ResidentRow)
    )
    return [
        _Listener(
            row.id, row.id == author_id, row.blocked_at is not None, row.topic is not None, row.village_id
        )
        for row in rows
    ]


def _failure(listener: _Listener) -> Failure | None:
    """Why this person hears nothing; they get a row all the same, so that the rows add up."""
    if listener.blocked:
        return Failure.BLOCKED
    return Failure.MUTED if listener.muted else None


async def _count_told(db: AsyncConnection, resident_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """How many single words each of them was sent or is to be sent today."""
    begin = day_of(now)
    rows = await db.execute(
        select(Delivery.resident_id, func.count())
        .where(
            Delivery.resident_id.in_(resident_ids),
            Delivery.kind == WORD,
            Delivery.failed_at.is_(None),
            or_(Delivery.sent_at.is_(None), Delivery.sent_at >= begin),
        )
        .group_by(Delivery.resident_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


async def _gather(db: AsyncConnection, listener: _Listener, item: Mapping[str, Any], now: datetime) -> None:
    """Add to what waits for the evening; the first of a day begins it."""
    waiting = (
        await db.execute(
            select(Delivery.id, Delivery.facts).where(
                Delivery.resident_id == listener.id,
                Delivery.kind == WORDS,
                Delivery.sent_at.is_(None),
                Delivery.failed_at.is_(None),
                # What is due may be in a sender's hand: it must not change any more.
                Delivery.due_at > now,
            )
        )
    ).first()
    if waiting:
        items = [*waiting.facts["items"], dict(item)]
        await db.execute(update(Delivery).where(Delivery.id == waiting.id).values(facts={"items": items}))
        return
    found = await db.execute(
        select(func.max(Delivery.notice)).where(Delivery.resident_id == listener.id, Delivery.kind == WORDS)
    )
    last = found.scalar()
    due = gathering_moment(now, date.fromisoformat(last.removeprefix(_GATHERED)) if last else None)
    notice = f"{_GATHERED}{due.date().isoformat()}"
    await db.execute(insert(Delivery), [_row(listener, notice, WORDS, {"items": [dict(item)]}, due, now)])


def _row(
    listener: _Listener, notice: str, kind: str, facts: Mapping[str, Any], due_at: datetime, now: datetime
) -> dict[str, Any]:
    failure = _failure(listener)
    return {
        "notice": notice,
        "resident_id": listener.id,
        "kind": kind,
        "facts": dict(facts),
        "due_at": due_at,
        "village_id": listener.village_id,
        "failed_at": now if failure else None,
        "failure": failure,
    }
