"""The text of a declined problem is erased after a time, wherever it stands; number and reason stay."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select, update

from bot import commands
from bot.db.models import Base, Problem, Supporter
from bot.domain.clock import utc_now
from bot.domain.problem import DeclineReason
from bot.features.problems import card_texts as cards
from bot.features.problems.audit_log.audit import list_rows
from bot.features.problems.printouts.callbacks import ExportProblems
from bot.features.problems.printouts.jobs import erase_declined_texts
from bot.features.problems.printouts.listing import export_problems
from bot.telegram import texts as common
from tests.features.people import read_queue, report, write_report
from tests.features.records import change, everything, journal, problems, resident_of, rows
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage, Visitor

# Found nowhere else in the database.
SECRET = "кызыкчырак"
TEXT = f"Кошунам {SECRET} суу акысын төлөбөйт"
DAYS = 90


async def declined(stage: Stage) -> tuple[Visitor, Visitor, int]:
    """A report with all that may stand around it: a voice, the record, a question, its answer."""
    author, facilitator = await stage.resident(), await stage.facilitator()
    await write_report(author, TEXT)
    await author.tap("edit:who")
    await author.send(f"үй-бүлө {SECRET}")
    await author.tap("edit:media")
    stage.world.send_voice(author.id, b"voice")
    await stage.handle_all()
    await author.tap("skip:media")
    await author.tap("send:")
    [problem] = await problems(stage)
    await read_queue(facilitator)
    for line in ("wording", "translation", "causes", "consequences", "note"):
        await facilitator.press(f"pline:{problem.id}:{line}")
        await facilitator.send(f"{SECRET} деген сөз {line}")
    await facilitator.press(f"iask:{problem.id}")
    await facilitator.send(f"{SECRET} деген ким?")
    await stage.deliver()
    await author.tap("ians:")
    await author.send(f"{SECRET} менин кошунам")
    await facilitator.press(f"declr:{problem.id}:private")
    assert (await problems(stage))[0].status == "declined"
    return author, facilitator, problem.id


async def grow_old(stage: Stage, days: float) -> None:
    await change(stage, update(Problem).values(decided_at=datetime.now(UTC) - timedelta(days=days)))


async def places_of(stage: Stage, word: str) -> set[str]:
    """The tables that hold the word."""
    found = set()
    for table in Base.metadata.sorted_tables:
        if any(word in str(row) for row in await rows(stage, select(table))):
            found.add(table.name)
    return found


def file_sent(stage: Stage, visitor: Visitor, ending: str) -> bytes:
    """The newest file in the chat whose name ends so."""
    sent = [each.media for each in visitor.messages if each.from_bot and each.kind == "document"]
    newest = [each for each in sent if each["file_name"].endswith(ending)][-1]
    return stage.world.files[newest["file_id"]].content


async def test_before_its_time_the_text_of_a_declined_problem_is_there(stage: Stage) -> None:
    _author, facilitator, problem_id = await declined(stage)
    await grow_old(stage, DAYS - 1)
    before = await everything(stage)
    assert await erase_declined_texts(stage.database, DAYS, utc_now()) == 0
    assert await everything(stage) == before
    await facilitator.press(f"dprob:{problem_id}")
    assert SECRET in facilitator.text


async def test_after_its_time_no_word_of_it_is_left_in_the_database(stage: Stage) -> None:
    _author, _facilitator, problem_id = await declined(stage)
    supporter = await resident_of(stage, await stage.resident())
    words = {"problem_id": problem_id, "resident_id": supporter.id, "words": SECRET}
    await change(stage, insert(Supporter).values(**words, since=datetime.now(UTC)))
    await grow_old(stage, DAYS + 1)
    told = {"problems", "problem_notes", "supporters", "inquiries", "deliveries", "journal"}
    assert await places_of(stage, SECRET) == told

    assert await erase_declined_texts(stage.database, DAYS, utc_now()) == 1
    assert await places_of(stage, SECRET) == set()
    assert await rows(stage, select(Base.metadata.tables["attachments"])) == []
    [problem] = await problems(stage)
    assert (problem.number, problem.status, problem.decline_reason) == (1, "declined", "private")
    assert (problem.village_id, problem.decided_at, problem.author_id) != (None, None, None)

    after = await everything(stage)
    assert await erase_declined_texts(stage.database, DAYS, utc_now()) == 0
    assert await everything(stage) == after


async def test_its_author_and_the_desk_are_told_that_the_text_was_removed(stage: Stage) -> None:
    author, facilitator, problem_id = await declined(stage)
    await grow_old(stage, DAYS + 1)
    await erase_declined_texts(stage.database, DAYS, utc_now())
    reason = worded("ru", cards.reason, DeclineReason.PRIVATE_MATTER, None)
    await author.send("/my")
    assert worded("ru", cards.removed) in author.text
    await author.tap("my:")
    assert worded("ru", cards.removed) in author.text
    assert reason in author.text
    await facilitator.press(f"dprob:{problem_id}")
    assert worded("ru", cards.removed) in facilitator.text
    assert reason in facilitator.text


async def test_nothing_is_typed_into_it_any_more(stage: Stage) -> None:
    _author, facilitator, problem_id = await declined(stage)
    await facilitator.press(f"pline:{problem_id}:wording")
    await grow_old(stage, DAYS + 1)
    await erase_declined_texts(stage.database, DAYS, utc_now())
    await facilitator.send(TEXT)
    assert facilitator.text == worded("ru", common.gone, None)
    await facilitator.press(f"pub:{problem_id}")
    assert facilitator.alert is not None
    [problem] = await problems(stage)
    assert (problem.text, problem.status) == ("", "declined")


async def test_the_list_of_problems_says_that_the_text_was_removed(stage: Stage) -> None:
    """Also where the job has not come round to it yet."""
    _author, facilitator, _problem_id = await declined(stage)
    await grow_old(stage, UNHURRIED.declined_text_days + 1)
    place = (await problems(stage))[0].municipality_id
    await facilitator.press(ExportProblems(municipality_id=place))
    book = load_workbook(BytesIO(file_sent(stage, facilitator, ".xlsx")))
    [line] = [[cell.value for cell in row] for row in book.worksheets[2].iter_rows(min_row=4)]
    assert line[0] == 1
    assert worded("ru", cards.removed) in line
    assert worded("ru", cards.reason_words, DeclineReason.PRIVATE_MATTER) in line
    assert SECRET not in str(line)
    assert SECRET not in file_sent(stage, facilitator, ".csv").decode("utf-8-sig")


async def test_the_journal_says_that_the_words_were_removed_and_by_what(stage: Stage) -> None:
    _author, facilitator, problem_id = await declined(stage)
    await grow_old(stage, DAYS + 1)
    await erase_declined_texts(stage.database, DAYS, utc_now())
    [entry] = await journal(stage, "problem.erased")
    assert (entry.subject_id, entry.actor_id, entry.details) == (problem_id, None, {"by": "clock"})
    listed = await list_rows(stage.database, "ru")
    assert SECRET not in str(listed)
    [wording] = [row for row in listed if row[4] == "problem.wording"]
    assert wording[6:] == (worded("ru", cards.removed), worded("ru", cards.removed), "")
    await facilitator.press(f"hist:{problem_id}:1")
    assert worded("ru", cards.removed) in facilitator.text


async def test_what_is_not_declined_keeps_its_text(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    for words in ("Мост сломан, дети ходят в обход", "Света нет третий вечер подряд"):
        await report(author, words)
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    await grow_old(stage, 10_000)
    assert await erase_declined_texts(stage.database, 0, utc_now()) == 0
    assert all(problem.text for problem in await problems(stage))


async def test_what_was_joined_to_a_declined_problem_goes_with_it(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, f"{TEXT} дагы")
    await report(author, "Айылда ит көп, балдарды тиштеп жатат")
    joined, into = await problems(stage)
    await facilitator.press(f"mjoin:{joined.id}:{into.id}")
    await facilitator.press(f"declr:{into.id}:private")
    await grow_old(stage, DAYS + 1)
    assert await erase_declined_texts(stage.database, DAYS, utc_now()) == 2
    assert await places_of(stage, SECRET) == set()


async def test_with_no_days_at_all_the_author_still_reads_why(stage: Stage) -> None:
    author, _facilitator, _problem_id = await declined(stage)
    assert await erase_declined_texts(stage.database, 0, utc_now()) == 1
    await stage.deliver()
    assert worded("ru", cards.reason, DeclineReason.PRIVATE_MATTER, None) in author.text
    assert SECRET not in author.text


async def test_the_command_line_hands_out_no_text_that_is_due(
    stage: Stage, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Though no bot may have run for months."""
    await declined(stage)
    await grow_old(stage, DAYS + 1)
    monkeypatch.setenv("BAP_DATABASE_URL", database_url)
    await commands.audit(None, None, None, "ru", tmp_path / "journal.csv")
    await commands.export(export_problems, "jazy", "ru", tmp_path)
    written = [file.read_text("utf-8-sig") for file in tmp_path.glob("*.csv")]
    assert [SECRET in each for each in written] == [False, False]  # the journal and the list
    assert all(worded("ru", cards.removed) in each for each in written)
