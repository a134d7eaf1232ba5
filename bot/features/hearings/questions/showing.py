"""A question is shown, hidden or put back: with the word to its author, in the record and in the journal."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.queries import save_journal
from bot.domain.question import QuestionHideReason, QuestionState
from bot.domain.roles import Resident
from bot.features.hearings.hearing_queries import save_corrected
from bot.features.hearings.questions.access import answerable
from bot.features.hearings.questions.queries import QuestionCard
from bot.features.hearings.questions.screening_queries import save_state
from bot.features.hearings.questions.telling_authors import tell_hidden, tell_no_longer_hidden

# What the journal calls it.
ACTS = {
    QuestionState.WAITING: "question.put_back",
    QuestionState.SHOWN: "question.shown",
    QuestionState.HIDDEN: "question.hidden",
}


async def change_state(
    db: AsyncConnection,
    resident: Resident,
    before: QuestionCard,
    state: QuestionState,
    reason: QuestionHideReason | None = None,
    *,
    now: datetime,
) -> QuestionCard:
    """Show, hide or put back a locked question, and tell its author; return it as it is then."""
    if not await save_state(db, before, state, reason, now=now):
        return before
    question = await answerable(db, resident, before.id)
    if question.is_hidden:
        await tell_hidden(db, question, now)
    elif before.is_hidden:
        await tell_no_longer_hidden(db, before, question, now)
    # A record that is public counts it otherwise from now on.
    await save_corrected(db, question.hearing_id, now)
    await save_journal(db, ACTS[state], by=resident.id, of=question, **({"reason": reason} if reason else {}))
    return question
