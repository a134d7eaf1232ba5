"""A rehearsal on its page in a real browser, and the people who play there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, ViewportSize, async_playwright

from tests.engines import chromium
from tests.sandbox.bot_process import started
from tests.screenshots import ARGUMENTS

PHONE: ViewportSize = {"width": 390, "height": 844}
ANSWER_MILLISECONDS = 30_000
BY_THE_BOT = ".message:not(.mine)"


@asynccontextmanager
async def rehearsal(tmp_path: Path, **settings: Any) -> AsyncIterator[str]:
    """A rehearsal in a process of its own, with the bot awake."""
    async with started(
        tmp_path, "sandbox", SANDBOX_PORT=0, SANDBOX_DIR=tmp_path / "sandbox", **settings
    ) as process:
        line = await process.says("http://127.0.0.1:")
        await process.says("awake")
        yield next(word for word in line.split() if word.startswith("http://"))


@asynccontextmanager
async def phone_page(address: str) -> AsyncIterator[Page]:
    """The chat page on a phone; any complaint of the page or foreign request fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        page = await browser.new_page(viewport=PHONE, accept_downloads=True)
        page.set_default_timeout(ANSWER_MILLISECONDS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("request", lambda sent: complaints.append(sent.url) if foreign(sent.url, address) else None)
        await page.goto(address)
        yield page
        await browser.close()
    assert complaints == []


def foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))


class Person:
    """One person's telephone on the page."""

    def __init__(self, page: Page, number: int) -> None:
        self._page = page
        self._number = number

    async def takes_the_phone(self) -> Locator:
        phone = self._page.locator(f'.phone[data-person="{self._number}"]')
        if not await phone.is_visible():
            await self._page.click(f'[data-choose="{self._number}"]')
        await phone.wait_for()
        return phone

    async def sends(self, text: str) -> None:
        """Write, and wait until the bot has written something too."""
        phone = await self.takes_the_phone()
        written = await phone.locator(BY_THE_BOT).count()
        await phone.locator("[data-input]").fill(text)
        await phone.locator("[data-send]").click()
        await phone.locator(BY_THE_BOT).nth(written).wait_for()

    async def taps(self, data: str, label: str = "") -> None:
        """Tap the newest button whose data begins with `data`, once the bot has shown it."""
        phone = await self.takes_the_phone()
        await self._tap(phone, phone.locator(f'[data-button^="{data}"]', has_text=label).last)

    async def publishes_all_that_waits(self) -> None:
        """One press for each report, and one more to come to the next, until nothing waits."""
        phone = await self.takes_the_phone()
        publish, on = (phone.locator(f'[data-button^="{data}"]').last for data in ("pub:", "queue:"))
        await publish.wait_for()
        while await publish.count():
            pressed = await publish.get_attribute("data-button")
            await self._tap(phone, publish)
            await phone.locator(f'[data-button="{pressed}"]').last.wait_for(state="detached")
            if await on.count():
                await self._tap(phone, on)
                await publish.wait_for()

    async def finds_then_taps(self, data: str, part: str) -> None:
        """Tap the newest button whose data begins so and holds this part, once the bot has shown it."""
        phone = await self.takes_the_phone()
        await self._tap(phone, phone.locator(f'[data-button^="{data}"][data-button*="{part}"]').last)

    async def _tap(self, phone: Locator, button: Locator) -> None:
        """Press, and wait until no button of the telephone spins any more."""
        await button.click()
        await phone.locator('[data-button][aria-busy="true"]').last.wait_for(state="detached")

    async def reads(self) -> str:
        """The newest message of the bot."""
        phone = await self.takes_the_phone()
        return await phone.locator(BY_THE_BOT).last.inner_text()

    async def finds(self, data: str) -> None:
        """Wait until the bot shows a button whose data begins with `data`."""
        phone = await self.takes_the_phone()
        await phone.locator(f'[data-button^="{data}"]').last.wait_for()

    async def sees(self, words: str) -> None:
        phone = await self.takes_the_phone()
        await phone.locator(BY_THE_BOT, has_text=words).last.wait_for()

    async def settles(self, language: str) -> None:
        await self.sends("/start")
        await self.taps(f"lang:{language}")
        await self.sends("жазы")
        await self.taps("mun:", "Жазы")
        await self.taps("vil:", "Жээренчи")
        await self.taps("agree")
