"""What was told of a problem, or is still to be: its words stand in deliveries as they were when written.

What is hidden must not be told afterwards, and what was taken out of a text must not be left here.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Broadcast, Delivery, Problem, ResidentRow, RoundProblem
from bot.features.problems.inquiry_queries import list_asked
from bot.features.problems.status_notice_queries import (
    WORDS,
    concerned,
    lock_gathered,
    unworded,
)

Facts = dict[str, Any]
# Takes what is told of the problem, and whether it is told to its author or to a facilitator alone.
Rewriting = Callable[[Facts, bool], Facts]


async def save_unworded(db: AsyncConnection, problem_id: int) -> None:
    """What still waits to be told of a hidden problem goes out without its text, but to its author."""
    await save_rewritten(db, problem_id, _without_text, only_waiting=True)


def _without_text(facts: Facts, for_its_people: bool) -> Facts:  # as `Rewriting` says
    if for_its_people or "wording" not in facts:
        return facts
    return {**facts, "wording": unworded(facts["wording"])}


async def save_rewritten(
    db: AsyncConnection, problem_id: int, rewriting: Rewriting, *, only_waiting: bool = False
) -> None:
    """Rewrite whatever holds words of this problem; a message about several has a part for each."""
    problem = (
        await db.execute(
            select(Problem.number, Problem.step, Problem.municipality_id, Problem.author_id).where(
                Problem.id == problem_id
            )
        )
    ).one()
    changed = [
        {"delivery_id": row.id, "rewritten": facts}
        for row in await _list_told(db, problem_id, problem)
        if not (only_waiting and (row.sent_at or row.failed_at))
        and (facts := _rewritten(row.facts, problem_id, rewriting)) != row.facts
    ]
    if changed:
        anew = update(Delivery).where(Delivery.id == bindparam("delivery_id"))
        await db.execute(anew.values(facts=bindparam("rewritten", type_=Delivery.facts.type)), changed)
    await _save_broadcasts(db, problem_id, problem, rewriting)


async def _list_told(
    db: AsyncConnection, problem_id: int, problem: Row[int, int, int, int | None]
) -> Sequence[Row[Any]]:
    """One message for each step, what was asked and answered, and what was gathered for an evening."""
    asked = await list_asked(db, problem_id)
    notices = [f"problem:{problem_id}:{step}" for step in range(1, problem.step + 1)]
    notices += [f"inquiry:{each}:{part}" for each in asked for part in ("asked", "answered")]
    # Its people may live elsewhere by now.
    people = concerned(problem_id, problem.author_id)
    is_near = (ResidentRow.municipality_id == problem.municipality_id) | people
    await lock_gathered(db, is_near, people)
    near = select(ResidentRow.id).where(is_near)
    gathered = (Delivery.kind == WORDS) & Delivery.resident_id.in_(near)
    columns = (Delivery.id, Delivery.facts, Delivery.sent_at, Delivery.failed_at)
    return (await db.execute(select(*columns).where(or_(Delivery.notice.in_(notices), gathered)))).all()


def _rewritten(facts: Facts, problem_id: int, rewriting: Rewriting) -> Facts:
    """Facts are empty for whoever was forgotten."""
    if "items" not in facts:
        return rewriting(facts, facts.get("is_author", True)) if facts else facts
    items = [
        rewriting(each, each.get("is_author", True)) if each.get("problem_id") == problem_id else each
        for each in facts["items"]
    ]
    return {**facts, "items": items}


async def _save_broadcasts(
    db: AsyncConnection, problem_id: int, problem: Row[int, int, int, int | None], rewriting: Rewriting
) -> None:
    """What its facilitators were told by its author, and all voters once a vote had its answers."""
    rounds = await db.execute(select(RoundProblem.round_id).where(RoundProblem.problem_id == problem_id))
    notices = [f"round:{each}:answered" for each in rounds.scalars()]
    notices += [f"problem:{problem_id}:reopened:{step}" for step in range(problem.step + 1)]
    told = await db.execute(select(Broadcast.id, Broadcast.facts).where(Broadcast.notice.in_(notices)))
    for row in told.all():
        facts = _rewritten_for_many(row.facts, problem.number, rewriting)
        if facts != row.facts:
            await db.execute(update(Broadcast).where(Broadcast.id == row.id).values(facts=facts))


def _rewritten_for_many(facts: Facts, number: int, rewriting: Rewriting) -> Facts:
    if "items" not in facts:
        return rewriting(facts, True)  # as `Rewriting` says
    items = [rewriting(each, False) if each["number"] == number else each for each in facts["items"]]
    return {**facts, "items": items}
