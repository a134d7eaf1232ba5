"""Who hears what of questions, answers and the record; written in the transaction of the cause."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_broadcast, save_delivery, save_recipients
from bot.db.models import Broadcast, Delivery, GrantRow, ResidentRow
from bot.domain.hearing import HearingNotice
from bot.domain.problem import shortened
from bot.domain.roles import Role
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.questions.queries import QuestionCard

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
        if not await _is_sent(db, _asked(hearing, following)):
            await _add_to_notice(db, _asked(hearing, following), question)
            return


async def _queue_for_officers(
    db: AsyncConnection, hearing: HearingCard, question: QuestionCard, hour: datetime, *, later: bool
) -> bool:
    """Whether this call queued the notice of that hour; `later` sends it when the hour begins."""
    broadcast_id = await save_broadcast(
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
    )
    if broadcast_id is None:
        return False
    officers = select(GrantRow.resident_id).where(
        GrantRow.municipality_id == hearing.municipality_id,
        GrantRow.role == Role.OFFICER,
        GrantRow.withdrawn_at.is_(None),
    )
    await save_recipients(db, broadcast_id, ResidentRow.id.in_(officers), topic=None)
    if later:
        await db.execute(update(Delivery).where(Delivery.broadcast_id == broadcast_id).values(due_at=hour))
    return True


async def _add_to_notice(db: AsyncConnection, notice: str, question: QuestionCard) -> None:
    """Let a notice that is not sent yet speak of this question, too."""
    chosen = select(Broadcast.id, Broadcast.facts).where(Broadcast.notice == notice).with_for_update()
    told = (await db.execute(chosen)).one()
    facts, quoted = dict(told.facts), list(told.facts.get("shown", []))
    if question.waits:
        facts["waiting"] = True
    elif len(quoted) < MOST_QUOTED:
        facts["shown"] = [*quoted, _quoted(question)]
    await db.execute(update(Broadcast).where(Broadcast.id == told.id).values(facts=facts))


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


async def _is_sent(db: AsyncConnection, notice: str) -> bool:
    sent = exists().where(Delivery.notice == notice, Delivery.sent_at.is_not(None))
    return bool((await db.execute(select(sent))).scalar())


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
    if question.author_id is None or await is_correction_told(db, question):
        return False
    await save_delivery(
        db,
        notice=_corrected(question),
        resident_id=question.author_id,
        kind=HearingNotice.ANSWERED,
        facts={**_answer_facts(question), "corrected": True},
    )
    return True


async def is_correction_told(db: AsyncConnection, question: QuestionCard) -> bool:
    """Whether there is no correction of the answer that its asker could still be told of."""
    if question.author_id is None or question.corrected_at is None:
        return True
    told = exists().where(Delivery.notice == _corrected(question), Delivery.resident_id == question.author_id)
    return bool((await db.execute(select(told))).scalar())


def _corrected(question: QuestionCard) -> str:
    moment = question.corrected_at or datetime.now(UTC)
    return f"question:{question.id}:answered:{int(moment.timestamp())}"


def _answer_facts(question: QuestionCard) -> dict[str, Any]:
    return {
        "hearing_id": question.hearing_id,
        "question_id": question.id,
        "kind": question.kind,
        "text": question.text,
        "answer": question.answer,
        "decision": question.decision,
    }
