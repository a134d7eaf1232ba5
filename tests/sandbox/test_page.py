"""The chat page in a real browser: what people see of the bot's messages, and what they can do."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.sandbox.state import StoredFile
from bot.sandbox.world import World
from tests.engines import chromium
from tests.sandbox.conftest import PERSON, Caller, served

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 8000
HOME = {
    "inline_keyboard": [[{"text": "Үй", "callback_data": "home"}, {"text": "Артка", "callback_data": "back"}]]
}


# One browser and one loop for the whole file: starting Chromium takes seconds.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        await started.close()


class Telephone:
    """One person's phone on the page."""

    def __init__(self, page: Page, person: int = PERSON) -> None:
        self.page = page
        self.phone = page.locator(f'.phone[data-person="{person}"]')
        self.last = self.phone.locator(".message").last

    async def say(self, text: str) -> None:
        await self.phone.locator("[data-input]").fill(text)
        await self.phone.locator("[data-send]").click()

    def button(self, data: str) -> Locator:
        return self.phone.locator(f'[data-button="{data}"]').last


@pytest_asyncio.fixture(loop_scope="module")
async def page(world: World, browser: Browser) -> AsyncIterator[Page]:
    """The page on a wide screen; whatever goes wrong in it fails the test."""
    expect.set_options(timeout=PATIENCE)
    troubles: list[str] = []
    async with served(world) as address:
        opened = await browser.new_page(viewport={"width": 1300, "height": 800})
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda said: troubles.extend([said.text] if said.type == "error" else []))
        await opened.goto(address)
        await expect(opened.locator(".message").first).to_be_visible()
        yield opened
        await opened.close()
    assert troubles == []


@pytest.fixture
def telephone(page: Page) -> Telephone:
    return Telephone(page)


async def next_update(world: World, kind: str = "message") -> dict[str, Any]:
    """The next act of that kind, once it has arrived."""
    assert await world.wait(lambda: any(kind in each for each in world.updates), PATIENCE / 1000)
    return dict(next(each[kind] for each in world.take_updates() if kind in each))


async def test_a_message_is_shown_as_it_was_formatted(call: Caller, telephone: Telephone) -> None:
    words = "<b>Көпүрө <i>бузулган</i></b> <code>3</code> <tg-spoiler>сыр</tg-spoiler> &lt;script&gt;"

    await call("sendMessage", chat_id=PERSON, text=words, parse_mode="HTML")

    bubble = telephone.last.locator(".bubble")
    await expect(bubble.locator("b > i")).to_have_text("бузулган")
    await expect(bubble.locator("code")).to_have_text("3")
    await expect(bubble.locator(".spoiler")).to_have_text("сыр")
    await expect(bubble).to_contain_text("<script>")


async def test_a_quotation_stands_on_lines_of_its_own(call: Caller, telephone: Telephone) -> None:
    lines = []
    for quotation, end in (("<blockquote>жок</blockquote>", "Айыл"), ("жок", "Жолу")):
        words = f"Көпүрө\n{quotation}\n{end}"
        await call("sendMessage", chat_id=PERSON, text=words, parse_mode="HTML")
        await expect(telephone.last).to_contain_text(end)
        lines.append(await telephone.last.locator(".bubble").evaluate("each => each.offsetHeight"))

    quoted, plain = lines
    assert plain < quoted < plain + 20


async def test_everybody_fits_above_the_phones(page: Page) -> None:
    await page.set_viewport_size({"width": 1400, "height": 900})

    people = page.locator("#people")
    assert await people.evaluate("each => each.scrollWidth <= each.clientWidth")


async def test_typing_the_name_of_the_bot_shows_what_it_offers(
    world: World, call: Caller, telephone: Telephone
) -> None:
    field = telephone.phone.locator("[data-input]")
    await field.fill("@bap_sandbox_bot суу")
    asked = await next_update(world, "inline_query")
    assert asked["query"] == "суу"
    words = {"message_text": "Суу жок <b>", "entities": []}
    article = {
        "type": "article",
        "id": "p1",
        "title": "№1",
        "description": "x",
        "input_message_content": words,
    }
    await call("answerInlineQuery", inline_query_id=asked["id"], results=[article])
    await field.press("Enter")
    await telephone.phone.locator('[data-choice="№1"]').click()

    await expect(telephone.last).to_contain_text("Суу жок <b>")
    await expect(telephone.last.locator(".origin")).to_have_text("@bap_sandbox_bot")
    await expect(field).to_have_value("")
    assert [each.text for each in world.messages(PERSON) if not each.from_bot] == ["/start", "Суу жок <b>"]


