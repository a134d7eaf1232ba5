"""What the webhook answers, what it says of its health, and how it is won back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app import ALLOWED_UPDATES
from bot.db.models import Draft, InboxUpdate
from bot.telegram.health import Health
from bot.telegram.pulse import Pulse
from bot.telegram.webhook import PATH, SECRET_HEADER, Watch, webhook_app
from tests.features.people import NEED
from tests.features.records import change, rows
from tests.stage import Stage

SECRET, URL = "hush-hush", "http://127.0.0.1:1/telegram"
HEADERS = {SECRET_HEADER: SECRET}
ODD: dict[str, Any] = {"update_id": 9_000_001, "a_kind_of_tomorrow": {"from": {"id": 1}}}


@dataclass
class Site:
    """The served webhook; `has_webhook` is what its watch has found."""

    client: "TestClient[Any, Any]"
    has_webhook: bool = True

    async def post(self, body: bytes | str, **headers: str) -> int:
        async with self.client.post(PATH, data=body, headers=headers or HEADERS) as answer:
            return answer.status

    async def health(self) -> tuple[int, dict[str, Any]]:
        async with self.client.get("/health") as answer:
            return answer.status, await answer.json()


def pulse_of(stage: Stage) -> Pulse:
    async def on_gap(_db: AsyncConnection, _since: datetime, _until: datetime) -> None:
        raise AssertionError("there was no gap")

    return Pulse(stage.database, on_gap)


@asynccontextmanager
async def site(stage: Stage, pulse: Pulse | None = None) -> AsyncIterator[Site]:
    health = Health(stage.database, lambda: served.has_webhook, lambda _now: False)
    app = webhook_app(stage.app.inbox, pulse or pulse_of(stage), health, SECRET)
    async with TestClient(TestServer(app)) as client:
        served = Site(client)
        yield served


def away(*_given: object, **_named: object) -> Any:
    raise ConnectionRefusedError


async def test_what_is_no_update_of_telegram_is_refused_and_an_unknown_kind_is_not(stage: Stage) -> None:
    odd = text_of(ODD)
    async with site(stage) as served:
        with structlog.testing.capture_logs() as logged:
            for headers in ({"X-Other": "x"}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}):
                assert await served.post(odd, **headers) == 403
            for broken in (
                "{",
                "",
                "[]",
                "7",
                '{"message": {}}',
                '{"update_id": "1"}',
                b"\xff",
                "[" * 200_000,
            ):
                assert await served.post(broken) == 400
            assert logged == []
            assert await served.post(odd) == 200
    kinds = [(each["event"], each["kind"]) for each in logged]
    assert kinds in ([], [("an update cannot be read", "a_kind_of_tomorrow")])


def text_of(raw: dict[str, Any]) -> str:
    return str(raw).replace("'", '"')


async def test_a_secret_of_odd_bytes_is_refused_without_a_word_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with site(stage) as served:
        for secret in (b"\xff\xfe", SECRET.encode() + b"\xe9"):
            reader, writer = await asyncio.open_connection(served.client.host, served.client.port)
            head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n"
            writer.write(head.encode() + SECRET_HEADER.encode() + b": " + secret + b"\r\n\r\n{}")
            async with asyncio.timeout(10):
                assert (await reader.read()).startswith(b"HTTP/1.1 403 Forbidden\r\n")
            writer.close()
    assert caplog.records == []


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = await stage.resident()
    stage.world.say(resident.id, NEED)
    [raw] = stage.world.take_updates()
    async with site(stage) as served:
        monkeypatch.setattr(stage.database, "act", away)
        async with served.client.post(PATH, json=raw, headers=HEADERS) as answer:
            assert (answer.status, int(answer.headers["Retry-After"]) > 0) == (503, True)
        monkeypatch.undo()
        for _time in range(2):
            async with served.client.post(PATH, json=raw, headers=HEADERS) as answer:
                assert answer.status == 200
        await asyncio.gather(*stage.app.inbox._serving)
    assert [row.offered for row in await rows(stage, select(Draft.offered))] == [NEED]


async def test_health_tells_what_is_wrong_and_alive_does_not(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulse = pulse_of(stage)
    pulse.hear()
    await pulse.note()
    async with site(stage, pulse) as served:
        status, found = await served.health()
        assert (status, found["well"], found["database"], found["webhook"]) == (200, True, True, True)
        assert 0 <= found["last_heard"] < 300
        served.has_webhook = False
        status, found = await served.health()
        assert (status, found["well"], found["webhook"]) == (503, False, False)
        served.has_webhook = True
        with monkeypatch.context() as patched:
            patched.setattr(stage.database, "read", away)
            status, found = await served.health()
            assert (status, found["well"], found["database"]) == (503, False, False)
            async with served.client.get("/alive") as answer:
                assert answer.status == 200
        assert (await served.health())[0] == 200
        await change(stage, insert(InboxUpdate).values(**waiting_for(timedelta(minutes=6))))
        status, found = await served.health()
        assert (status, found["well"]) == (503, False)
        assert found["oldest_waiting"] >= 360


def waiting_for(time: timedelta) -> dict[str, Any]:
    return {"update_id": 9_000_002, "raw": "{}", "holder": "x", "taken_at": datetime.now(UTC) - time}


async def test_health_does_not_wait_for_a_database_that_hangs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.health.ANSWER_SECONDS", 0.1)

    @asynccontextmanager
    async def hang() -> AsyncIterator[None]:
        await asyncio.sleep(3600)
        yield

    async with site(stage) as served:
        monkeypatch.setattr(stage.database, "read", hang)
        assert (await served.health())[0] == 503
        monkeypatch.undo()


async def elsewhere(stage: Stage) -> None:
    await stage.bot.set_webhook("http://127.0.0.1:2/other")


async def nowhere(stage: Stage) -> None:
    await stage.bot.delete_webhook()


@pytest.mark.parametrize(("take_away", "is_elsewhere"), [(nowhere, False), (elsewhere, True)])
async def test_a_webhook_that_was_taken_away_is_set_anew_with_a_loud_line(
    stage: Stage, take_away: Any, is_elsewhere: bool
) -> None:
    watch = Watch(stage.bot, pulse_of(stage), URL, SECRET, ALLOWED_UPDATES)
    await watch.set()
    with structlog.testing.capture_logs() as logged:
        await watch.look()
        assert (watch.is_set, logged) == (True, [])
        await take_away(stage)
        await watch.look()
    assert stage.world.webhook["url"] == URL
    assert stage.world.webhook["secret_token"] == SECRET
    assert stage.world.allowed == ALLOWED_UPDATES
    [line] = logged
    assert (line["log_level"], line["is_elsewhere"]) == ("error", is_elsewhere)
    assert "WEBHOOK" in line["event"]


async def test_while_it_cannot_be_set_anew_health_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(stage.bot, pulse_of(stage), URL, SECRET, ALLOWED_UPDATES)
    await watch.set()
    await nowhere(stage)
    monkeypatch.setattr(stage.bot, "set_webhook", away)
    with pytest.raises(ConnectionRefusedError):
        await watch.look()
    assert not watch.is_set
    monkeypatch.undo()
    await watch.look()
    assert watch.is_set


async def test_what_waits_at_telegram_is_not_heard(stage: Stage) -> None:
    """Telegram answers our calls, and yet what people press may not reach us."""
    resident, pulse = await stage.resident(), pulse_of(stage)
    watch = Watch(stage.bot, pulse, URL, SECRET, ALLOWED_UPDATES)
    await watch.set()
    pulse._heard_at = None
    stage.world.say(resident.id, NEED)
    await watch.look()
    assert pulse._heard_at is None
    await stage.handle_all()
    await watch.look()
    assert pulse._heard_at is not None
