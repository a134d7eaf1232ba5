"""Word back: author and supporters hear what becomes of their problem, a few messages a day at most.

Of what is not public a supporter hears what became of it, and not its words: they stand behind it unread.

Call it in the transaction of the cause. The first messages of a day go out at once; whatever comes
after them is gathered in one more, which is sent in the evening or, if that is over, the next day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import AT_ONCE
from bot.db.forgotten_queries import words_remembered
from bot.db.models import Delivery, Muted, Problem, ResidentRow, Supporter
from bot.domain.notices import Failure, NoticeTopic
from bot.domain.problem import Word
from bot.domain.seeing import was_public
from bot.domain.word_back import Turn, day_of, gathering_moment, turn_of

# One word about one problem, and several gathered.
WORD = "problem.word"
WORDS = "problem.words"
# For the author, and for others only where they may read the problem. A reason is meant for its author.
_FOR_READERS = frozenset({"wording", "reason", "words"})
# The notice of what is gathered ends with its day.
_GATHERED = "words:"


@dataclass(frozen=True, slots=True)
class _Listener:
    id: int
    is_author: bool
    blocked: bool
    muted: bool
    village_id: int | None
    # What a supporter had begun to write.
    words: str | None = None


async def save_word(
    db: AsyncConnection,
    problem_id: int,
    word: Word,
    *,
    most_a_day: int,
    facts: Mapping[str, Any] | None = None,
    besides: int | None = None,
    only: Sequence[int] | None = None,
    now: datetime,
) -> None:
    """Tell the author and the supporters of a problem how far it has come, each once.

    `facts` are what the words need beyond the problem itself, `besides` is a resident who knows already,
    `only` some of its people. Each call is a step of its own: make it only when something has changed.
    """
    step, author_id, item = await _take_step(db, problem_id)
    item |= {**(facts or {}), "word": word}
    # Why a problem is hidden stands publicly in its place; other reasons are for those who may read it.
    kept_back = _FOR_READERS - {"words"} if word is Word.HIDDEN else _FOR_READERS
    unread = {key: value for key, value in item.items() if key not in kept_back}
    listeners = await _list_listeners(db, problem_id, author_id, besides, only)
    told = await _count_told(db, [each.id for each in listeners if not _failure(each)], now)
    singles: list[dict[str, Any]] = []
    for each in listeners:
        own = {**item, "is_author": True} if each.is_author else _as_told(item, unread, each)
        turn = Turn.AT_ONCE if _failure(each) else turn_of(told.get(each.id, 0), most_a_day)
        if turn is Turn.AT_ONCE:
            singles.append(_row(each, f"problem:{problem_id}:{step}", WORD, own, AT_ONCE, now))
        else:
            await _gather(db, each, own, now)
    if singles:
        await db.execute(insert(Delivery), singles)


def _as_told(item: Mapping[str, Any], unread: Mapping[str, Any], listener: _Listener) -> dict[str, Any]:
    """What a supporter is told: of what they may not read, their own words instead of the report's."""
    if item["is_read"]:
        return {**item, "is_author": False}
    return {**unread, "is_author": False, "own_words": listener.words}


def unworded(wording: Sequence[str | None]) -> list[str | None]:
    """What is told of a hidden problem to everybody but its author."""
    return ["", wording[1], None]


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
            Problem.status,
            Problem.status_before,
        )
    )
    row = found.one()
    item = {
        "problem_id": problem_id,
        "number": row.number,
        "wording": [row.text, row.language, row.translation],
        "is_read": was_public(row.status, row.status_before),
    }
    return row.step, row.author_id, item


def concerned(problem_id: int, author_id: int | None) -> ColumnElement[bool]:
    """The author and the supporters of a problem, as a condition on residents."""
    supporters = select(Supporter.resident_id).where(
        Supporter.problem_id == problem_id, Supporter.resident_id.is_not(None)
    )
    is_supporter: ColumnElement[bool] = ResidentRow.id.in_(supporters)
    return is_supporter if author_id is None else or_(ResidentRow.id == author_id, is_supporter)


def _is_to_hear(
    problem_id: int, author_id: int | None, besides: int | None, only: Sequence[int] | None
) -> ColumnElement[bool]:
    is_concerned = concerned(problem_id, author_id)
    if besides is not None:
        is_concerned &= ResidentRow.id != besides
    if only is not None:
        is_concerned &= ResidentRow.id.in_(only)
    return is_concerned


async def _list_listeners(
    db: AsyncConnection,
    problem_id: int,
    author_id: int | None,
    besides: int | None,
    only: Sequence[int] | None,
) -> list[_Listener]:
    rows = await db.execute(
        select(
            ResidentRow.id,
            ResidentRow.blocked_at,
            ResidentRow.village_id,
            Muted.topic,
            Supporter.words,
        )
        .outerjoin(
            Supporter, (Supporter.resident_id == ResidentRow.id) & (Supporter.problem_id == problem_id)
        )
        .outerjoin(Muted, (Muted.resident_id == ResidentRow.id) & (Muted.topic == NoticeTopic.PROBLEMS))
        .where(_is_to_hear(problem_id, author_id, besides, only))
        .order_by(ResidentRow.id)
        # Two acts that gather words for the same person take turns; a tap on a ballot goes its own way, or
        # a result that is published and a late tap would wait for each other for ever.
        .with_for_update(of=ResidentRow, key_share=True)
    )
    return [
        _Listener(
            row.id,
            row.id == author_id,
            row.blocked_at is not None,
            row.topic is not None,
            row.village_id,
            row.words,
        )
        for row in rows
    ]


async def lock_gathered(db: AsyncConnection, who: ColumnElement[bool], people: ColumnElement[bool]) -> None:
    """Nobody gathers more words for `who`, or for `people`, until this act is committed.

    What was gathered is read as a whole and written as a whole. `people` are those of a problem, of whom each
    hears of what comes next: all are held at once, so that no two acts wait for each other.
    """
    # The bound holds for all that is gathered; it lets the index of what waits be used.
    waits = (Delivery.due_at > AT_ONCE) & Delivery.sent_at.is_(None) & Delivery.failed_at.is_(None)
    awaits = ResidentRow.id.in_(select(Delivery.resident_id).where(waits, Delivery.kind == WORDS))
    held = select(ResidentRow.id).where(people | (who & awaits)).order_by(ResidentRow.id)
    await db.execute(held.with_for_update(of=ResidentRow, key_share=True))


def _failure(listener: _Listener) -> Failure | None:
    """Why this person hears nothing; they get a row all the same, so that the rows add up."""
    if listener.blocked:
        return Failure.BLOCKED
    return Failure.MUTED if listener.muted else None


async def _count_told(db: AsyncConnection, resident_ids: Sequence[int], now: datetime) -> dict[int, int]:
    """How many single words each of them was sent or is to be sent today, also before they were forgotten."""
    begin = day_of(now)
    sent: Select[*tuple[Any, ...]] = (
        select(Delivery.resident_id, func.count())
        .where(
            Delivery.resident_id.in_(resident_ids),
            Delivery.kind == WORD,
            Delivery.failed_at.is_(None),
            or_(Delivery.sent_at.is_(None), Delivery.sent_at >= begin),
        )
        .group_by(Delivery.resident_id)
    )
    told: Counter[int] = Counter()
    for resident_id, number in await db.execute(union_all(sent, words_remembered(resident_ids, begin))):
        told[resident_id] += number
    return dict(told)


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
