"""A vote by telephone and on paper in a real browser: from opening to the result and the report to print."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.features.votes.ranking_files.recount import recount
from tests.sandbox.rehearsed import Person, phone_page, rehearsal
from tests.sandbox.test_thread_in_browser import calls_the_crowd
from tests.screenshots import FACILITATOR, RESIDENTS

SHEET_VOTES = 20


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with rehearsal(tmp_path) as address, phone_page(address) as page:
        yield page


async def enters_a_sheet(facilitator: Person) -> None:
    """All of it by tapping and typing; the first three problems of the list get votes."""
    await facilitator.taps("gath:")
    await facilitator.taps("gathnew:")
    await facilitator.finds_then_taps("gathset:", ":nr:")
    await facilitator.taps("gathset:", "Жазы")
    for step in ("day", "who", "how"):
        await facilitator.finds_then_taps("gathset:", f":{step}:")
    await facilitator.sees("34 21 50 6")
    await facilitator.sends("34 21 50 6")
    await facilitator.sees("12 - 30")
    numbers = re.findall(r"^(\d+) \S", await facilitator.reads(), re.MULTILINE)[:3]
    assert len(numbers) == 3
    await facilitator.sends("\n".join(f"{number} - {SHEET_VOTES}" for number in numbers))
    await facilitator.finds("gathdrop:")
    await facilitator.sends("Мектеп\nАйыл башчысы\nАксакал")
    await facilitator.finds_then_taps("gathset:", ":pic:")
    await facilitator.taps("gathsave:")
    await facilitator.finds("gathsee:")


async def downloads(page: Page, person: Person, kind: str, target: Path) -> None:
    await person.finds_then_taps("rankfile:", f":{kind}")
    phone = await person.takes_the_phone()
    async with page.expect_download() as download:
        await phone.locator(f"[data-document$={kind}]").last.click()
    await (await download.value).save_as(target)


async def test_phone_and_paper_become_one_result_and_a_report_to_print(page: Page, tmp_path: Path) -> None:
    facilitator = Person(page, FACILITATOR)
    people = {language: Person(page, RESIDENTS[language]) for language in ("ky", "ru")}
    for language, person in people.items():
        await person.settles(language)
    await facilitator.sends("/desk")
    for button in ("vplan:", "vday:", "vopen:"):
        await facilitator.taps(button)
    for voter in people.values():
        await voter.sends("/vote")
        for button in ("mesex:", "meage:", "cast:", "vdone:"):
            await voter.taps(button)
        await voter.sees("✅")
    await calls_the_crowd(page)
    await page.locator("[data-crowd]", has_text="✓ 30").wait_for()

    await facilitator.sends("/desk")
    await facilitator.taps("turnout:")
    await enters_a_sheet(facilitator)
    await facilitator.taps("turnout:")
    for button in ("vask:", "vclose:", "vpubask:", "vpub:"):
        await facilitator.taps(button)
    for person in people.values():
        await person.taps("res:")
        await person.sees("32")
        await person.sees("50")
        await person.taps("respic:")
        phone = await person.takes_the_phone()
        await phone.locator("img").last.wait_for()
    for language in ("ky", "ru"):
        await facilitator.sends("/settings")
        await facilitator.taps(f"lang:{language}")
        await facilitator.sends("/desk")
        await facilitator.taps("turnout:")
        await facilitator.taps("export:")
        report, table = tmp_path / f"{language}.pdf", tmp_path / f"{language}.xlsx"
        await downloads(page, facilitator, "pdf", report)
        assert report.read_bytes().startswith(b"%PDF")
        await downloads(page, facilitator, "xlsx", table)
        found = recount(table)
        assert (found.differences, found.ballots, found.sheets) == ([], 32, 1)
