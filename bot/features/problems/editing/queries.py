"""What a facilitator writes of a problem. Every change returns what was there before, for the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Problem, ProblemNote
from bot.domain.moderation import Line
from bot.domain.text_folding import folded_wording
from bot.features.problems.problem_queries import ProblemCard, find_card, find_whether_frozen


@dataclass(frozen=True, slots=True)
class Sheet:
    """A problem with its record, as a facilitator fills it in."""

    card: ProblemCard
    municipality_id: int
    causes: str | None
    consequences: str | None
    is_frozen: bool

    @property
    def id(self) -> int:
        """The problem's."""
        return self.card.id


_COLUMNS = {Line.WHO: "who", Line.CAUSES: "causes", Line.CONSEQUENCES: "consequences"}


async def find_sheet(db: AsyncConnection, problem_id: int) -> Sheet | None:
    card = await find_card(db, Problem.id == problem_id)
    row = (
        await db.execute(
            select(Problem.municipality_id, Problem.causes, Problem.consequences).where(
                Problem.id == problem_id
            )
        )
    ).first()
    if card is None or row is None:
        return None
    frozen = await find_whether_frozen(db, problem_id)
    return Sheet(card, row.municipality_id, row.causes, row.consequences, frozen)


async def save_line(
    db: AsyncConnection, sheet: Sheet, line: Line, text: str, resident_id: int, now: datetime
) -> str | None:
    """Store a line; return what it said before."""
    if line is Line.WORDING:
        return await _save_wording(db, sheet.card, text)
    if line is Line.TRANSLATION:
        return await _save_translation(db, sheet.card, text, resident_id)
    if line is Line.NOTE:
        note = insert(ProblemNote).values(problem_id=sheet.card.id, made_by=resident_id, at=now, text=text)
        await db.execute(note)
        return None
    before = {
        Line.WHO: sheet.card.who,
        Line.CAUSES: sheet.causes,
        Line.CONSEQUENCES: sheet.consequences,
    }[line]
    await save_problem(db, sheet.card.id, **{_COLUMNS[line]: text})
    return before


async def _save_wording(db: AsyncConnection, card: ProblemCard, text: str) -> str:
    """Keep the author's own words the first time; a translation of the old wording no longer fits."""
    words = card.wording
    own: dict[str, Any] = {}
    if words.original is None:
        own = {"original": words.text, "original_language": words.language}
    await save_problem(
        db, card.id, text=text, folded=folded_wording(text), translation=None, translated_by=None, **own
    )
    return words.text


async def _save_translation(
    db: AsyncConnection, card: ProblemCard, text: str, resident_id: int
) -> str | None:
    folded = folded_wording(card.wording.text, text)
    await save_problem(db, card.id, translation=text, translated_by=resident_id, folded=folded)
    return card.wording.translation


async def save_untranslated(db: AsyncConnection, card: ProblemCard) -> None:
    folded = folded_wording(card.wording.text)
    await save_problem(db, card.id, translation=None, translated_by=None, folded=folded)


async def save_problem(db: AsyncConnection, problem_id: int, **values: object) -> None:
    """What was erased meanwhile stays so."""
    kept = (Problem.id == problem_id) & Problem.erased_at.is_(None)
    await db.execute(update(Problem).where(kept).values(**values))
