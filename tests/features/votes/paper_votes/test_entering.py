"""Entering the sheet of a gathering in the chat: step by step, seen whole, counted once."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.db.models import GatheringDraft, GatheringRow, GrantRow, Round
from bot.domain.clock import BISHKEK
from bot.domain.gathering import Method, People
from bot.domain.refusals import CountPublished, DateNotUnderstood
from bot.features.votes.gathering_queries import list_gatherings
from bot.features.votes.paper_votes import entry_texts, texts
from bot.features.votes.paper_votes.callbacks import Step
from bot.features.votes.rounds import texts as round_texts
from bot.telegram import texts as common
from tests.features.people import beside, close_vote, seen_from
from tests.features.records import change, journal, rows
from tests.features.votes.paper_votes.sheets import enter_sheet, facilitator_draft, put_sheet, vote_on_paper
from tests.features.votes.rounds.stages import publish_result
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def list_of(facilitator: Visitor, round_id: int) -> None:
    await facilitator.press(f"gath:{round_id}")


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_sheet_is_entered_in_a_few_screens_and_counted(stage: Stage, language: str) -> None:
    _first, round_id = await vote_on_paper(stage)
    facilitator = await stage.facilitator(language=language)
    await list_of(facilitator, round_id)
    assert worded(language, texts.enter) in facilitator.labels
    await enter_sheet(facilitator)
    assert "30" in facilitator.text
    assert await rows(stage, select(GatheringRow.id)) == []
    await facilitator.tap("gathsave:")
    async with stage.database.read() as db:
        [sheet] = await list_gatherings(db, round_id)
    assert (sheet.women, sheet.men, sheet.voted, sheet.already_voted) == (20, 14, 30, 4)
    assert (sheet.people, sheet.method) == (next(iter(People)), next(iter(Method)))
    assert (sheet.place, sheet.first_signatory, sheet.second_signatory) == (
        "Мектеп",
        "Биринчи Кол",
        "Экинчи Кол",
    )
    assert sorted(sheet.votes.values()) == [25, 30]
    assert worded(language, texts.choice, sheet) in facilitator.labels
    assert await rows(stage, select(GatheringDraft.id)) == []
    assert [entry.act for entry in await journal(stage, "gathering.entered")] == ["gathering.entered"]


async def test_pressing_save_again_and_from_another_process_counts_one_sheet(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator)
    save = next(data for data in facilitator.data if data.startswith("gathsave:"))
    there = seen_from(beside(stage), facilitator)
    await asyncio.gather(facilitator.press(save), there.press(save))
    await facilitator.press(save)
    assert len(await rows(stage, select(GatheringRow.id))) == 1


async def test_the_same_sheet_under_another_number_is_asked_about_and_counts_once(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator, number="КД-1")
    await facilitator.tap("gathsave:")
    await enter_sheet(facilitator, number="7")
    await facilitator.tap("gathsave:")
    assert facilitator.text == str(worded("ru", entry_texts.is_it_the_same, "КД-1")).replace(
        "<b>", ""
    ).replace("</b>", "")
    assert len(await rows(stage, select(GatheringRow.id))) == 1
    await facilitator.tap("gathdrop:")
    assert len(await rows(stage, select(GatheringRow.id))) == 1
    assert await rows(stage, select(GatheringDraft.id)) == []


async def test_another_gathering_with_the_same_figures_is_counted_once_somebody_says_so(
    stage: Stage,
) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    for number in ("1", ""):
        await facilitator.tap("gathnew:")
        if number:
            await facilitator.send(number)
        else:
            await facilitator.tap("gathset:")
        for step in ("vil", "day", "who", "how"):
            await facilitator.tap(f"gathset:{facilitator_draft(facilitator)}:{step}")
        await facilitator.send("20 14 30 4")
        await facilitator.send("1 - 30")
        await facilitator.send("Мектеп\nБиринчи Кол\nЭкинчи Кол")
        await facilitator.tap("gathset:")
        await facilitator.tap("gathsave:")
    both = next(data for data in facilitator.data if data.startswith("gathboth:"))
    await asyncio.gather(facilitator.press(both), seen_from(beside(stage), facilitator).press(both))
    await facilitator.press(both)
    assert len(await rows(stage, select(GatheringRow.id))) == 2
    await change(stage, update(Round).values(counted_at=datetime.now(UTC)))
    await facilitator.press(both)
    assert len(await rows(stage, select(GatheringRow.id))) == 2


async def test_a_number_that_is_counted_is_refused_before_the_rest_is_typed(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await put_sheet(stage, round_id, {1: 9}, batch="12")
    await list_of(facilitator, round_id)
    await facilitator.tap("gathnew:")
    await facilitator.send("№12")
    assert facilitator.text == worded("ru", texts.sheet_number_taken, None)
    await facilitator.send("13")
    assert any(data.startswith("gathvils:") or ":vil:" in data for data in facilitator.data)


async def test_what_cannot_be_is_told_before_and_nothing_can_be_saved(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator, numbers="20 14 40 41", votes="1 - 41\n2 - 80\n3 - 1")
    assert facilitator.text.count("⚠️ ") == 5
    assert not any(data.startswith("gathsave:") for data in facilitator.data)
    draft = (await rows(stage, select(GatheringDraft.id)))[0].id
    await facilitator.press(f"gathsave:{draft}")
    assert facilitator.alert == worded("ru", texts.tally_incomplete, None)
    await facilitator.tap("gathstep:", worded("ru", entry_texts.edit, Step.NUMBERS))
    await facilitator.send("20 14 34 0")
    await facilitator.tap("gathstep:", worded("ru", entry_texts.edit, Step.VOTES))
    await facilitator.send("1 - 34, 2 - 30")
    assert "⚠️" not in facilitator.text
    await facilitator.tap("gathsave:")
    assert len(await rows(stage, select(GatheringRow.id))) == 1


async def test_a_line_is_looked_at_again_and_left_as_it_was(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator)
    whole = facilitator.text
    await facilitator.tap("gathedit:")
    assert facilitator.text == worded("ru", entry_texts.what_to_change)
    await facilitator.tap("gathshow:")
    assert facilitator.text == whole
    await facilitator.tap("gathedit:")
    await facilitator.tap("gathstep:", worded("ru", entry_texts.edit, Step.NUMBERS))
    await facilitator.tap("gathshow:")
    assert facilitator.text == whole
    # Nothing is awaited any more: what is written now is no line of the sheet.
    await facilitator.send("1 2 3 0")
    await facilitator.tap("gathsave:")
    async with stage.database.read() as db:
        [sheet] = await list_gatherings(db, round_id)
    assert (sheet.women, sheet.men, sheet.voted, sheet.already_voted) == (20, 14, 30, 4)


async def test_the_photo_of_a_counted_sheet_can_be_seen(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator, photo=True)
    stage.world.send_photo(facilitator.id, b"a photo of the sheet")
    await stage.handle_all()
    await facilitator.tap("gathsave:")
    other = await stage.facilitator()
    await list_of(other, round_id)
    await other.tap("gathsee:")
    await other.tap("gathpic:")
    assert other.screen.kind == "photo"
    assert stage.world.files[other.screen.media[-1]["file_id"]].content == b"a photo of the sheet"


async def test_what_is_typed_badly_is_told_kindly_and_asked_again(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await facilitator.tap("gathnew:")
    draft = facilitator_draft(facilitator)
    await facilitator.send("№ 12?")
    assert facilitator.text == worded("ru", texts.sheet_number_not_understood, None)
    await facilitator.send("№ 12/3".replace("/", "-"))
    await facilitator.tap("gathset:")
    await facilitator.send("качан экени эсимде жок")
    assert facilitator.text == worded("ru", round_texts.date_not_understood, DateNotUnderstood())
    await facilitator.press(f"gathstep:{draft}:day")
    await facilitator.send(f"{datetime.now(BISHKEK):%d.%m}")
    for step in ("who", "how"):
        await facilitator.tap(f"gathset:{draft}:{step}")
    await facilitator.send("көп киши келди")
    assert facilitator.text == worded("ru", texts.numbers_not_understood, None)
    await facilitator.send("20 14 30 0")
    await facilitator.send("1 - 30\n77 - 3\n2 көп\n1 - 5")
    for told in ("77", "2 көп", "1"):
        assert told in facilitator.text
    await facilitator.send("1 - 30")
    await facilitator.send("Мектеп\nБир")
    assert facilitator.text == worded("ru", texts.lines_not_understood, None)
    await facilitator.send("Мектеп <b>\nБир\nЭки")
    await facilitator.send("сүрөт жок")
    stage.world.send_photo(facilitator.id, b"photo")
    await stage.handle_all()
    assert "Мектеп <b>" in facilitator.text
    await facilitator.tap("gathsave:")
    assert len(await rows(stage, select(GatheringRow.id).where(GatheringRow.photo_file_id.is_not(None)))) == 1


async def test_a_sheet_that_was_begun_waits_and_can_be_dropped(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await facilitator.tap("gathnew:")
    await facilitator.tap("gathset:")
    await facilitator.tap("gath:")
    assert worded("ru", texts.go_on_entering) in facilitator.labels
    await facilitator.tap("gathnew:")
    assert len(await rows(stage, select(GatheringDraft.id))) == 1
    await facilitator.tap("gathdrop:")
    assert await rows(stage, select(GatheringDraft.id)) == []
    assert worded("ru", texts.enter) in facilitator.labels


async def test_a_sheet_is_taken_back_with_a_reason_and_stays_to_be_seen(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    gathering_id = await put_sheet(stage, round_id, {1: 9})
    await list_of(facilitator, round_id)
    await facilitator.tap("gathsee:")
    await facilitator.tap("gathback:")
    await facilitator.send("Эки <көйгөй> алмашып калган")
    assert "Эки <көйгөй> алмашып калган" in facilitator.text
    assert not any(data.startswith("gathback:") for data in facilitator.data)
    await facilitator.press(f"gathback:{gathering_id}")
    assert not any(data.startswith("gathset:") for data in facilitator.data)
    async with stage.database.read() as db:
        [sheet] = await list_gatherings(db, round_id)
    assert not sheet.counts
    assert len(await journal(stage, "gathering.taken_back")) == 1


async def test_once_the_result_is_public_no_sheet_comes_or_goes(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    gathering_id = await put_sheet(stage, round_id, {1: 9})
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator)
    save = next(data for data in facilitator.data if data.startswith("gathsave:"))
    await close_vote(facilitator)
    await publish_result(facilitator)
    told = worded("ru", texts.count_published, CountPublished())
    for button in (save, f"gathback:{gathering_id}", f"gathnew:{round_id}", f"gathform:{round_id}"):
        await facilitator.press(button)
        assert facilitator.alert == told, button
    assert len(await rows(stage, select(GatheringRow.id))) == 1
    await list_of(facilitator, round_id)
    assert not any(data.startswith("gathnew:") for data in facilitator.data)


async def test_nobody_enters_what_another_has_begun_or_after_their_role_is_gone(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    other = await stage.facilitator()
    await list_of(facilitator, round_id)
    await enter_sheet(facilitator)
    save = next(data for data in facilitator.data if data.startswith("gathsave:"))
    await other.press(save)
    assert other.alert == worded("ru", common.gone, None)
    await change(stage, update(GrantRow).values(withdrawn_at=datetime.now(UTC)))
    await facilitator.press(save)
    assert facilitator.alert == worded("ru", common.role_taken_away, None)
    assert await rows(stage, select(GatheringRow.id)) == []


async def test_forged_answers_are_refused(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await list_of(facilitator, round_id)
    await facilitator.tap("gathnew:")
    draft = facilitator_draft(facilitator)
    for forged in (
        "vil:1",
        "vil:x",
        "day:20269999",
        "who:nobody",
        "how:shouting",
        "num:5",
        "pic:file",
        "nr:12",
        "zzz:1",
    ):
        await facilitator.press(f"gathset:{draft}:{forged}")
        assert facilitator.alert, forged
    assert [row.told for row in await rows(stage, select(GatheringDraft.told))] == [{}]


async def test_a_screening_has_no_gatherings(stage: Stage) -> None:
    facilitator, round_id = await vote_on_paper(stage)
    await change(stage, update(Round).values(stage="screening"))
    await list_of(facilitator, round_id)
    assert facilitator.alert == worded("ru", common.gone, None)
