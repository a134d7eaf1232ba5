"""The sandbox over real HTTP: every kind of body, aiogram's own client, webhooks, and the guards."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramForbiddenError
from aiogram.types import BufferedInputFile, InputMediaDocument, Message
from aiohttp import FormData, web

from bot.sandbox.server import create_app, serve
from bot.sandbox.world import TOKEN, World
from tests.sandbox.conftest import PERSON, Site

SECRET = "a-secret"


async def test_calls_come_as_json_as_a_form_and_in_the_address(site: Site) -> None:
    address = site.bot("sendMessage")
    call: dict[str, str | int] = {"chat_id": PERSON, "text": "Салам"}
    form = FormData({"chat_id": str(PERSON), "text": "Салам"}, default_to_multipart=True)

    answers = [
        await site.client.post(address, json=call),
        await site.client.post(address, data=call),
        await site.client.post(address, data=form),
        await site.client.get(address, params=call),
    ]

    assert [(await answer.json())["result"]["text"] for answer in answers] == ["Салам"] * 4


@pytest.mark.parametrize("body", ["{", "[1]", "5"])
async def test_an_unreadable_body_is_refused(site: Site, body: str) -> None:
    headers = {"Content-Type": "application/json"}

    async with site.client.post(site.bot("sendMessage"), data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (400, False)


async def test_the_code_of_a_refusal_is_the_status_of_the_answer(site: Site) -> None:
    for address, status in (
        (site.bot("getMe"), 200),
        (site.bot("getMe", "wrong"), 401),
        (site.bot("getNothing"), 404),
    ):
        async with site.client.get(address) as answer:
            assert answer.status == status
            assert (await answer.json()).get("error_code", 200) == status


@asynccontextmanager
async def aiogram_bot(site: Site) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(site.address))
    bot = Bot(TOKEN, session)
    try:
        yield bot
    finally:
        await session.close()


async def test_a_bot_made_with_aiogram_polls_and_answers(site: Site) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"<b>{message.text}</b>", parse_mode="HTML")

    async with aiogram_bot(site) as bot:
        polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
        site.world.say(PERSON, "Салам")
        async with asyncio.timeout(5):
            await site.world.wait(lambda: site.world.messages(PERSON)[-1].from_bot, 5)
        await dispatcher.stop_polling()
        await polling

    answer = site.world.messages(PERSON)[-1]
    assert (answer.text, answer.entities) == ("Салам", [{"type": "bold", "offset": 0, "length": 5}])


async def test_aiogram_uploads_sends_again_and_downloads(site: Site) -> None:
    file = BufferedInputFile("Артыкчылык".encode(), "Рейтинг.csv")

    async with aiogram_bot(site) as bot:
        sent = await bot.send_document(PERSON, file, caption="Рейтинг")
        assert sent.document
        again = await bot.send_document(PERSON, sent.document.file_id)
        album = await bot.send_media_group(PERSON, [InputMediaDocument(media=file)] * 2)
        content = await bot.download(sent.document.file_id)

    assert (sent.document.file_name, sent.caption) == ("Рейтинг.csv", "Рейтинг")
    assert again.document
    assert again.document.file_id == sent.document.file_id
    assert [each.document and each.document.file_name for each in album] == ["Рейтинг.csv"] * 2
    assert content
    assert content.read().decode() == "Артыкчылык"


async def test_aiogram_understands_the_refusals(site: Site) -> None:
    site.world.webhook = {"url": "http://127.0.0.1:9/", "secret_token": "", "max_connections": 1}

    async with aiogram_bot(site) as bot:
        with pytest.raises(TelegramBadRequest, match="message text is empty"):
            await bot.send_message(PERSON, " ")
        with pytest.raises(TelegramForbiddenError, match="can't initiate conversation"):
            await bot.send_message(1002, "x")
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await bot.get_updates()


class Receiver:
    """A webhook that notes what it is sent; it fails as often as it is told to."""

    def __init__(self, failures: int = 0, answer: dict[str, Any] | None = None) -> None:
        self.texts: list[str] = []
        self.secrets: set[str | None] = set()
        self._failures = failures
        self._answer = answer

    async def receive(self, request: web.Request) -> web.Response:
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.texts.append((await request.json())["message"]["text"])
        if self._failures:
            self._failures -= 1
            return web.Response(status=500)
        return web.json_response(self._answer) if self._answer else web.Response()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/hook", self.receive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        finally:
            await runner.cleanup()


async def test_a_webhook_gets_every_update_in_order_and_with_the_secret(site: Site) -> None:
    receiver = Receiver()
    site.world.say(PERSON, "before")

    async with receiver.listening() as url:
        hook = {"url": url, "secret_token": SECRET, "max_connections": 1}
        await site.client.post(site.bot("setWebhook"), json=hook)
        for text in ("1", "2", "3"):
            site.world.say(PERSON, text)
        assert await site.world.wait(lambda: not site.world.updates, 5)

    assert (receiver.texts, receiver.secrets) == (["before", "1", "2", "3"], {SECRET})


async def test_a_webhook_that_fails_gets_the_update_again(site: Site) -> None:
    receiver = Receiver(failures=1)

    async with receiver.listening() as url:
        await site.client.post(site.bot("setWebhook"), json={"url": url, "max_connections": 1})
        site.world.say(PERSON, "1")
        site.world.say(PERSON, "2")
        assert await site.world.wait(lambda: not site.world.updates, 5)
        async with site.client.get(site.bot("getWebhookInfo")) as answer:
            info = (await answer.json())["result"]

    assert receiver.texts == ["1", "1", "2"]
    assert info["pending_update_count"] == 0
    assert "500" in info["last_error_message"]


async def test_a_webhook_may_answer_with_a_call(site: Site) -> None:
    receiver = Receiver(answer={"method": "sendMessage", "chat_id": PERSON, "text": "Алынды"})

    async with receiver.listening() as url:
        await site.client.post(site.bot("setWebhook"), json={"url": url})
        site.world.say(PERSON, "1")
        assert await site.world.wait(lambda: not site.world.updates, 5)

    assert site.world.messages(PERSON)[-1].text == "Алынды"


@pytest.mark.parametrize("url", ["https://example.org/hook", "http://10.0.0.1/", "ftp://127.0.0.1/"])
async def test_updates_never_leave_this_machine(site: Site, url: str) -> None:
    async with site.client.post(site.bot("setWebhook"), json={"url": url}) as answer:
        assert (answer.status, site.world.webhook) == (400, {})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
async def test_it_is_served_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="for this machine only"):
        await serve(create_app(World()), host, 0)


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"Host": "example.org"}),
        ("GET", "/api/state", {"Host": "sandbox.example.org:8080"}),
        ("GET", "/api/state", {"Sec-Fetch-Site": "cross-site"}),
        ("POST", "/api/wipe", {"Origin": "https://example.org"}),
        ("POST", "/api/wipe", {"Origin": "null"}),
        ("POST", "/api/wipe", {"Sec-Fetch-Site": "same-site"}),
        ("GET", f"/bot{TOKEN}/sendMessage?chat_id={PERSON}&text=x", {"Sec-Fetch-Site": "cross-site"}),
    ],
)
async def test_other_sites_are_refused(site: Site, method: str, path: str, headers: dict[str, str]) -> None:
    before = len(site.world.messages(PERSON))

    async with site.client.request(method, site.address + path, headers=headers) as answer:
        assert answer.status == 403

    assert (len(site.world.messages(PERSON)), site.wiped) == (before, [])


async def test_the_page_itself_is_let_in(site: Site) -> None:
    own = {"Origin": site.address, "Sec-Fetch-Site": "same-origin"}

    async with site.client.post(f"{site.address}/api/wipe", headers=own) as answer:
        assert answer.status == 200

    assert site.wiped == ["wiped"]
    assert site.world.messages(PERSON) == []


async def test_the_page_asks_nothing_of_other_sites(site: Site) -> None:
    async with site.client.get(site.address, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]

    assert "/*style*/" not in page
    assert "/*script*/" not in page
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


async def test_everything_a_person_does_on_the_page_becomes_an_update(site: Site) -> None:
    person = f"{site.address}/api/people/{PERSON}"
    photo = FormData({"kind": "photo", "caption": "Көпүрө"}, default_to_multipart=True)
    photo.add_field("file", b"\xff\xd8", filename="a.jpg", content_type="image/jpeg")
    place = FormData({"kind": "location", "latitude": "40.5", "longitude": "73.1"})

    await site.client.post(f"{person}/say", json={"text": "Салам"})
    await site.client.post(f"{person}/send", data=photo)
    await site.client.post(f"{person}/send", data=place)
    await site.client.post(f"{person}/send", data=FormData({"kind": "sticker"}))
    await site.client.post(f"{person}/block", json={"blocked": True})

    updates = site.world.take_updates()
    assert [update.get("message", {}).get("caption") for update in updates[:2]] == [None, "Көпүрө"]
    assert updates[2]["message"]["location"] == {"latitude": 40.5, "longitude": 73.1}
    assert updates[3]["message"]["sticker"]["emoji"]
    assert updates[4]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people/7/say", {"text": "x"}, 404),
        (f"people/{PERSON}/say", {"text": " "}, 400),
        (f"people/{PERSON}/say", [], 400),
        (f"people/{PERSON}/edit", {"message_id": 999, "text": "x"}, 400),
        (f"people/{PERSON}/key", {"text": "no such key"}, 400),
        ("people", {"name": ""}, 400),
    ],
)
async def test_what_cannot_be_done_is_refused(site: Site, path: str, body: Any, status: int) -> None:
    async with site.client.post(f"{site.address}/api/{path}", json=body) as answer:
        assert answer.status == status


async def test_a_page_sent_as_a_document_is_downloaded_and_never_shown(site: Site) -> None:
    site.world.send_document(PERSON, "Барак.html", b"<script>alert(1)</script>", "text/html")
    file_id = site.world.messages(PERSON)[-1].media["file_id"]

    async with site.client.get(f"{site.address}/api/file/{file_id}") as answer:
        assert answer.content_disposition
        assert answer.content_disposition.type == "attachment"
        assert answer.content_disposition.filename == "Барак.html"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_whoever_watches_hears_of_every_change(site: Site) -> None:
    async with site.client.get(f"{site.address}/api/events") as events:
        first = await events.content.readline()
        await events.content.readline()
        site.world.say(PERSON, "x")
        second = await events.content.readline()

    assert first.startswith(b"data: ")
    assert int(second[6:]) > int(first[6:])
