"""Files that are made to stop the bot, sent by somebody of the staff: refused kindly, and others go on."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.features.plan.drafting import importing
from bot.features.votes.paper_votes import filling, texts as words
from bot.features.votes.population import handlers as population
from bot.telegram import forms, texts as common
from tests import evil_files
from tests.features.plan.drafting.plans import JAZY, given_form as plan_form, send_file
from tests.features.votes.paper_votes.sheets import given_form as sheet_form, vote_on_paper
from tests.features.wording import worded
from tests.prints import readers
from tests.prints.test_reading import exists, is_running
from tests.stage import Stage, Visitor


async def at_population(stage: Stage, language: str) -> tuple[Visitor, bytes]:
    person = await stage.facilitator(language=language)
    await person.press(f"papers:{JAZY}")
    await person.tap("popul:")
    await person.tap("popform:")
    return person, form_of(stage, person)


async def at_sheets(stage: Stage, language: str) -> tuple[Visitor, bytes]:
    _first, round_id = await vote_on_paper(stage)
    person = await stage.facilitator(language=language)
    await person.press(f"gath:{round_id}")
    return person, await sheet_form(stage, person)


async def at_plan(stage: Stage, language: str) -> tuple[Visitor, bytes]:
    person = await stage.officer(language=language)
    return person, await plan_form(stage, person)


ROOMS = {"population": at_population, "sheets": at_sheets, "plan": at_plan}
READERS = {
    "population": (population, "read_population_form"),
    "sheets": (filling, "read_sheet_form"),
    "plan": (importing, "read_plan_form"),
}


def form_of(stage: Stage, person: Visitor) -> bytes:
    document = [each for each in person.messages if each.kind == "document" and each.from_bot][-1]
    return bytes(stage.world.files[document.media["file_id"]].content)


@pytest.mark.parametrize(("room", "language"), [("population", "ky"), ("sheets", "ru"), ("plan", "ky")])
async def test_evil_spreadsheets_are_refused_in_the_senders_language_and_the_honest_one_is_awaited(
    stage: Stage, room: str, language: str
) -> None:
    person, form = await ROOMS[room](stage, language)
    with capture_logs() as logs:
        for evil, refusal in (
            ("far row", words.file_too_large),
            ("many strings", words.file_too_large),
            ("zeros", words.file_too_large),
            ("broken", words.file_not_opened),
            ("strange encoding", words.file_not_opened),
        ):
            await send_file(stage, person, evil_files.EVIL_FORMS[evil](form))
            assert person.text == worded(language, refusal, None), evil
    assert not [each for each in logs if each["log_level"] in {"error", "critical"}]
    await send_file(stage, person, form)
    assert person.text not in {worded(language, each, None) for each in words.REFUSALS.values()}


@pytest.mark.parametrize("language", ["ru"])
async def test_evil_word_files_are_refused_and_a_cell_that_goes_down_600_rows_is_read(
    stage: Stage, language: str
) -> None:
    officer, _form = await at_plan(stage, language)
    await send_file(stage, officer, evil_files.wide_span(), "plan.docx")
    assert officer.text == worded(language, words.file_too_large, None)
    await send_file(stage, officer, evil_files.merged_down(6000), "plan.docx")
    assert officer.text == worded(language, words.file_too_large, None)
    await send_file(stage, officer, evil_files.merged_down(600), "plan.docx")
    assert officer.text not in {worded(language, each, None) for each in words.REFUSALS.values()}


@pytest.mark.parametrize("room", ROOMS)
async def test_others_are_answered_while_a_file_is_read_that_takes_for_ever(
    stage: Stage, room: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person, form = await ROOMS[room](stage, "ru")
    neighbour = await stage.resident()
    monkeypatch.setattr(*READERS[room], partial(readers.never_ends, tmp_path / "begun"))
    stage.world.send_document(person.id, "form.xlsx", form)
    reading = asyncio.create_task(stage.handle_all())
    process = await exists(tmp_path / "begun")

    before = neighbour.screen.message_id
    await neighbour.send("/plan")
    assert neighbour.screen.message_id > before
    await neighbour.send("/start")
    assert not reading.done()
    assert is_running(process)

    # As the bot does when it is asked to end, without waiting for the last acts.
    await stage.app.inbox.close(0)
    assert not is_running(process)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


async def test_whoever_waits_for_long_sees_a_bar_that_is_gone_in_the_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person, form = await at_population(stage, "ky")
    begun, end = tmp_path / "begun", tmp_path / "end"
    monkeypatch.setattr(forms, "_PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(population, "read_population_form", partial(readers.waits, begun, end))
    stage.world.send_document(person.id, "form.xlsx", form)
    reading = asyncio.create_task(stage.handle_all())
    heading = worded("ky", common.being_read, "")
    while heading not in person.text:
        await asyncio.sleep(0.01)

    end.touch()
    await reading
    assert person.text == worded("ky", words.file_too_large, None)
    assert not [each for each in person.messages if heading in (each.text or "")]


async def test_a_file_larger_than_telegram_says_is_refused(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, form = await at_population(stage, "ru")
    monkeypatch.setattr(forms, "MOST_BYTES", len(form) + 100)
    stage.world.send_document(person.id, "form.xlsx", form)
    number = next(number for number, file in stage.world.files.items() if file.name == "form.xlsx")
    stage.world.files[number] = replace(stage.world.files[number], content=form + bytes(200))
    await stage.handle_all()
    assert person.text == worded("ru", words.file_too_large, None)