async def test_no_text_is_ever_read_as_html(call: Caller, telephone: Telephone) -> None:
    evil = "<img src=x onerror=\"document.title='read as HTML'\">"

    await telephone.say(evil)
    await call("sendMessage", chat_id=PERSON, text=evil, reply_markup={"keyboard": [[evil]]})
    call.world.add_person(evil)

    await expect(telephone.last).to_contain_text("<img")
    await expect(telephone.page.locator(".person").last).to_contain_text("<img")
    assert "read as HTML" not in await telephone.page.title()
    assert await telephone.page.locator("img").count() == 0


async def test_a_pressed_button_spins_until_it_is_answered(call: Caller, telephone: Telephone) -> None:
    await call("sendMessage", chat_id=PERSON, text="x", reply_markup=HOME)

    await telephone.button("home").click()
    query = await next_update(call.world, "callback_query")
    await expect(telephone.button("home")).to_have_attribute("aria-busy", "true")

    await call("answerCallbackQuery", callback_query_id=query["id"], text="Болду")
    await expect(telephone.button("home")).not_to_have_attribute("aria-busy", "true")
    await expect(telephone.phone.locator(".toast")).to_have_text("Болду")


async def test_an_alert_stays_until_it_is_read(call: Caller, telephone: Telephone) -> None:
    await call("sendMessage", chat_id=PERSON, text="x", reply_markup=HOME)

    await telephone.button("back").click()
    query = await next_update(call.world, "callback_query")
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Үч добуш берилди", show_alert=True)

    dialog = telephone.page.locator("dialog[open]")
    await expect(dialog).to_contain_text("Үч добуш берилди")
    await dialog.get_by_role("button", name="OK").click()
    await expect(dialog).to_have_count(0)


async def test_edits_and_deletions_are_seen_at_once(call: Caller, telephone: Telephone) -> None:
    sent = await call("sendMessage", chat_id=PERSON, text="биринчи")
    message = {"chat_id": PERSON, "message_id": sent["message_id"]}
    await expect(telephone.last).to_contain_text("биринчи")

    await call("editMessageText", **message, text="экинчи", reply_markup=HOME)
    await expect(telephone.last).to_contain_text("экинчи")
    await expect(telephone.button("home")).to_be_visible()

    await call("deleteMessage", **message)
    await expect(telephone.phone.locator(f'[data-message="{sent["message_id"]}"]')).to_have_count(0)


async def test_a_document_is_downloaded_under_its_name(call: Caller, telephone: Telephone) -> None:
    sheet = StoredFile("Рейтинг.xlsx", "application/octet-stream", b"a sheet")
    await call("sendDocument", {"sheet": sheet}, chat_id=PERSON, document="attach://sheet")

    async with telephone.page.expect_download() as waiting:
        await telephone.phone.locator("[data-document]").click()
    download = await waiting.value

    assert download.suggested_filename == "Рейтинг.xlsx"
    assert await asyncio.to_thread((await download.path()).read_bytes) == b"a sheet"


async def test_keys_under_the_input_say_their_words(call: Caller, telephone: Telephone) -> None:
    await call("sendMessage", chat_id=PERSON, text="?", reply_markup={"keyboard": [["Ооба", "Жок"]]})

    await telephone.phone.locator('[data-key="Жок"]').click()

    assert (await next_update(call.world))["text"] == "Жок"


async def test_the_menu_offers_the_commands_of_the_person(call: Caller, telephone: Telephone) -> None:
    menu = [{"command": "report", "description": "Көйгөйдү билдирүү"}]
    await call("setMyCommands", commands=menu, language_code="ky")
    await expect(telephone.phone.locator(".message")).to_have_count(1)

    await expect(report_entry(telephone)).to_have_count(0)
    await telephone.phone.locator("[data-menu]").click()
    await report_entry(telephone).click()

    assert (await next_update(call.world))["text"] == "/report"


