"""Problems that are not public, one of every such state, with a secret wherever there is room for it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Attachment,
    Inquiry,
    MeasureLink,
    Municipality,
    PlanProblem,
    Problem,
    ProblemNote,
    Supporter,
)
from bot.domain.problem import PUBLIC, DeclineReason, MediaKind, ProblemStatus, Purpose
from bot.domain.text_folding import folded_wording
from tests.features.plan.drafting.plans import JAZY
from tests.features.planners_buttons import MEASURE
from tests.features.records import change, resident_of, village_ids
from tests.stage import Stage, Visitor

# In every secret sentence, and nowhere else.
MARK = "жашыруун"
# A word that each of them holds: who searches for it would find them.
TYPED = "Токтогул"
MATTER = "Каналдагы көпүрө бузулган, балдар мектепке айланып барат"
# Whatever is not public by name, so that a state that is added later is walked, too.
HIDDEN = sorted(set(ProblemStatus) - PUBLIC)


@dataclass(frozen=True)
class Hidden:
    """A problem that others may not see, and the files that belong to it."""

    id: int
    number: int
    status: ProblemStatus
    file_ids: tuple[str, ...]


async def hide_one_of_each(stage: Stage, author: Visitor, backer: Visitor) -> list[Hidden]:
    """Each with everything that can belong to a problem, and linked to the first measure of the plan."""
    backer_id, author_id = (await resident_of(stage, backer)).id, (await resident_of(stage, author)).id
    return [await _hide(stage, status, author_id, backer_id) for status in HIDDEN]


async def _hide(stage: Stage, status: ProblemStatus, author_id: int, backer_id: int) -> Hidden:
    village_id = (await village_ids(stage, "jazy"))[0]
    photo = stage.world.keep_photo("photo.jpg", "image/jpeg", b"a photo")[-1]["file_id"]
    voice = stage.world.keep_file("voice.ogg", "audio/ogg", b"a voice")["file_id"]
    async with stage.database.act() as db:
        problem_id, number = await _save_problem(db, status, author_id, village_id)
        await _save_files(db, problem_id, photo, voice)
        now = datetime.now(UTC)
        await db.execute(insert(ProblemNote).values(problem_id=problem_id, at=now, text=_secret("оңдоо")))
        await db.execute(
            insert(Supporter).values(problem_id=problem_id, resident_id=backer_id, since=now, words=MATTER)
        )
        await db.execute(
            insert(Inquiry).values(
                problem_id=problem_id, asked_at=now, question=_secret("суроо"), answer=_secret("жооп")
            )
        )
        await db.execute(
            insert(MeasureLink).values(measure_id=MEASURE, problem_id=problem_id, linked_by=backer_id, at=now)
        )
    return Hidden(problem_id, number, status, (photo, voice))


def _secret(about: str) -> str:
    return f"{MARK} {about}: {TYPED} уулу, 0777 123456"


async def _save_problem(
    db: AsyncConnection, status: ProblemStatus, author_id: int, village_id: int
) -> tuple[int, int]:
    number = (
        await db.execute(select(func.max(Problem.number) + 1).where(Problem.municipality_id == JAZY))
    ).scalar_one()
    text, other = f"{MATTER}, {_secret('текст')}", f"Мост через канал сломан, {_secret('перевод')}"
    values = {
        "municipality_id": JAZY,
        "number": number,
        "author_id": author_id,
        "village_id": village_id,
        "language": "ky",
        "text": text,
        "translation": other,
        "original": _secret("түп нуска"),
        "folded": folded_wording(text, other),
        "who": _secret("кимге"),
        "causes": _secret("себеп"),
        "consequences": _secret("кесепет"),
        "outcome_words": _secret("жыйынтык"),
        "status": status,
        "created_at": datetime.now(UTC),
    }
    if status is ProblemStatus.DECLINED:
        values |= {"decline_reason": DeclineReason.OWN_WORDS, "decline_words": _secret("четке кагуу")}
    if status is ProblemStatus.MERGED:
        values |= {"merged_into_id": 1, "status_before": ProblemStatus.SUBMITTED}
    made = await db.execute(insert(Problem).values(values).returning(Problem.id))
    await db.execute(update(Municipality).where(Municipality.id == JAZY).values(last_problem_number=number))
    return made.scalar_one(), number


async def _save_files(db: AsyncConnection, problem_id: int, photo: str, voice: str) -> None:
    for purpose in Purpose:
        for kind, file_id in ((MediaKind.PHOTO, photo), (MediaKind.VOICE, voice)):
            await db.execute(
                insert(Attachment).values(problem_id=problem_id, kind=kind, purpose=purpose, file_id=file_id)
            )


async def name_in_the_plan(stage: Stage, hidden: list[Hidden]) -> None:
    """The plan in force names their numbers, as one does that was written while they were public."""
    await change(stage, update(PlanProblem).values(reported=[1, *(each.number for each in hidden)]))
