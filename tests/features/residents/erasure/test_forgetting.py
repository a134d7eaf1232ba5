"""Forget me: said beforehand, done at once, and nothing in the database names the person any more."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import (
    Attachment,
    BallotRow,
    Delivery,
    GrantRow,
    Inquiry,
    JournalEntry,
    Pick,
    PlanComment,
    PlanMeasure,
    Problem,
    Question,
    ResidentRow,
    Supporter,
)
from bot.db.outbox_queries import Gaps, save_claim
from bot.db.queries import find_resident, list_municipalities
from bot.db.session import Database
from bot.domain.notices import Failure
from bot.domain.roles import Resident, Role
from bot.features.plan.reading.queries import MOST_COMMENTS
from bot.features.residents.erasure import texts
from bot.telegram import middlewares, texts as common
from tests.features.people import beside, report, seen_from
from tests.features.plan.drafting.plans import drafted
from tests.features.records import change, resident_of, rows
from tests.features.residents.erasure.traces import NAME, NOW, dump, everywhere, stands_in, traces
from tests.features.town import listed, vote_on
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def leave(visitor: Visitor) -> None:
    await visitor.send("/settings")
    for button in ("fgt", "fgtask", "fgtyes:"):
        await visitor.tap(button)


async def count(stage: Stage, *conditions: Any) -> int:
    return int((await rows(stage, select(func.count()).where(*conditions)))[0][0])


async def test_whoever_has_touched_everything_is_found_nowhere_afterwards(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    person = await stage.resident()
    neighbour = await stage.resident()
    town = await everywhere(stage, person)
    seeded = await traces(stage, town.person)
    assert [column for column, number in seeded.items() if not number] == [], "seed the new table as well"
    assert stands_in(person.id, await dump(stage))
    capsys.readouterr()

    await leave(person)

    # What they wrote last is struck off within a moment.
    await stage.app.inbox.strike_off()
    assert set((await traces(stage, town.person)).values()) == {0}
    held = await dump(stage)
    logged = capsys.readouterr()
    assert not stands_in(person.id, held + logged.out + logged.err)
    assert NAME not in held
    assert await count(stage, ResidentRow.telegram_id == neighbour.id) == 1
    assert person.text == worded("ru", texts.goodbye)


async def test_what_was_given_to_everybody_stays_without_the_person(stage: Stage) -> None:
    person = await stage.resident()
    await everywhere(stage, person)

    await leave(person)

    numbers = await rows(stage, select(Problem.number, Problem.text != "").order_by(Problem.number))
    assert [tuple(row) for row in numbers] == [(1, True), (101, True), (102, True), (103, True)]
    # Of the photos and voice messages only that of the published problem is left.
    assert [row.file_id for row in await rows(stage, select(Attachment.file_id))] == ["file 101"]
    assert [row.words for row in await rows(stage, select(Supporter.words))] == [None]
    assert [tuple(row) for row in await rows(stage, select(Inquiry.question, Inquiry.answer))] == [
        ("Где это?", None)
    ]
    assert [tuple(row) for row in await rows(stage, select(Question.text, Question.signed))] == [
        ("Когда?", None)
    ]
    # The closed vote keeps what it has counted, the open one does not.
    assert await count(stage, BallotRow.id > 0) == await count(stage, Pick.ballot_id > 0) == 1
    assert await count(stage, GrantRow.id > 0) == 0
    told = await rows(stage, select(Delivery.failure, Delivery.facts).order_by(Delivery.id))
    assert [tuple(row) for row in told] == [(Failure.GONE, {}), (None, {}), (Failure.FORGOTTEN, {})]
    acts = await rows(stage, select(JournalEntry.act, JournalEntry.actor_id).order_by(JournalEntry.id))
    assert [tuple(row) for row in acts] == [("problem.published", None), ("role.returned", None)]


async def test_it_is_said_beforehand_with_ones_own_numbers_and_asked_twice(stage: Stage) -> None:
    person = await stage.resident("ky")
    await everywhere(stage, person)
    await person.send("/settings")
    await person.tap("fgt")
    said = person.text
    assert said.count("•") == 10
    for number in ("3", "2", "1"):
        assert f"• {number} " in said
    await person.tap("fgtask")
    assert person.text == worded("ky", texts.are_you_sure)
    await person.press("fgt", person.screen.message_id)
    assert person.text == said
    await person.tap("set")
    assert await count(stage, ResidentRow.telegram_id == person.id) == 1

    newcomer = await stage.resident("ky")
    await newcomer.press("fgt")
    assert newcomer.text.count("•") == 1


async def test_whoever_presses_again_is_a_stranger_and_whoever_comes_back_is_somebody_new(
    stage: Stage,
) -> None:
    person = await stage.resident()
    await report(person)
    await person.press("fgtask")
    old = next(data for data in person.data if data.startswith("fgtyes"))
    await person.press(old)
    await person.press(old)
    assert "lang:ky" in person.data
    await person.send("/start")
    assert "lang:ky" in person.data

    for answer in ("lang:ru", "obls", "dists:", "muns:", "mun:", "vil:", "agree"):
        if any(data.startswith(answer) for data in person.data):
            await person.tap(answer)
    assert await count(stage, ResidentRow.telegram_id == person.id) == 1
    await person.press(old)
    assert person.alert == worded("ru", common.gone, None)
    assert await count(stage, ResidentRow.telegram_id == person.id) == 1
    await person.send("/my")
    assert "mine" not in " ".join(data for data in person.data if data.startswith("my:"))
    assert await count(stage, Problem.author_id.is_not(None)) == 0


async def test_a_facilitator_gives_back_the_role_and_the_menu(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    async with stage.database.read() as db:
        jazy = next(each.name for each in await list_municipalities(db) if each.slug == "jazy")
    await facilitator.press("fgt")
    assert worded("ru", texts.role_returned, Role.FACILITATOR, jazy) in facilitator.text
    await leave(facilitator)
    assert not [scope for scope in stage.world.commands if str(facilitator.id) in scope]
    await facilitator.send("/desk")
    assert "lang:ky" in facilitator.data


async def test_a_message_in_a_senders_hand_is_neither_sent_nor_brought_back(stage: Stage) -> None:
    person, facilitator = await stage.resident(), await stage.facilitator()
    await report(person)
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    courier = stage.app.courier
    claimed = await courier._claim()
    assert len(claimed) == 1

    await leave(person)
    seen = len(person.messages)
    for slot, delivery in claimed:
        await courier._deliver(slot, delivery)
        await courier._note_trouble(delivery, RuntimeError("at the very moment"))
        await courier._insist_on_sent(delivery)

    assert len(person.messages) == seen
    await stage.app.inbox.strike_off()
    assert not stands_in(person.id, await dump(stage))
    async with stage.database.act() as db:
        assert await save_claim(db, NOW, "other", NOW - NOW, 9, Gaps(NOW - NOW, NOW - NOW)) == []


async def test_a_tap_at_the_same_moment_leaves_no_orphan(stage: Stage) -> None:
    """From another process, which does not wait for this one's turn."""
    voter, _facilitator = await vote_on(stage, 2)
    round_id, (first, second) = await listed(stage)
    database = Database(stage.database.url)
    other = beside(stage, database)
    try:
        await voter.send("/settings")
        await voter.tap("fgt")
        await voter.tap("fgtask")
        there = seen_from(other, voter)
        yes = next(data for data in voter.data if data.startswith("fgtyes:"))
        await asyncio.gather(
            voter.press(yes),
            *(there.press(f"cast:{round_id}:{each}:0:1") for each in (first, second)),
        )
    finally:
        await database.close()
    assert await count(stage, BallotRow.id > 0) == await count(stage, Pick.ballot_id > 0) == 0
    assert await count(stage, ResidentRow.telegram_id == voter.id) == 0