def report_entry(telephone: Telephone) -> Locator:
    return telephone.phone.get_by_role("menuitem", name="Көйгөйдү билдирүү")


async def test_a_pasted_link_to_the_bot_is_followed(call: Caller, telephone: Telephone) -> None:
    await telephone.say("https://t.me/bap_sandbox_bot?start=abc_1")
    assert (await next_update(call.world))["text"] == "/start abc_1"

    await call("sendMessage", chat_id=PERSON, text="t.me/bap_sandbox_bot?start=def")
    await telephone.phone.locator('[data-deeplink="def"]').click()
    assert (await next_update(call.world))["text"] == "/start def"


@pytest.mark.parametrize(("choice", "kind"), [("picture", "photo"), ("tone", "voice"), ("smile", "sticker")])
async def test_samples_can_be_sent(call: Caller, telephone: Telephone, choice: str, kind: str) -> None:
    await telephone.phone.locator("[data-attach]").click()
    await telephone.phone.locator(f"[data-send{choice}]").click()

    assert kind in await next_update(call.world)
    await expect(telephone.phone.locator(".mine")).to_have_count(2)


async def test_a_place_can_be_typed(call: Caller, telephone: Telephone) -> None:
    await telephone.phone.locator("[data-attach]").click()
    await telephone.phone.locator("[data-sendplace]").click()
    latitude, longitude = await telephone.page.locator("dialog input").all()
    await latitude.fill("41,43")
    await longitude.fill("76.01")
    await longitude.press("Enter")

    assert (await next_update(call.world))["location"] == {"latitude": 41.43, "longitude": 76.01}
    await expect(telephone.phone.locator("[data-place]")).to_contain_text("41.43000, 76.01000")


async def test_an_own_message_is_corrected_with_the_arrow_key(call: Caller, telephone: Telephone) -> None:
    await telephone.say("Суу жак")
    await next_update(call.world)
    await expect(telephone.last).to_contain_text("Суу жак")

    await telephone.phone.locator("[data-input]").press("ArrowUp")
    await telephone.say("Суу жок")

    assert (await next_update(call.world, "edited_message"))["text"] == "Суу жок"
    await expect(telephone.last).to_contain_text("Суу жок")


async def test_who_blocks_the_bot_can_begin_again(call: Caller, telephone: Telephone) -> None:
    await telephone.phone.locator("[data-block]").click()
    await next_update(call.world, "my_chat_member")
    assert call.world.people[PERSON].blocked

    await telephone.phone.locator("[data-start]").click()
    assert (await next_update(call.world))["text"] == "/start"
    assert not call.world.people[PERSON].blocked


async def test_a_message_nobody_has_seen_is_counted(call: Caller, page: Page) -> None:
    call.world.start(1004)
    await call("sendMessage", chat_id=1004, text="x")

    officer = page.locator('[data-choose="1004"]')
    await expect(officer.locator("[data-unread]")).to_have_text("1")
    await officer.click()
    await expect(page.locator('.phone[data-person="1004"] .message')).to_have_count(2)
    await expect(officer.locator("[data-unread]")).to_have_count(0)


async def test_somebody_new_can_join(call: Caller, page: Page) -> None:
    await page.locator("[data-add]").click()
    await page.locator("dialog input").fill("Жаңы тургун")
    await page.locator('dialog button[value="yes"]').click()

    await expect(page.locator(".phone", has_text="Жаңы тургун")).to_be_visible()
    assert [person.name for person in call.world.people.values()][-1] == "Жаңы тургун"


async def test_everything_is_wiped_after_a_question(call: Caller, telephone: Telephone) -> None:
    await telephone.page.locator("[data-wipe]").click()
    await telephone.page.locator('dialog button[value="yes"]').click()

    await expect(telephone.phone.locator("[data-start]")).to_be_visible()
    assert call.world.messages(PERSON) == []


async def test_a_small_phone_shows_one_chat_and_nothing_beside_the_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})

    await expect(page.locator(".phone")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await expect(page.locator("[data-send]")).to_be_in_viewport()
