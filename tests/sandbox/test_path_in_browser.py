"""Two residents' paths by hand in a real browser, in Kyrgyz and in Russian: from a report to "done"."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Page

from bot.domain.plan import Part
from bot.features.plan.reading.callbacks import View
from tests.features.plan.drafting.plans import PLAN_OF_JAZY, YEAR, filled
from tests.sandbox.rehearsed import Person, phone_page, rehearsal
from tests.sandbox.test_hearing_in_browser import announces
from tests.screenshots import FACILITATOR, OFFICER, RESIDENTS

NEEDS = {
    "ky": "Китепкананын чатыры <ачык>, жамгырда китептер нымдап чирип жатат.",
    "ru": "У моста через канал нет <перил>, дети падают в воду.",
}
SOLVED = {"ky": ("Ооба, чечилди", "🏁 Рахмат!"), "ru": ("Да, решена", "🏁 Спасибо!")}
MEASURES = {"ky": PLAN_OF_JAZY[0], "ru": PLAN_OF_JAZY[2]}


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    # A path of months is walked in a minute: no word of it may wait for the evening.
    async with rehearsal(tmp_path, WORDS_BACK_PER_DAY=20) as address, phone_page(address) as page:
        yield page


async def reports(person: Person, language: str) -> int:
    """The number that the report was given."""
    await person.taps("rep")
    await person.sends(NEEDS[language])
    for step in ("dvil:", "dtop:", "dwho:", "skip:media", "send:"):
        await person.taps(step)
    await person.finds("mine:")
    number = re.search(r"\d+", await person.reads())
    assert number
    return int(number[0])


async def sends_the_plan(
    page: Page, officer: Person, lines: Sequence[dict[Part, object]], folder: Path
) -> None:
    """The form is downloaded, filled in and sent as a file, and the council's resolution is typed."""
    await officer.sends("/office")
    await officer.taps("planng:")
    await officer.taps("plform:")
    phone = await officer.takes_the_phone()
    async with page.expect_download() as download:
        await phone.locator("[data-document$=xlsx]").last.click()
    form, plan = folder / "form.xlsx", folder / "plan.xlsx"
    await (await download.value).save_as(form)
    plan.write_bytes(filled(form.read_bytes(), lines))
    await phone.locator("[data-attach]").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_text("Файл", exact=True).click()
    await (await chooser.value).set_files(plan)
    await officer.taps("pladopt:")
    await officer.sees("18.12.2026")
    await officer.sends(f"12/3\n15.01.{YEAR}\nТөрага")
    await officer.taps("plnoscan:")
    await officer.taps("pladone:")


async def test_two_reports_go_through_vote_and_hearing_into_the_plan_and_are_done(
    page: Page, tmp_path: Path
) -> None:
    people = {language: Person(page, RESIDENTS[language]) for language in ("ky", "ru")}
    facilitator, officer = Person(page, FACILITATOR), Person(page, OFFICER)
    numbers = {}
    for language, person in people.items():
        await person.settles(language)
        numbers[language] = await reports(person, language)
    await facilitator.sends("/desk")
    await facilitator.taps("queue:")
    await facilitator.publishes_all_that_waits()
    await facilitator.sends("/desk")
    for button in ("vplan:", "vday:", "vopen:"):
        await facilitator.taps(button)
    for person in people.values():
        await person.sees("🗳")
        await person.sends("/vote")
        for button in ("mesex:", "meage:", "cast:", "vdone:"):
            await person.taps(button)
        await person.sees("✅")
    await facilitator.sends("/desk")
    for button in ("turnout:", "vask:", "vclose:", "vpubask:", "vpub:"):
        await facilitator.taps(button)

    await officer.sends("/settings")
    await officer.taps("lang:ky")
    await officer.finds("off")
    await announces(officer)
    for person in people.values():
        await person.taps("hcome:", "🙋")

    lines = [{**MEASURES[language], Part.REPORTED: numbers[language]} for language in people]
    lines[1][Part.DIRECTION] = "6"
    await sends_the_plan(page, officer, lines, tmp_path)
    for measure, (language, person) in enumerate(people.items(), 1):
        title = str(MEASURES[language][Part.MEASURE])
        await person.finds_then_taps("meas:", f":{measure}")
        await person.sees(NEEDS[language][:20])
        await person.taps("measfol:")
        await officer.sends("/plan")
        await officer.taps("pldir:")
        await officer.finds_then_taps("plms:", f":{View.DIRECTION}:")
        await officer.taps("plitem:", str(measure))
        await officer.sees(title)
        await officer.taps("progone:")
        await officer.finds_then_taps("progset:", f":{measure}:done")
        await person.finds("solved:")
        await person.taps("solved:", SOLVED[language][0])
        await person.sees(SOLVED[language][1])
    for person in people.values():
        await person.sends("/plan")
        await person.sees("100")
        await person.taps("plmore:")
        await person.taps("plpic:")
        phone = await person.takes_the_phone()
        await phone.locator("img").last.wait_for()
