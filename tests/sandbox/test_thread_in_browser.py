"""The main thread by hand in a real browser: from two residents' first visit to the downloaded ranking."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Page

from tests.sandbox.rehearsed import Person, phone_page, rehearsal
from tests.screenshots import FACILITATOR, RESIDENTS

NEED = "Китепкананын чатыры <ачык>, жамгырда китептер нымдап чирип жатат."


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with rehearsal(tmp_path) as address, phone_page(address) as page:
        yield page


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
    await facilitator.publishes_all_that_waits()
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
        await voter.taps("mesex:")
        await voter.taps("meage:")
        await voter.taps("cast:")
        await voter.taps("vdone:")
        await voter.sees("✅")

    await calls_the_crowd(page)
    await page.locator("[data-crowd]", has_text="✓ 30").wait_for()

    await facilitator.taps("vask:")
    await facilitator.taps("vclose:")
    await facilitator.taps("vpubask:")
    await facilitator.taps("vpub:")
    await facilitator.taps("export:")
    await facilitator.taps("rankfile:", "XLSX")
    phone = await facilitator.takes_the_phone()
    async with page.expect_download() as download:
        await phone.locator("[data-document$=xlsx]").last.click()
    target = tmp_path / "ranking.xlsx"
    await (await download.value).save_as(target)

    sheets = load_workbook(target).worksheets[:2]
    found = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert NEED in found
    assert any("32" in value for value in found)
