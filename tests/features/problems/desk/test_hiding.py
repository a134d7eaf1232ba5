"""Publishing can be taken back: what is hidden is read by nobody, its line in a vote stays, it comes back."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.db.models import JournalEntry, Problem, RoundProblem
from bot.db.session import Database
from bot.domain.problem import Hidden, HideReason, ProblemStatus, Word
from bot.features.problems import hidden_texts
from bot.features.problems.audit_log import texts as history
from bot.features.problems.desk import hiding_texts as texts
from bot.features.problems.merging import texts as merging
from bot.features.problems.outcomes import texts as outcomes
from bot.features.problems.problem_sheet_queries import list_records
from bot.features.problems.status_notices.texts import heard
from bot.features.votes.ballot import texts as voting
from bot.features.votes.vote_queries import find_vote
from tests.features.people import beside, close_vote, open_vote, report
from tests.features.records import change, deliveries, everything, journal, picks_of, problems, publish, rows
from tests.features.votes.rounds.stages import (
    open_second,
    publish_result,
    screening_on,
    short_stage,
    vote_for,
)
from tests.features.wording import worded
from tests.stage import Stage, Visitor

SECRET = "Сосед Тайнов живёт в доме 5 и сломал мост"
OPEN = "На верхней улице нет света"
INSULT = Hidden(HideReason.INSULT)


async def published(stage: Stage, text: str = SECRET) -> tuple[Visitor, Visitor, Visitor]:
    """An author whose problem is public, somebody who supports it, and the facilitator."""
    author, supporter = await stage.resident(), await stage.resident("ky")
    facilitator = await stage.facilitator()
    await report(author, text)
    [problem] = await problems(stage)
    await facilitator.press(f"pub:{problem.id}")
    await supporter.press(f"too:{problem.id}:1")
    await stage.deliver()
    return author, supporter, facilitator


async def hide(facilitator: Visitor, problem_id: int, reason: HideReason = HideReason.INSULT) -> None:
    await facilitator.press(f"hask:{problem_id}")
    await facilitator.tap(f"hide:{problem_id}:{reason}")


def said_to(person: Visitor) -> str:
    return "\n".join(message.text or message.caption or "" for message in person.messages if message.from_bot)


async def test_a_hidden_problem_is_read_by_its_author_and_its_facilitators_alone(stage: Stage) -> None:
    author, supporter, facilitator = await published(stage)
    reader = await stage.resident()
    await facilitator.press("dmore:1")
    await facilitator.tap("hask:1")
    await facilitator.tap("hide:1:insult")
    assert facilitator.alert == worded("ru", texts.hidden_toast)
    assert SECRET in facilitator.text
    assert worded("ru", hidden_texts.reason, INSULT) in facilitator.text
    for person in (reader, supporter):
        await person.send("/problems")
        await person.press("prob:1:0:0:0")
        await person.press("media:1")
        await person.press("find")
        await person.send("Тайнов")
        assert SECRET not in said_to(reader)
    await author.send("/my")
    assert SECRET in author.text
    await author.tap("my:1")
    assert worded("ru", hidden_texts.to_author, INSULT) in author.text
    await facilitator.send("/desk")
    await facilitator.tap("dhid:")
    assert SECRET in facilitator.text
    await facilitator.tap("dprob:1")
    assert "hshow:1" in facilitator.data


async def test_its_people_are_told_once_why_and_again_when_it_is_shown(stage: Stage) -> None:
    author, supporter, facilitator = await published(stage)
    for _again in range(2):
        await facilitator.press("hide:1:insult")
        await stage.deliver()
    facts = {"word": Word.HIDDEN, "number": 1, "hide_reason": "insult", "words": None}
    own = facts | {"wording": [SECRET, "ru", None], "is_author": True}
    assert author.text == worded("ru", heard, own)
    assert "rep" in author.data
    others = facts | {"wording": ["", "ru", None], "is_author": False}
    assert supporter.text == worded("ky", heard, others)
    assert "Тайнов" not in supporter.text
    entries = await journal(stage, "problem.hidden")
    assert [each.details for each in entries] == [
        {"before": "published", "after": "hidden", "hide_reason": "insult"}
    ]
    before = len(await deliveries(stage))
    for _again in range(2):
        await facilitator.press("hshow:1")
        await stage.deliver()
    assert len(await deliveries(stage)) == before + 2
    shown = {"word": Word.SHOWN, "number": 1, "wording": [SECRET, "ru", None]}
    assert author.text == worded("ru", heard, shown | {"is_author": True})
    assert supporter.text == worded("ky", heard, shown | {"is_author": False})
    [problem] = await problems(stage)
    assert (problem.status, problem.hidden_from, problem.hidden_reason) == ("published", None, None)
    assert len(await journal(stage, "problem.shown")) == 1
    await facilitator.press("hist:1:0")
    assert worded("ru", history.told, "hidden") in facilitator.text


async def test_own_words_are_read_by_its_people_and_not_kept_in_the_journal(stage: Stage) -> None:
    author, _supporter, facilitator = await published(stage)
    await facilitator.press("hown:1")
    await facilitator.send("Назван <сосед>")
    await stage.deliver()
    assert "Назван <сосед>" in author.text
    [problem] = await problems(stage)
    assert (problem.hidden_reason, problem.hidden_words) == ("own", "Назван <сосед>")
    assert not [each for each in await rows(stage, select(JournalEntry.details)) if "сосед" in str(each)]
    await facilitator.send("Это уже о другом: нет воды в колонке")
    assert "offer:" in "".join(facilitator.data)


@pytest.mark.parametrize("status", list(ProblemStatus))
async def test_each_public_state_is_hidden_and_comes_back_as_it_was_and_no_other(
    stage: Stage, status: ProblemStatus
) -> None:
    await publish(stage, OPEN, SECRET)
    facilitator = await stage.facilitator()
    values: dict[str, Any] = {
        "status": status,
        "merged_into_id": 2 if status is ProblemStatus.MERGED else None,
    }
    if status is ProblemStatus.HIDDEN:
        values |= {"hidden_from": "done", "hidden_reason": "insult"}
    await change(stage, update(Problem).where(Problem.id == 1).values(**values))
    before = await everything(stage)
    for press in ("hide:1:untrue", "hshow:1"):
        await facilitator.press(press)
        if status in {ProblemStatus.SUBMITTED, ProblemStatus.DECLINED, ProblemStatus.MERGED}:
            assert facilitator.alert == worded("ru", texts.cannot_hide, None)
            assert await everything(stage) == before
    [problem, _other] = await problems(stage)
    assert problem.status == ("done" if status is ProblemStatus.HIDDEN else status)


async def test_what_waits_to_be_told_goes_out_without_the_hidden_text(stage: Stage) -> None:
    author, supporter, facilitator = await published(stage)
    await facilitator.press("oset:1:doing")
    await facilitator.send("Начали чинить")
    await hide(facilitator, 1)
    seen = len(supporter.messages)
    await stage.deliver()
    assert len(supporter.messages) == seen + 2
    assert not [each for each in supporter.messages[seen:] if "Тайнов" in (each.text or "")]
    assert SECRET in said_to(author)


async def test_nothing_moves_a_hidden_problem_on(stage: Stage) -> None:
    _author, _supporter, facilitator = await published(stage)
    [second] = await publish(stage, OPEN)
    await hide(facilitator, 1)
    before = await everything(stage)
    for status in ("shortlisted", "planned", "doing", "done"):
        await facilitator.press(f"ogo:1:{status}")
        assert facilitator.alert == worded("ru", outcomes.cannot_become, None)
    for press in (f"mjoin:1:{second}", f"mjoin:{second}:1"):
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", merging.cannot_merge, None)
    neighbour = await stage.resident()
    before = await everything(stage)
    await neighbour.press("too:1:1")
    assert await everything(stage) == before
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    await facilitator.press("vopen:9:20991231")
    assert await rows(stage, select(RoundProblem.problem_id)) == []


async def test_hiding_while_a_vote_opens_finds_it_on_the_list_or_not_at_all(stage: Stage) -> None:
    await publish(stage, SECRET, OPEN, OPEN + " и воды")
    one, two = await stage.facilitator(), await stage.facilitator()
    await one.send("/desk")
    await one.tap("vplan:")
    await one.tap("vday:")
    opening = next(data for data in one.data if data.startswith("vopen:"))
    stage.world.tap(one.id, one.screen.message_id, opening)
    stage.world.tap(two.id, two.screen.message_id, "hide:1:insult")
    processes = (stage, beside(stage))
    await asyncio.gather(
        *(process.handle(each) for process, each in zip(processes, stage.world.take_updates(), strict=True))
    )
    [problem, *_others] = await problems(stage)
    assert problem.status == "hidden"
    listed = {row.problem_id for row in await rows(stage, select(RoundProblem.problem_id))}
    assert listed in ({1, 2, 3}, {2, 3})


async def test_in_an_open_vote_the_line_stays_and_can_only_be_taken_off(stage: Stage) -> None:
    await publish(stage, SECRET, OPEN)
    facilitator, first, second = await stage.facilitator(), await stage.resident(), await stage.resident("ky")
    await open_vote(facilitator)
    await vote_for(first, 0)
    await first.send("/vote")
    cast = {data.split(":")[2]: data for data in first.data if data.startswith("cast:")}
    await first.press(cast["1"].rsplit(":", 1)[0] + ":1")
    assert 1 in await picks_of(stage, first)
    await hide(facilitator, 1, HideReason.PERSONAL_DATA)

    hidden = Hidden(HideReason.PERSONAL_DATA)
    await second.send("/vote")
    assert worded("ky", hidden_texts.hidden_words, hidden) in second.text
    assert "Тайнов" not in second.text + "".join(second.labels)
    assert not [data for data in second.data if data.startswith("cast:1:1:")]
    await second.press("cast:1:1:0:1")
    assert second.alert == worded("ky", voting.problem_is_hidden, None)
    await second.press("vread:1:1:0")
    assert worded("ky", hidden_texts.hidden_words, hidden) in second.text
    assert SECRET not in second.text
    await second.press("prob:1:0:0:0")
    assert SECRET not in said_to(second)

    await first.send("/vote")
    assert SECRET not in first.text
    await first.press("cast:1:1:0:1")
    assert 1 in await picks_of(stage, first)
    await first.press("cast:1:1:0:0")
    assert 1 not in await picks_of(stage, first)
    await first.press("cast:1:1:0:1")
    assert first.alert == worded("ru", voting.problem_is_hidden, None)

    await facilitator.press("hshow:1")
    await second.press("cast:1:1:0:1")
    assert 1 in await picks_of(stage, second)


async def test_the_count_holds_the_hidden_line_with_the_reason_in_place_of_its_text(stage: Stage) -> None:
    await publish(stage, SECRET, OPEN)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    voters = [await stage.resident() for _each in range(10)]
    for voter in voters:
        await voter.send("/vote")
        await voter.press("cast:1:1:0:1")
    seen = {voter.id: len(voter.messages) for voter in voters}
    await facilitator.press("hown:1")
    await facilitator.send("Назван человек")
    words = worded("ru", hidden_texts.hidden_words, Hidden(HideReason.OWN_WORDS, "Назван человек"))
    await close_vote(facilitator)
    await publish_result(facilitator)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:", "XLSX")
    document = next(message for message in facilitator.messages if message.kind == "document")
    book = load_workbook(BytesIO(stage.world.files[document.media["file_id"]].content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if "Тайнов" in cell]
    assert words in cells
    reader = voters[0]
    await reader.press("res:1")
    assert words in reader.text
    async with stage.database.read() as db:
        vote = await find_vote(db, 1, "ru")
        records = await list_records(db, Problem.id == 1)
    assert vote is not None
    assert [each.text for each in vote.problems.values()] == [None, OPEN]
    assert SECRET not in str(records)
    await stage.deliver()
    for person in voters:
        later = [message.text or message.caption or "" for message in person.messages[seen[person.id] :]]
        assert SECRET not in "".join(later)


async def test_the_author_hears_of_its_place_and_supporters_hear_it_without_the_text(stage: Stage) -> None:
    author, supporter, facilitator = await published(stage)
    await publish(stage, OPEN)
    await open_vote(facilitator)
    for voter in [await stage.resident() for _each in range(6)]:
        await voter.send("/vote")
        await voter.press("cast:1:1:0:1")
    await hide(facilitator, 1)
    await stage.deliver()
    seen = len(supporter.messages)
    await close_vote(facilitator)
    await publish_result(facilitator)
    await stage.deliver()
    assert len(supporter.messages) > seen
    assert not [each for each in supporter.messages[seen:] if "Тайнов" in (each.text or "")]
    assert SECRET in said_to(author)


async def test_a_screening_shows_a_hidden_problem_to_nobody_new_and_the_shortlist_keeps_its_line(
    database: Database,
) -> None:
    stage = short_stage(database)
    facilitator = await screening_on(stage, 7)
    await change(stage, update(Problem).where(Problem.id == 1).values(text=SECRET))
    await hide(facilitator, 1)
    voter = await stage.resident()
    await voter.send("/vote")
    await voter.tap("vpage:")
    shown = {int(data.split(":")[2]) for data in voter.data if data.startswith("cast:")}
    assert 1 not in shown
    assert worded("ru", voting.more_problems) not in voter.labels
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    listed = facilitator.text
    await facilitator.tap("slist:", "➡️")
    assert worded("ru", hidden_texts.hidden_words, INSULT) in listed + facilitator.text
    assert SECRET not in listed + facilitator.text
    await facilitator.press("sput:1:1:0:1")
    assert facilitator.alert == worded("ru", voting.problem_is_hidden, None)
    await facilitator.press("slist:1:0")
    await open_second(facilitator)
    second = await rows(stage, select(RoundProblem.problem_id).where(RoundProblem.round_id == 2))
    assert 1 not in {row.problem_id for row in second}
    assert len(second) == 5
