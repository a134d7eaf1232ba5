"""Hearings as announcing leaves them, put into the database without the wizard; and what was asked there."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.db.models import Hearing, Municipality, Question, QuestionDraft
from bot.domain.hearing import HearingKind, HearingStatus, QuestionKind
from bot.features.hearings.questions.callbacks import AskQuestion
from tests.features.records import Record, change, municipality_id, rows
from tests.stage import Stage, Visitor

TOPIC_KY, TOPIC_RU = "2027-жылдын бюджетинин долбоору", "Проект бюджета на 2027 год"
NEED = "Когда починят мост <на верхней> улице & канал?"
OFFER = "=Поставить фонари вдоль дороги в школу"


async def announced(stage: Stage, slug: str = "jazy", **values: Any) -> int:
    """The id of a hearing that was announced; in three days unless told otherwise."""
    now = datetime.now(UTC)
    hearing = {
        "municipality_id": await municipality_id(stage, slug),
        "status": HearingStatus.ANNOUNCED,
        "kind": HearingKind.DRAFT_BUDGET,
        "topic_ky": TOPIC_KY,
        "topic_ru": TOPIC_RU,
        "starts_at": now + timedelta(days=3),
        "place": "Клуб",
        "organiser": "Айыл өкмөтү",
        "created_at": now,
        "announced_at": now,
        **values,
    }
    async with stage.database.act() as db:
        return int((await db.execute(insert(Hearing).values(**hearing).returning(Hearing.id))).scalar_one())


async def begun(stage: Stage, slug: str = "jazy", **values: Any) -> int:
    return await announced(stage, slug, starts_at=datetime.now(UTC) - timedelta(hours=1), **values)


async def write(
    person: Visitor, hearing_id: int, text: str = NEED, *, kind: str = "question", name: str = ""
) -> None:
    """Up to the preview."""
    await person.press(AskQuestion(hearing_id=hearing_id))
    kind_button = next(data for data in person.data if data.startswith("qkind:") and data.endswith(kind))
    await person.tap(kind_button)
    await person.send(text)
    if name:
        await person.tap("qtype:")
        await person.send(name)
    else:
        await person.tap("qanon:")


async def ask(
    person: Visitor, hearing_id: int, text: str = NEED, *, kind: str = "question", name: str = ""
) -> None:
    await write(person, hearing_id, text, kind=kind, name=name)
    await person.tap("qsend:")


async def show_at_once(stage: Stage, *, wanted: bool = True) -> None:
    """Every municipality lets everybody read what is sent as soon as it is sent."""
    await change(stage, update(Municipality).values(questions_at_once=wanted))


async def asked(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(Question.__table__).order_by(Question.id))


async def drafts(stage: Stage) -> Sequence[Record]:
    return await rows(stage, select(QuestionDraft.__table__).order_by(QuestionDraft.id))


async def put(
    stage: Stage, hearing_id: int, text: str = NEED, kind: QuestionKind = QuestionKind.QUESTION
) -> int:
    """A question that everybody reads already, by nobody."""
    now = datetime.now(UTC)
    values = {"kind": kind, "language": "ru", "text": text, "created_at": now, "shown_at": now}
    await change(stage, insert(Question).values(hearing_id=hearing_id, **values))
    return int((await asked(stage))[-1].id)