async def test_an_act_that_finds_its_person_gone_greets_a_stranger(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tap was let in while they were still here."""
    voter, _facilitator = await vote_on(stage, 2)
    round_id, (first, _second) = await listed(stage)
    async with stage.database.read() as db:
        known = await find_resident(db, voter.id)
    await leave(voter)

    async def as_before(_db: AsyncConnection, _telegram_id: int) -> Resident | None:
        return known

    monkeypatch.setattr(middlewares, "find_resident", as_before)
    await voter.press(f"cast:{round_id}:{first}:0:1")
    assert "lang:ky" in voter.data
    assert await count(stage, BallotRow.id > 0) == 0


async def test_what_one_may_say_of_a_plan_is_not_multiplied_by_coming_back(stage: Stage) -> None:
    person, officer = await stage.resident(), await stage.officer()
    version_id = await drafted(stage, officer)
    await officer.press(f"plshow:{version_id}:1")
    [item, *_others] = await rows(stage, select(PlanMeasure.id).order_by(PlanMeasure.id))
    own = (await resident_of(stage, person)).id
    said = {"version_id": version_id, "number": 1, "resident_id": own, "text": "т", "at": datetime.now(UTC)}
    await change(stage, insert(PlanComment).values([said] * MOST_COMMENTS))
    since = int((await resident_of(stage, person)).created_at.timestamp() * 1000)
    await person.press(f"fgtyes:{since}")
    await stage.settle(person)
    await person.press(f"plcom:{item.id}")
    await person.send("Дагы бир сөз: жол эртерээк оңдолсо")
    assert len(await rows(stage, select(PlanComment.id))) == MOST_COMMENTS
