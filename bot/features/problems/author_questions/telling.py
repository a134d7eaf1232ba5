"""What author and facilitator are told of each other's words; written in the transaction of the cause.

Facts hold the words and the number of the problem, and nothing of the person who wrote them.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.delivery_queries import save_delivery
from bot.features.problems.author_questions.queries import AskedAbout, OwnInquiry, find_whether_facilitates

ASKED = "inquiry.asked"
ANSWERED = "inquiry.answered"


async def tell_author(db: AsyncConnection, problem: AskedAbout, inquiry_id: int, question: str) -> None:
    """A question is meant for this one person: it comes even where news of problems are switched off."""
    if problem.author_id is None:
        return
    wording = problem.wording
    own = [wording.original, wording.language, None] if wording.original else _worded(problem)
    await save_delivery(
        db,
        notice=f"inquiry:{inquiry_id}:asked",
        resident_id=problem.author_id,
        kind=ASKED,
        facts={
            "inquiry_id": inquiry_id,
            "problem_id": problem.id,
            "number": problem.number,
            "wording": own,
            "question": question,
        },
    )


async def tell_facilitator(db: AsyncConnection, inquiry: OwnInquiry, answer: str, *, has_media: bool) -> None:
    """To whoever asked, while the desk is theirs; the desk shows the answer to all."""
    problem, asker = inquiry.problem, inquiry.asked_by
    if asker is None or not await find_whether_facilitates(db, asker, problem.municipality_id):
        return
    await save_delivery(
        db,
        notice=f"inquiry:{inquiry.id}:answered",
        resident_id=asker,
        kind=ANSWERED,
        facts={
            "problem_id": problem.id,
            "number": problem.number,
            "wording": _worded(problem),
            "question": inquiry.question,
            "answer": answer,
            "has_media": has_media,
        },
    )


def _worded(problem: AskedAbout) -> list[str | None]:
    return [problem.wording.text, problem.wording.language, problem.wording.translation]
