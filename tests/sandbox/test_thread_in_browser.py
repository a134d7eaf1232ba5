"""The main thread by hand in a real browser: from two residents' first visit to the downloaded ranking."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Locator, Page, ViewportSize, async_playwright

from tests.engines import chromium
from tests.sandbox.bot_process import started
from tests.screenshots import ARGUMENTS, FACILITATOR, RESIDENTS

PHONE: ViewportSize = {"width": 390, "height": 844}
NEED = "Жогорку көчөдө суу түтүгү жарылган. Суу <көчөгө> агып, үйлөргө жетпейт."
ANSWER_MILLISECONDS = 15_000


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """A rehearsal in a process of its own, with the bot awake."""
    async with started(tmp_path, "sandbox", SANDBOX_PORT=0, SANDBOX_DIR=tmp_path / "sandbox") as process:
        line = await process.says("http://127.0.0.1:")
        await process.says("awake")
        yield next(word for word in line.split() if word.startswith("http://"))


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
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
        phone = await self.takes_the_phone()
        await phone.locator("[data-input]").fill(text)
        await phone.locator("[data-send]").click()

    async def taps(self, data: str, label: str = "") -> None:
        """Tap the newest button whose data begins with `data`, once the bot has shown it."""
        phone = await self.takes_the_phone()
        await phone.locator(f'[data-button^="{data}"]', has_text=label).last.click()

    async def sees(self, words: str) -> None:
        phone = await self.takes_the_phone()
        await phone.locator(".message:not(.mine)", has_text=words).last.wait_for()

    async def settles(self, language: str) -> None:
        await self.sends("/start")
        await self.taps(f"lang:{language}")
        await self.sends("жазы")
        await self.taps("mun:", "Жазы")
        await self.taps("vil:", "Жээренчи")
        await self.taps("agree")


async def calls_the_crowd(page: Page) -> None:
    await page.click("[data-crowd]")
    await page.click("dialog [value=yes]")


async def test_a_report_becomes_a_ranking_that_is_downloaded_from_the_chat(
    page: Page, tmp_path: Path
) -> None:
    kyrgyz, russian = Person(page, RESIDENTS["ky"]), Person(page, RESIDENTS["ru"])
    facilitator = Person(page, FACILITATOR)
    await kyrgyz.settles("ky")
    await russian.settles("ru")

    await kyrgyz.taps("rep")
    await kyrgyz.sends(NEED)
    for step in ("dvil:", "dtop:", "dwho:", "skip:media", "send:"):
        await kyrgyz.taps(step)
    await facilitator.sends("/desk")
    await facilitator.taps("queue:")
    for _waiting in range(5):
        await facilitator.taps("pub:")
        await page.wait_for_timeout(400)
    await kyrgyz.sees("🟢")

    await calls_the_crowd(page)
    await page.get_by_text("Сейчас голосование не открыто").wait_for()
    await page.click("dialog button")

    await facilitator.taps("deskm:")
    await facilitator.taps("vplan:")
    await facilitator.taps("vday:")
    await facilitator.taps("vopen:")
    for voter in (kyrgyz, russian):
        await voter.sees("🗳")
        await voter.sends("/vote")
        await voter.taps("cast:")
        await voter.taps("vdone:")
        await voter.sees("✅")

    await calls_the_crowd(page)
    await page.locator("[data-crowd]", has_text="✓ 30").wait_for()

    await facilitator.taps("vask:")
    await facilitator.taps("vclose:")
    await facilitator.taps("export:")
    phone = await facilitator.takes_the_phone()
    async with page.expect_download() as download:
        await phone.locator("[data-document$=xlsx]").last.click()
    target = tmp_path / "ranking.xlsx"
    await (await download.value).save_as(target)

    sheet = load_workbook(target).worksheets[0]
    found = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert NEED in found
    assert any("32" in value for value in found)
