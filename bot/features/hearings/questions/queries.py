"""Questions and proposals as they are read, answered and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Hearing, Question
from bot.domain.hearing import Decision, QuestionKind
from bot.domain.paging import Page
from bot.domain.question import Counts, QuestionHideReason, QuestionState
from bot.features.hearings.question_queries import is_counted, is_public, waits

# With their answers, on a phone: more than this is another page.
QUESTIONS_A_PAGE = 4


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question or a proposal with all that came of it; whoever asked is `signed`, or "a resident"."""

    id: int
    hearing_id: int
    municipality_id: int
    author_id: int | None
    kind: QuestionKind
    text: str
    signed: str | None
    answer: str | None = None
    decision: Decision | None = None
    answered_at: datetime | None = None
    answered_by: int | None = None
    corrected_at: datetime | None = None
    state: QuestionState = QuestionState.SHOWN
    hidden_reason: QuestionHideReason | None = None
    # Whether everybody could ever read it.
    was_shown: bool = True
    version: int = 1

    @property
    def is_proposal(self) -> bool:
        return self.kind is QuestionKind.PROPOSAL

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def waits(self) -> bool:
        return self.state is QuestionState.WAITING

    @property
    def is_hidden(self) -> bool:
        return self.state is QuestionState.HIDDEN


@dataclass(frozen=True, slots=True)
class QuestionPage:
    questions: Sequence[QuestionCard]
    page: Page

    @property
    def first_number(self) -> int:
        return self.page.offset + 1


async def find_question(db: AsyncConnection, question_id: int, *, lock: bool = False) -> QuestionCard | None:
    """`lock` keeps other processes from answering it until the act is committed."""
    chosen = _CARDS.where(Question.id == question_id)
    row = (await db.execute(chosen.with_for_update(of=Question) if lock else chosen)).first()
    return _card(row) if row else None


async def list_questions(
    db: AsyncConnection, hearing_id: int, page: int, *, of: int | None = None
) -> QuestionPage:
    """What all may read, or all of the one resident `of`; newest first."""
    whose = is_public() if of is None else Question.author_id == of
    return await _page(db, hearing_id, whose, [Question.id.desc()], page)


async def list_to_answer(db: AsyncConnection, hearing_id: int, page: int) -> QuestionPage:
    """All of them: those without an answer first, the oldest before the others."""
    order = [Question.answered_at.is_not(None), Question.id]
    return await _page(db, hearing_id, Question.hearing_id == hearing_id, order, page)


async def list_to_read_out(db: AsyncConnection, hearing_id: int) -> list[QuestionCard]:
    """What all may read, in the order it came: what waits is not read out either."""
    shown = _CARDS.where(Question.hearing_id == hearing_id, is_public())
    return [_card(row) for row in await db.execute(shown.order_by(Question.id))]


async def find_next_unanswered(db: AsyncConnection, hearing_id: int, after: int) -> QuestionCard | None:
    """The oldest one behind `after`, or the oldest of all when there is none behind it."""
    waiting = _CARDS.where(Question.hearing_id == hearing_id, Question.answered_at.is_(None))
    row = (await db.execute(waiting.order_by(Question.id <= after, Question.id).limit(1))).first()
    return _card(row) if row else None


async def count_questions(db: AsyncConnection, hearing_id: int) -> Counts:
    """All that was asked for the hearing: what is hidden included, what waits on its own."""
    is_question, is_proposal = ((Question.kind == kind) & is_counted() for kind in QuestionKind)
    counted = (
        await db.execute(
            select(
                func.count().filter(is_question).label("questions"),
                func.count().filter(is_question, Question.answered_at.is_(None)).label("unanswered"),
                func.count().filter(is_proposal).label("proposals"),
                *(
                    func.count().filter(is_proposal, Question.decision == each).label(each.value)
                    for each in Decision
                ),
                func.count().filter(Question.hidden_at.is_not(None)).label("hidden"),
                func.count().filter(waits()).label("waiting"),
            ).where(Question.hearing_id == hearing_id)
        )
    ).mappings()
    return Counts(**counted.one())


async def save_answer(
    db: AsyncConnection,
    question_id: int,
    officer_id: int,
    answer: str | None,
    decision: Decision | None,
    now: datetime,
) -> bool:
    """Whether this call answered: a question is answered once, by whoever comes first."""
    done = await db.execute(
        update(Question)
        .where(Question.id == question_id, Question.answered_at.is_(None))
        .values(answer=answer, decision=decision, answered_at=now, answered_by=officer_id)
    )
    return done.rowcount > 0


async def save_correction(
    db: AsyncConnection, question_id: int, answer: str | None, decision: Decision | None, now: datetime
) -> bool:
    """Whether this call changed an answer given before; the same words again change nothing."""
    differs = Question.answer.is_distinct_from(answer) | Question.decision.is_distinct_from(decision)
    done = await db.execute(
        update(Question)
        .where(Question.id == question_id, Question.answered_at.is_not(None), differs)
        .values(answer=answer, decision=decision, corrected_at=now)
    )
    return done.rowcount > 0


_CARDS = select(Question.__table__, Hearing.municipality_id).join(Hearing, Hearing.id == Question.hearing_id)


async def _page(
    db: AsyncConnection, hearing_id: int, whose: ColumnElement[bool], order: Sequence[Any], wanted: int
) -> QuestionPage:
    chosen = (Question.hearing_id == hearing_id, whose)
    total = (await db.execute(select(func.count()).where(*chosen))).scalar_one()
    page = Page(total, wanted, QUESTIONS_A_PAGE)
    rows = await db.execute(_CARDS.where(*chosen).order_by(*order).limit(page.limit).offset(page.offset))
    return QuestionPage([_card(row) for row in rows], page)


def _card(row: Any) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        hearing_id=row.hearing_id,
        municipality_id=row.municipality_id,
        author_id=row.author_id,
        kind=QuestionKind(row.kind),
        text=row.text,
        signed=row.signed,
        answer=row.answer,
        decision=Decision(row.decision) if row.decision else None,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        corrected_at=row.corrected_at,
        state=_state(row),
        hidden_reason=QuestionHideReason(row.hidden_reason) if row.hidden_reason else None,
        was_shown=row.shown_at is not None,
        version=row.version,
    )


def _state(row: Any) -> QuestionState:
    if row.hidden_at is not None:
        return QuestionState.HIDDEN
    return QuestionState.WAITING if row.shown_at is None else QuestionState.SHOWN
