"""A hearing by hand in a real browser: announced, read in both languages, asked about, answered, filed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.async_api import Page

from bot.domain.clock import BISHKEK
from tests.sandbox.rehearsed import Person, phone_page, rehearsal
from tests.screenshots import HEARING, OFFICER, ORGANISER, PLACE, RESIDENTS

QUESTION = "Көпүрөгө канча <сом> каралган?"


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with rehearsal(tmp_path) as address, phone_page(address) as page:
        yield page


async def announces(officer: Person) -> None:
    await officer.sends("/office")
    await officer.taps("ann:")
    await officer.taps("hkind:1:draft_budget")
    day = f"{datetime.now(BISHKEK) + timedelta(days=14):%d.%m.%Y}"
    # Each question offers the way back to the one before it.
    questions = ("kind", "topic", "topic2", "agenda", "agenda2", "day", "time")
    for before, answer in zip(questions, (*HEARING, day, "14:00", PLACE), strict=True):
        await officer.finds(f"hline:1:{before}")
        await officer.sends(answer)
    await officer.taps("hskip:1:pin")
    await officer.finds("hline:1:pin")
    await officer.sends(ORGANISER)
    await officer.taps("hskip:1:documents")
    await officer.taps("hskip:1:whom")
    await officer.sees(HEARING[0])
    await officer.taps("hprev:1:ru")
    await officer.sees(HEARING[1])
    await officer.taps("hgo:1")


async def test_a_hearing_is_told_in_both_languages_asked_about_and_its_dispatch_filed(
    page: Page, tmp_path: Path
) -> None:
    kyrgyz, russian = Person(page, RESIDENTS["ky"]), Person(page, RESIDENTS["ru"])
    officer = Person(page, OFFICER)
    await kyrgyz.settles("ky")
    await russian.settles("ru")
    await officer.sends("/settings")
    await officer.taps("lang:ky")
    await officer.finds("off")
    await announces(officer)

    await kyrgyz.sees(HEARING[0])
    await russian.sees(HEARING[1])
    await kyrgyz.taps("hcome:", "🙋")
    await russian.taps("hread:")
    await kyrgyz.taps("qask:")
    await kyrgyz.taps("qkind:")
    await kyrgyz.sends(QUESTION)
    await kyrgyz.taps("qanon")
    await kyrgyz.taps("qsend:")
    await officer.sees("❓")

    await officer.sends("/office")
    await officer.taps("ohear:1")
    await officer.taps("disp:1")
    await officer.taps("dispx:1:xlsx")
    phone = await officer.takes_the_phone()
    async with page.expect_download() as download:
        await phone.locator("[data-document$=xlsx]").last.click()
    target = tmp_path / "dispatch.xlsx"
    await (await download.value).save_as(target)
    cells = {str(cell.value) for sheet in load_workbook(target) for row in sheet.iter_rows() for cell in row}
    assert any(HEARING[0] in value for value in cells)
