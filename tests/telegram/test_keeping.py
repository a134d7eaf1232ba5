"""What is taken is kept and handled once, whoever dies; and one person's trouble is not another's."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from aiogram.types import TelegramObject
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from bot.db.models import Draft, InboxUpdate, Process
from bot.telegram import inbox as module, texts
from bot.telegram.inbox import MOST_WAITING, Inbox, Taken
from bot.telegram.middlewares import Visit
from bot.telegram.raw_updates import Raw
from bot.telegram.watchdog import Watchdog
from tests.engines import POSTGRESQL
from tests.features.people import NEED
from tests.features.records import change, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor
from tests.telegram.processes import another, finish

# More than it takes, however slow the machine; without it the test would hang.
SECONDS = 60
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def written(stage: Stage, visitor: Visitor, *words: str) -> list[Raw]:
    """Messages that nobody has taken yet."""
    for each in words:
        stage.world.say(visitor.id, each)
    return stage.world.take_updates()


async def waiting(stage: Stage) -> list[Any]:
    query = select(InboxUpdate.update_id, InboxUpdate.holder).where(InboxUpdate.raw.is_not(None))
    return [tuple(row) for row in await rows(stage, query.order_by(InboxUpdate.update_id))]


async def handled(inbox: Inbox, raws: list[Raw]) -> int:
    taken = await inbox.take(raws)
    await asyncio.gather(*(each.handled for each in taken))
    return len(taken)


@asynccontextmanager
async def every_act(
    before: Callable[[], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """Something happens at the beginning of every act, before anybody knows who it is."""
    welcome = Visit.__call__

    async def meddled(self: Visit, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        await before()
        return await welcome(self, handler, event, data)

    with monkeypatch.context() as patched:
        patched.setattr(Visit, "__call__", meddled)
        yield


async def test_an_update_that_comes_again_is_passed_over_and_its_content_is_gone(stage: Stage) -> None:
    resident = await stage.resident()
    raws = written(stage, resident, NEED)
    assert await handled(stage.app.inbox, raws) == 1
    before = len(resident.messages)
    assert await handled(stage.app.inbox, raws) == 0
    await stage.app.inbox.strike_off()
    assert await handled(another(stage), raws) == 0
    assert len(resident.messages) == before
    assert await waiting(stage) == []


async def test_numbers_that_begin_lower_are_taken(stage: Stage) -> None:
    resident = await stage.resident()
    for number in (5_000_000_000, 7):
        [raw] = written(stage, resident, "/help")
        assert await handled(stage.app.inbox, [{**raw, "update_id": number}]) == 1


async def test_what_a_dead_process_had_kept_is_handled_by_another_and_by_nobody_twice(stage: Stage) -> None:
    resident = await stage.resident()
    await stage.app.inbox.strike_off()
    dead, heir, late = another(stage), another(stage), another(stage)
    await dead.begin(alone=False)
    dead._queue = lambda _taken: []  # type: ignore[method-assign,assignment]  # it dies before it begins
    raws = written(stage, resident, NEED)
    await dead.take(raws)
    await heir.begin(alone=False)
    # As long as the other may be alive, it is left alone.
    assert await waiting(stage) == [(raws[0]["update_id"], dead.name)]
    gone = datetime.now(UTC) - timedelta(hours=1)
    await change(stage, update(Process).where(Process.name == dead.name).values(alive_until=gone))
    await asyncio.gather(heir._beat(), late._beat())
    await finish(heir, late)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    assert await waiting(stage) == []


@pytest.mark.parametrize("is_dead", [True, False])
async def test_one_person_s_updates_keep_their_order_in_several_processes(
    stage: Stage, *, is_dead: bool
) -> None:
    resident, other = await stage.resident(), await stage.resident()
    await stage.app.inbox.strike_off()
    first, second = another(stage), another(stage)
    await first.begin(alone=False)
    await second.begin(alone=False)
    begin: Callable[[Sequence[Taken]], list[Taken]] = first._queue
    held: list[Taken] = []

    def keep(taken: Sequence[Taken]) -> list[Taken]:
        held.extend(taken)
        return []

    first._queue = keep  # type: ignore[method-assign]
    await first.take(written(stage, resident, "/report"))
    taken = await second.take(written(stage, resident, NEED, "Жээренчи"))
    assert await handled(second, written(stage, other, NEED)) == 1
    assert not any(each.handled.done() for each in taken)
    if is_dead:
        gone = datetime.now(UTC) - timedelta(hours=1)
        await change(stage, update(Process).where(Process.name == first.name).values(alive_until=gone))
        await second._beat()
    else:
        await asyncio.gather(*(each.handled for each in begin(held)))
        await first.strike_off()
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*(each.handled for each in taken))
    drafts = await rows(stage, select(Draft.text, Draft.step).where(Draft.text.is_not(None)))
    assert [tuple(row) for row in drafts] == [(NEED, "topic")]
    await finish(first, second)
    assert await waiting(stage) == []
    await second.begin(alone=False)
    assert second._has_company is False


@pytest.mark.parametrize("database_url", [POSTGRESQL], indirect=True)
async def test_what_a_halted_process_locks_keeps_no_other_process_from_its_work(stage: Stage) -> None:
    first, second, third = [await stage.resident() for _person in range(3)]
    await stage.app.inbox.strike_off()
    halted, heir = another(stage), another(stage)
    halted._queue = lambda _taken: []  # type: ignore[method-assign,assignment]  # it is halted at once
    [locked], [free] = written(stage, first, NEED), written(stage, second, NEED)
    await halted.take([locked, free])
    async with stage.database.act() as db:
        mine = select(InboxUpdate.acted_at).where(InboxUpdate.update_id == locked["update_id"])
        await db.execute(mine.with_for_update())
        async with asyncio.timeout(SECONDS):
            await heir.begin(alone=False)
            assert await handled(heir, written(stage, third, NEED)) == 1
            await asyncio.gather(*heir._serving)
            await heir.strike_off()
        assert await waiting(stage) == [(locked["update_id"], halted.name)]
    await heir._beat()
    await finish(heir)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED] * 3


async def test_whoever_is_alone_takes_over_at_once_and_what_is_given_back_is_free(stage: Stage) -> None:
    resident = await stage.resident()
    await stage.app.inbox.strike_off()
    for number, alone in enumerate((True, False)):
        dead, heir = another(stage), another(stage)
        await dead.begin(alone=False)
        dead._queue = lambda _taken: []  # type: ignore[method-assign,assignment]
        await dead.take(written(stage, resident, f"{NEED} {number}"))
        if not alone:
            await dead.close(1)
        await heir.begin(alone=alone)
        await finish(heir)
        assert await waiting(stage) == []
        assert str(number) in (await rows(stage, select(Draft.offered)))[0].offered


async def test_a_commit_whose_answer_was_lost_is_found_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, inbox = await stage.resident(), stage.app.inbox
    act = stage.database.act

    @asynccontextmanager
    async def cut() -> AsyncIterator[Any]:
        async with act() as db:
            yield db
        raise ConnectionResetError

    monkeypatch.setattr(stage.database, "act", cut)
    raws = written(stage, resident, NEED)
    with pytest.raises(ConnectionResetError):
        await inbox.take(raws)
    monkeypatch.undo()
    assert await inbox.take(raws) == []
    await inbox.begin(alone=False)
    await finish(inbox)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]


async def test_whoever_sends_too_much_at_once_is_told_once_and_how_much_was_not_read(stage: Stage) -> None:
    resident = await stage.resident()
    raws = written(stage, resident, *["/help"] * (MOST_WAITING + 30))
    before = len(resident.messages)
    assert await handled(stage.app.inbox, raws) == MOST_WAITING + 1
    told = [message.text for message in resident.messages[before:] if message.from_bot]
    assert len(told) == MOST_WAITING + 1
    assert told[-1] == worded("ru", texts.too_many_at_once, 30)
    # It comes again, perhaps to another process, and still nobody reads it.
    assert await handled(another(stage), raws) == 0
    await resident.send("/settings")
    assert resident.text not in told


async def test_one_who_waits_for_a_long_time_keeps_nobody_else_waiting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, other = await stage.resident(), await stage.resident()
    opened = asyncio.Event()
    send = stage.bot.send_message

    async def hang(chat_id: int, *given: Any, **named: Any) -> Any:
        if chat_id == patient.id:
            await opened.wait()
        return await send(chat_id, *given, **named)

    monkeypatch.setattr(stage.bot, "send_message", hang)
    raws = written(stage, patient, "/help", NEED)
    taken = await stage.app.inbox.take(raws)
    for _message in range(MOST_WAITING * 6):
        await other.send("/help")
    assert not any(each.handled.done() for each in taken)
    opened.set()
    await asyncio.gather(*(each.handled for each in taken))
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]


async def test_an_act_that_hangs_is_given_up_with_a_code_and_the_next_is_handled(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = await stage.resident("ky")
    monkeypatch.setattr(module, "Watchdog", lambda **places: _Impatient(**places))

    async def hang() -> None:
        await asyncio.sleep(3600)

    async with every_act(hang, monkeypatch):
        with structlog.testing.capture_logs() as logged:
            await resident.send(NEED)
            await resident.press("rep")
    codes = [each["code"] for each in logged if each["event"] == "an update was given up"]
    assert len(codes) == 2
    assert resident.text == worded("ky", texts.apology, codes[0])
    assert resident.alert == worded("ky", texts.apology_alert, codes[1])
    # On a busy machine an honest act, too, may take longer than an impatient one allows.
    monkeypatch.undo()
    await resident.send("/report")
    assert "leave" in resident.data


class _Impatient(Watchdog):
    def __init__(self, **given: Any) -> None:
        super().__init__(0.3 if given else 60, **given)


async def test_an_error_before_anybody_is_known_is_apologised_for_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = await stage.resident()

    async def fail() -> None:
        raise LookupError

    async with every_act(fail, monkeypatch):
        with structlog.testing.capture_logs() as logged:
            await resident.send(NEED)
    [code] = [each["code"] for each in logged if each["event"] == "an update was given up"]
    assert resident.text == worded("ru", texts.apology, code)


async def test_a_passing_trouble_is_tried_again_and_one_that_does_not_pass_in_time_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, left = await stage.resident(), [3]
    monkeypatch.setattr(module, "WAITS", (0.01,) * 20)

    async def stumble() -> None:
        if left[0]:
            left[0] -= 1
            raise ConnectionRefusedError

    async with every_act(stumble, monkeypatch):
        await resident.send(NEED)
        assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
        monkeypatch.setattr(module, "LIFETIMES", {"callback_query": timedelta(seconds=-1)})
        left[0] = 10
        await resident.press("rep")
    assert resident.alert
    assert resident.alert.startswith(worded("ru", texts.apology_alert, "")[:20])


async def test_while_the_database_is_away_nothing_is_taken(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = await stage.resident()
    raws = written(stage, resident, NEED)

    def away() -> Any:
        raise OperationalError("BEGIN", {}, ConnectionRefusedError())

    monkeypatch.setattr(stage.database, "act", away)
    with pytest.raises(OperationalError):
        await stage.app.inbox.take(raws)
    monkeypatch.undo()
    assert await handled(stage.app.inbox, raws) == 1
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 9_000_001, "a_kind_of_tomorrow": {"from": {"id": 1}}},
        {"update_id": 9_000_002},
        {"update_id": 9_000_003, "message": None},
        {"update_id": 9_000_004, "message": {"chat": []}},
        {"update_id": 9_000_005, "callback_query": {"id": "1", "from": {"id": "x"}}},
        {"update_id": 2**70, "message": {}},
        {"update_id": "7"},
        {},
        [],
        None,
        "text",
    ],
    ids=str,
)
async def test_whatever_comes_stops_nothing_and_is_not_written_to_the_log(stage: Stage, raw: Any) -> None:
    resident = await stage.resident()
    ours = written(stage, resident, "/help")
    with structlog.testing.capture_logs() as logged:
        taken = await stage.app.inbox.take([raw, *ours, raw])
        await asyncio.gather(*(each.handled for each in taken))
    assert worded("ru", texts.unreadable) not in resident.text
    assert [each["event"] for each in logged] in ([], ["an update cannot be read"])
    await stage.app.inbox.strike_off()
    assert await waiting(stage) == []


def broken(stage: Stage, visitor: Visitor, text: str | None, **parts: Any) -> Raw:
    """A message with a part that aiogram cannot read."""
    [raw] = written(stage, visitor, text or "x")
    raw["message"] |= {**parts, "external_reply": {"story": {}}}
    if text is None:
        del raw["message"]["text"]
    return json.loads(json.dumps(raw))  # type: ignore[no-any-return]


async def test_words_beside_a_part_that_cannot_be_read_are_not_lost(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await handled(stage.app.inbox, [broken(stage, resident, NEED)])
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]
    [raw] = written(stage, resident, "x")
    raw["message"]["from"]["first_name"] = None
    with structlog.testing.capture_logs() as logged:
        await handled(stage.app.inbox, [raw])
    assert resident.text == worded("ky", texts.unreadable)
    assert [(each["event"], each["kind"]) for each in logged] == [("an update cannot be read", "message")]


async def test_a_tap_on_a_message_that_cannot_be_read_is_done(stage: Stage) -> None:
    resident = await stage.resident()
    stage.world.tap(resident.id, resident.screen.message_id, "rep")
    [raw] = stage.world.take_updates()
    raw["callback_query"]["message"]["chat"].pop("type")
    raw["callback_query"]["message"]["external_reply"] = {"story": {}}
    before = resident.screen.message_id
    await handled(stage.app.inbox, [raw])
    assert resident.screen.message_id >= before
