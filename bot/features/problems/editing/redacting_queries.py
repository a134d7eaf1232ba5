"""Taking words out of a problem wherever they are kept. What is taken out is nowhere afterwards."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import Base, Inquiry, JournalEntry, Problem, ProblemNote, Supporter
from bot.domain.problem import Sufferers
from bot.domain.redaction import redacted, redacted_within
from bot.domain.text_folding import folded_wording
from bot.features.problems.told_queries import Facts, save_rewritten

_COLUMNS = (
    "text",
    "translation",
    "original",
    "who",
    "causes",
    "consequences",
    "outcome_words",
    "decline_words",
    "hidden_words",
)
# What else holds words about one problem: its table, and its columns with words.
_BESIDES: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (ProblemNote, ("text",)),
    (Supporter, ("words",)),
    (Inquiry, ("question", "answer")),
)


async def save_redacted(db: AsyncConnection, problem_id: int, words: Sequence[str]) -> bool:
    """Whether any of `words` stood anywhere. Call it with the problem's municipality locked.

    Beside the problem and what belongs to it, the journal is redacted, and whatever was told of it.
    """
    found = await _redact_problem(db, problem_id, words)
    for table, columns in _BESIDES:
        found = await _redact_rows(db, table, columns, problem_id, words) or found
    found = await _redact_journal(db, problem_id, words) or found

    def without_words(facts: Facts, _for_its_people: bool) -> Facts:  # as `Rewriting` says
        return dict(redacted_within(facts, words))

    await save_rewritten(db, problem_id, without_words)
    return found


async def _redact_problem(db: AsyncConnection, problem_id: int, words: Sequence[str]) -> bool:
    columns = [Problem.__table__.columns[name] for name in _COLUMNS]
    row = (await db.execute(select(*columns).where(Problem.id == problem_id).with_for_update())).one()
    changed = _changed(dict(row._mapping), words)  # noqa: SLF001  # SQLAlchemy's own name for it
    if not changed:
        return False
    texts = {name: changed.get(name, getattr(row, name)) for name in ("text", "translation")}
    changed["folded"] = folded_wording(texts["text"], texts["translation"])
    await db.execute(update(Problem).where(Problem.id == problem_id).values(changed))
    return True


def _changed(held: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """What is to be stored anew; a ready answer to "who suffers" is no text."""
    return {
        name: anew
        for name, text in held.items()
        if isinstance(text, str)
        and not (name == "who" and text in set(Sufferers))
        and (anew := redacted(text, words)) != text
    }


async def _redact_rows(
    db: AsyncConnection, table: type[Base], columns: Sequence[str], problem_id: int, words: Sequence[str]
) -> bool:
    within = table.__table__.columns
    rows = await db.execute(
        select(within["id"], *(within[name] for name in columns)).where(within["problem_id"] == problem_id)
    )
    is_changed = False
    for row in rows.all():
        held = {name: getattr(row, name) for name in columns}
        if changed := _changed(held, words):
            is_changed = True
            await db.execute(update(table).where(within["id"] == row.id).values(changed))
    return is_changed


async def _redact_journal(db: AsyncConnection, problem_id: int, words: Sequence[str]) -> bool:
    """Each entry stays, and says from now on that words were taken out of it."""
    entries = await db.execute(
        select(JournalEntry.id, JournalEntry.details).where(
            JournalEntry.subject_id == problem_id, JournalEntry.act.startswith("problem.")
        )
    )
    changed = [
        {"entry_id": row.id, "redacted_details": {**details, "redacted": True}}
        for row in entries
        if (details := redacted_within(row.details, words)) != row.details
    ]
    if changed:
        anew = update(JournalEntry).where(JournalEntry.id == bindparam("entry_id"))
        details_type = JournalEntry.details.type
        await db.execute(anew.values(details=bindparam("redacted_details", type_=details_type)), changed)
    return bool(changed)
