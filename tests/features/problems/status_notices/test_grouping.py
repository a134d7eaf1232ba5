"""Word back: each step is told once to each person, and nobody hears more than a few messages a day."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import Delivery, ResidentRow
from bot.db.queries import find_resident
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.problem import Word
from bot.features.problems.reporting.support_queries import save_support
from bot.features.problems.status_notice_queries import (
    WORD,
    WORDS,
    save_word,
)
from tests.features.people import report
from tests.features.records import change, resident_of, rows
from tests.stage import Stage, Visitor

MOST = 3
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=BISHKEK)


async def tell(database: Database, problem_id: int, word: Word, now: datetime) -> None:
    async with database.act() as db:
        await save_word(db, problem_id, word, most_a_day=MOST, now=now)


async def heard(stage: Stage) -> list[tuple[int, str, datetime, list[int]]]:
    """(who, single or gathered, when it is due, the problems it speaks of)."""
    found = await rows(
        stage,
        select(Delivery.resident_id, Delivery.kind, Delivery.due_at, Delivery.facts).order_by(Delivery.id),
    )
    return [
        (
            row.resident_id,
            row.kind,
            row.due_at,
            [item["problem_id"] for item in row.facts.get("items", [row.facts])],
        )
        for row in found
    ]


async def sent(stage: Stage, now: datetime) -> None:
    """The senders have done what was due by then."""
    due = (Delivery.due_at <= now) & Delivery.sent_at.is_(None)
    await change(stage, update(Delivery).where(due).values(sent_at=now))


@pytest.fixture
async def author(stage: Stage) -> Visitor:
    """Somebody with seven problems of their own."""
    resident = await stage.resident("ky")
    for number in range(5):
        await report(resident, f"Көйгөй {number}: жолдор бузулган, көпүрө жок")
    await change(stage, update(Delivery).values(sent_at=MORNING - timedelta(days=1)))
    return resident


async def test_what_comes_after_the_first_ones_is_gathered_for_the_evening(
    stage: Stage, author: Visitor
) -> None:
    own = (await resident_of(stage, author)).id
    for number in range(1, 6):
        now = MORNING + timedelta(minutes=number)
        await tell(stage.database, number, Word.PUBLISHED, now)
        await sent(stage, now)
    evening = MORNING.replace(hour=18)
    singles, gathered = (await heard(stage))[:-1], (await heard(stage))[-1]
    assert [(who, kind, told) for who, kind, _due, told in singles] == [(own, WORD, [1]), (own, WORD, [2])]
    assert gathered == (own, WORDS, evening, [3, 4, 5])

    # What is said after the evening's message waits for the next evening, and the next day begins anew.
    await sent(stage, evening)
    await tell(stage.database, 1, Word.DOING, evening + timedelta(minutes=5))
    assert (await heard(stage))[-1] == (own, WORDS, evening + timedelta(days=1), [1])
    await tell(stage.database, 2, Word.DOING, MORNING + timedelta(days=1))
    assert (await heard(stage))[-1][1::2] == (WORD, [2])


async def test_through_many_days_nobody_hears_more_and_nothing_is_lost(stage: Stage, author: Visitor) -> None:
    said: Counter[tuple[int, str]] = Counter()
    words = list(Word)
    for hour in range(0, 24 * 6, 3):
        now = MORNING.replace(hour=0) + timedelta(hours=hour)
        await sent(stage, now)
        problem_id, word = hour % 5 + 1, words[hour % len(words)]
        await tell(stage.database, problem_id, word, now)
        said[problem_id, word.value] += 1
        await sent(stage, now)
    await sent(stage, MORNING + timedelta(days=9))
    found = await rows(stage, select(Delivery.facts, Delivery.sent_at))
    told = Counter(
        (item["problem_id"], item["word"])
        for row in found
        for item in row.facts.get("items", [row.facts])
        if "word" in item
    )
    assert told == said
    days = Counter(row.sent_at.astimezone(BISHKEK).date() for row in found)
    assert max(days.values()) <= MOST


async def test_a_restart_of_the_senders_keeps_what_is_gathered_for_the_evening(
    stage: Stage, author: Visitor
) -> None:
    now = datetime.now(BISHKEK)
    for number in range(1, 6):
        await tell(stage.database, number, Word.PUBLISHED, now)
    await stage.deliver()
    waiting = await rows(stage, select(Delivery.kind).where(Delivery.sent_at.is_(None)))
    assert [row.kind for row in waiting] == [WORDS]
    assert sum("🟢" in (each.text or "") for each in author.messages if each.from_bot) == MOST - 1
    later = now - timedelta(minutes=1)
    await change(stage, update(Delivery).where(Delivery.kind == WORDS).values(due_at=later))
    await stage.deliver()
    assert "№3" in author.text
    assert "№5" in author.text


async def test_acts_at_the_same_moment_lose_no_word(stage: Stage, author: Visitor) -> None:
    now = MORNING
    await asyncio.gather(*(tell(stage.database, number, Word.PUBLISHED, now) for number in range(1, 6)))
    told = [problem for _who, _kind, _due, each in await heard(stage) for problem in each]
    assert sorted(told) == [1, 2, 3, 4, 5]
    kinds = Counter(kind for _who, kind, _due, _told in await heard(stage))
    assert kinds == {WORD: MOST - 1, WORDS: 1}


async def test_supporters_hear_too_but_nobody_twice_and_none_who_left(stage: Stage, author: Visitor) -> None:
    others = [await stage.resident("ru") for _each in range(3)]
    ids = [(await resident_of(stage, each)).id for each in others]
    async with stage.database.act() as db:
        for each in others:
            supporter = await find_resident(db, each.id)
            assert supporter is not None
            await save_support(db, supporter, 1, now=datetime.now(UTC))
    await change(stage, update(ResidentRow).where(ResidentRow.id == ids[0]).values(blocked_at=MORNING))
    await tell(stage.database, 1, Word.PLANNED, MORNING)
    found = await rows(stage, select(Delivery.resident_id, Delivery.failure, Delivery.facts))
    own = (await resident_of(stage, author)).id
    assert Counter(row.resident_id for row in found) == Counter([own, *ids])
    assert [row.failure for row in found if row.resident_id == ids[0]] == ["blocked"]
    assert {row.resident_id for row in found if row.facts["is_author"]} == {own}
