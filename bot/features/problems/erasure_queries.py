"""Erasing what was said in a problem that was declined long ago. Its number, place and reason stay."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Attachment, Delivery, Inquiry, JournalEntry, Problem, ProblemNote, Supporter
from bot.db.queries import Subject, save_journal
from bot.domain.moderation import Line
from bot.domain.notices import Failure
from bot.domain.problem import ProblemStatus
from bot.features.problems.inquiry_queries import list_asked
from bot.features.problems.status_notice_queries import WORDS

# In the details of an act of the journal, instead of the words that it told.
REMOVED = "removed"
# The acts that tell what a line of a problem said before and says after.
_ACTS_WITH_WORDS = [f"problem.{line}" for line in Line]


async def save_erased(db: AsyncConnection, days: int, now: datetime) -> int:
    """Erase what was declined `days` days ago or earlier; return how many problems."""
    due = await _lock_due(db, now - timedelta(days=days))
    for row in due:
        await _erase(db, row, now)
    return len(due)


async def _lock_due(db: AsyncConnection, before: datetime) -> Sequence[Any]:
    """Declined problems, and with them those that were joined to one: nobody else speaks for these."""
    is_due = (
        (Problem.status == ProblemStatus.DECLINED)
        & Problem.erased_at.is_(None)
        & (Problem.decided_at <= before)
    )
    columns = (Problem.id, Problem.municipality_id, Problem.author_id, Problem.language, Problem.step)
    declined = (await db.execute(select(*columns).where(is_due).with_for_update())).all()
    spoken_for = select(*columns).where(
        Problem.merged_into_id.in_([row.id for row in declined]), Problem.erased_at.is_(None)
    )
    return [*declined, *(await db.execute(spoken_for.with_for_update())).all()]


async def _erase(db: AsyncConnection, problem: Any, now: datetime) -> None:
    own = problem.id
    # What was told goes first: who was told is known by those who stand behind it and were asked.
    await _erase_told(db, problem, now)
    await db.execute(delete(Attachment).where(Attachment.problem_id == own))
    await db.execute(delete(ProblemNote).where(ProblemNote.problem_id == own))
    await db.execute(delete(Inquiry).where(Inquiry.problem_id == own))
    await db.execute(update(Supporter).where(Supporter.problem_id == own).values(words=None))
    await db.execute(
        update(JournalEntry)
        .where(JournalEntry.subject_id == own, JournalEntry.act.in_(_ACTS_WITH_WORDS))
        .values(details={REMOVED: True})
    )
    await db.execute(update(Problem).where(Problem.id == own).values(erased_at=now, **_NO_WORDS))
    await save_journal(db, "problem.erased", by="clock", of=Subject(problem.municipality_id, own))


_NO_WORDS: dict[str, Any] = {
    "text": "",
    "folded": "",
    **dict.fromkeys(
        ("original", "original_language", "translation", "translated_by", "who", "causes", "consequences")
    ),
}


async def _erase_told(db: AsyncConnection, problem: Any, now: datetime) -> None:
    """The words of the problem in what its people were told of it, sent or not."""
    single = [f"problem:{problem.id}:{step}" for step in range(1, problem.step + 1)]
    supporters = select(Supporter.resident_id).where(Supporter.problem_id == problem.id)
    people = {problem.author_id, *(await db.execute(supporters)).scalars()} - {None}
    gathered = Delivery.resident_id.in_(people) & (Delivery.kind == WORDS)
    for which in (Delivery.notice.in_(single), gathered):
        told = await db.execute(select(Delivery.id, Delivery.facts).where(which))
        for row in told.all():
            if (facts := _wordless(row.facts, problem)) != row.facts:
                await db.execute(update(Delivery).where(Delivery.id == row.id).values(facts=facts))
    await _erase_asked(db, problem.id, now)


def _wordless(facts: Mapping[str, Any], problem: Any) -> dict[str, Any]:
    """The facts of one word back, or of several gathered, without the words of this problem."""
    if "items" in facts:
        return {**facts, "items": [_wordless(each, problem) for each in facts["items"]]}
    if facts.get("problem_id") != problem.id:
        return dict(facts)
    return {**facts, "wording": ["", problem.language, None]}


async def _erase_asked(db: AsyncConnection, problem_id: int, now: datetime) -> None:
    asked = await list_asked(db, problem_id)
    notices = [f"inquiry:{each}:{what}" for each in asked for what in ("asked", "answered")]
    told = Delivery.notice.in_(notices)
    waits = Delivery.sent_at.is_(None) & Delivery.failed_at.is_(None)
    await db.execute(update(Delivery).where(told, waits).values(failed_at=now, failure=Failure.EXPIRED))
    await db.execute(update(Delivery).where(told).values(facts={}))
