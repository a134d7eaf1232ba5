"""Who hears what of questions, answers and the record; written in the transaction of the cause."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import AT_ONCE, broadcast, holders, save_delivery
from bot.domain.hearing import HearingNotice
from bot.domain.roles import Role
from bot.domain.text import shortened
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.telling_queries import (
    find_whether_queued,
    find_whether_sent,
    lock_facts,
    save_facts,
)

# To the officers: something was asked.
ASKED = "question.asked"
# The senders take what is due far ahead for the mistake of a clock, and send it: then an hour is skipped.
HOURS_AHEAD = 24
# Questions that everybody reads already stand in the notice, so that they can be hidden from there.
MOST_QUOTED = 3
QUOTED_LENGTH = 200


async def tell_officers(
    db: AsyncConnection, hearing: HearingCard, question: QuestionCard, now: datetime
) -> None:
    """One notice an hour at most, and no question untold: the first is told at once.

    What comes after a notice was sent is told at the beginning of the next hour that has none yet.
    """
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    for ahead in range(HOURS_AHEAD):
        following = hour + timedelta(hours=ahead)
        if await _queue_for_officers(db, hearing, question, following, later=bool(ahead)):
            return
        if not await find_whether_sent(db, _asked(hearing, following)):
            await _add_to_notice(db, _asked(hearing, following), question)
            return


async def _queue_for_officers(
    db: AsyncConnection, hearing: HearingCard, question: QuestionCard, hour: datetime, *, later: bool
) -> bool:
    """Whether this call queued the notice of that hour; `later` sends it when the hour begins."""
    return await broadcast(
        db,
        notice=_asked(hearing, hour),
        municipality_id=hearing.municipality_id,
        kind=ASKED,
        facts={
            "hearing_id": hearing.id,
            "topic": asdict(hearing.topic),
            "waiting": question.waits,
            "shown": [] if question.waits else [_quoted(question)],
        },
        to=holders(hearing.municipality_id, Role.OFFICER),
        topic=None,
        due_at=hour if later else AT_ONCE,
    )


async def _add_to_notice(db: AsyncConnection, notice: str, question: QuestionCard) -> None:
    """Let a notice that is not sent yet speak of this question, too."""
    facts = await lock_facts(db, notice)
    quoted = list(facts.get("shown", []))
    if question.waits:
        facts["waiting"] = True
    elif len(quoted) < MOST_QUOTED:
        facts["shown"] = [*quoted, _quoted(question)]
    await save_facts(db, notice, facts)


def _quoted(question: QuestionCard) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "text": shortened(question.text, QUOTED_LENGTH),
        "signed": question.signed,
        "version": question.version,
    }


def _asked(hearing: HearingCard, hour: datetime) -> str:
    return f"hearing:{hearing.id}:asked:{hour:%Y%m%d%H}"


async def tell_asker(db: AsyncConnection, question: QuestionCard) -> None:
    """The answer, or the decision, to whoever asked."""
    if question.author_id is not None:
        await save_delivery(
            db,
            notice=f"question:{question.id}:answered",
            resident_id=question.author_id,
            kind=HearingNotice.ANSWERED,
            facts=_answer_facts(question),
        )


async def tell_asker_anew(db: AsyncConnection, question: QuestionCard) -> bool:
    """Whether this call queued the corrected answer; each correction is told once. Call it with the lock."""
    corrected_at = question.corrected_at
    if question.author_id is None or corrected_at is None or await is_correction_told(db, question):
        return False
    await save_delivery(
        db,
        notice=_corrected(question.id, corrected_at),
        resident_id=question.author_id,
        kind=HearingNotice.ANSWERED,
        facts={**_answer_facts(question), "corrected": True},
    )
    return True


async def is_correction_told(db: AsyncConnection, question: QuestionCard) -> bool:
    """Whether there is no correction of the answer that its asker could still be told of."""
    if question.author_id is None or question.corrected_at is None:
        return True
    return await find_whether_queued(db, _corrected(question.id, question.corrected_at), question.author_id)


def _corrected(question_id: int, at: datetime) -> str:
    return f"question:{question_id}:answered:{int(at.timestamp())}"


def _answer_facts(question: QuestionCard) -> dict[str, Any]:
    return {
        "hearing_id": question.hearing_id,
        "question_id": question.id,
        "kind": question.kind,
        "text": question.text,
        "answer": question.answer,
        "decision": question.decision,
    }
