"""Every shipped button, pressed by people it was not meant for: they see and change nothing of others."""

from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram.filters.callback_data import CallbackData
from sqlalchemy import Select, Table, select

from bot.db.models import Base, Draft, Problem, ResidentRow, Round
from bot.features.residents.first_visit.callbacks import ChooseMunicipality, MoveToMunicipality
from tests.features.people import open_vote, report, write_report
from tests.features.records import municipality_id, publish_many, rows, village_ids
from tests.house.test_wire_format import SHIPPED
from tests.stage import Stage, Visitor

SECRET, UNSENT = "Тайна: ещё никем не прочитано", "Черновик: ещё никому не отправлено"
MOVES = (MoveToMunicipality, ChooseMunicipality)
OTHERS = (
    "problems",
    "rounds",
    "round_problems",
    "ballots",
    "picks",
    "deliveries",
    "journal",
    "grants",
    "invites",
)


async def a_village_with_secrets(stage: Stage) -> dict[str, int]:
    """An unread problem, an unsent draft and an open vote; the numbers a forger would need."""
    author, facilitator = await stage.resident(), await stage.facilitator()
    await publish_many(stage, 2)
    await open_vote(facilitator)
    await report(author, SECRET)
    await write_report(author, UNSENT)
    [problem] = await rows(stage, select(Problem.id).where(Problem.text == SECRET))
    [draft] = await rows(stage, select(Draft.id))
    [round_] = await rows(stage, select(Round.id))
    return {
        "problem_id": problem.id,
        "draft_id": draft.id,
        "round_id": round_.id,
        "municipality_id": await municipality_id(stage, "jazy"),
        "village_id": (await village_ids(stage, "jazy"))[0],
        "day": int(f"{datetime.now(UTC) + timedelta(days=5):%Y%m%d}"),
        "after": 0,
    }


def forged(numbers: dict[str, int]) -> list[CallbackData]:
    """A button of every class with numbers that exist; those that move the forger come last."""
    made = [
        each.model_copy(
            update={name: number for name, number in numbers.items() if name in type(each).model_fields}
        )
        for each in SHIPPED.values()
    ]
    return sorted(made, key=lambda each: isinstance(each, MOVES))


async def held_by_others(stage: Stage, forger: Visitor) -> dict[str, Any]:
    """All that is not the forger's own."""
    held: dict[str, Any] = {name: await rows(stage, in_order(Base.metadata.tables[name])) for name in OTHERS}
    known = await rows(stage, select(ResidentRow.id).where(ResidentRow.telegram_id == forger.id))
    own = known[0].id if known else 0
    for name, owner in (("drafts", "resident_id"), ("residents", "id")):
        table = Base.metadata.tables[name]
        held[name] = await rows(stage, in_order(table).where(table.c[owner] != own))
    return held


def in_order(table: Table) -> Select[*tuple[Any, ...]]:
    return select(table).order_by(*table.primary_key.columns)


async def press_all(stage: Stage, forger: Visitor, numbers: dict[str, int]) -> None:
    before = await held_by_others(stage, forger)
    for button in forged(numbers):
        await forger.press(button, message_id=1)
        seen = " ".join(message.text or message.caption or "" for message in forger.messages)
        for words in (SECRET, UNSENT):
            assert words not in seen + (forger.alert or ""), button
    assert await held_by_others(stage, forger) == before


async def test_a_stranger_sees_and_changes_nothing_of_others(stage: Stage) -> None:
    numbers = await a_village_with_secrets(stage)
    stranger = stage.visitor()
    await press_all(stage, stranger, numbers)


async def test_a_resident_of_another_municipality_sees_and_changes_nothing_of_this_one(stage: Stage) -> None:
    numbers = await a_village_with_secrets(stage)
    await press_all(stage, await stage.resident(municipality="chaek"), numbers)


async def test_a_facilitator_of_another_municipality_sees_and_changes_nothing_of_this_one(
    stage: Stage,
) -> None:
    numbers = await a_village_with_secrets(stage)
    await press_all(stage, await stage.facilitator("chaek"), numbers)


async def test_a_neighbour_sees_no_unread_problem_and_no_draft(stage: Stage) -> None:
    """A neighbour may vote, and so changes what is theirs alone."""
    numbers = await a_village_with_secrets(stage)
    neighbour = await stage.resident()
    for button in forged(numbers):
        await neighbour.press(button)
        seen = " ".join(message.text or "" for message in neighbour.messages) + (neighbour.alert or "")
        assert SECRET not in seen
        assert UNSENT not in seen
    drafts = await rows(stage, select(Draft.text).where(Draft.id == numbers["draft_id"]))
    assert [row.text for row in drafts] == [UNSENT]
