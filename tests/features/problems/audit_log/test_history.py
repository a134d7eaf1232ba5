"""Who did what: at the desk with roles and numbers, for the operator as a table and a file."""

import csv
import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.db.queries import Subject, save_journal
from bot.domain.roles import Role
from bot.features.problems.audit_log import texts
from bot.features.problems.audit_log.acts_texts import act_words
from bot.features.problems.audit_log.audit import HEADER, NoSuchPlace, as_csv, as_table, list_rows
from bot.features.problems.audit_log.queries import Actor, Entry
from bot.features.problems.editing.callbacks import SetProblemTopic, SetWordingLanguage
from bot.telegram import texts as common
from bot.telegram.role_texts import short_name
from tests.features.people import read_queue, report
from tests.features.records import grants, municipality_id, resident_of
from tests.features.wording import worded
from tests.stage import Stage, Visitor

ROOT = Path(__file__).parents[4]
LONG = "Көпүрө бузулган. " * 20
FORMULA = "=HYPERLINK(1)"
LEFT = Entry(1, datetime.now(UTC), "problem.wording", Actor(), 1, "jazy", 1, 1, {})


async def decided(stage: Stage) -> tuple[Visitor, Visitor]:
    """A problem published by one facilitator; a colleague has changed its wording and its author has left."""
    author, first = await stage.resident(), await stage.facilitator()
    second = await stage.facilitator("jazy", "ky")
    await report(author)
    await read_queue(first)
    await first.tap("pub:")
    async with stage.database.act() as db:
        for actor, details in (
            ((await resident_of(stage, second)).id, {"before": FORMULA, "after": LONG}),
            ((await resident_of(stage, author)).id, {"before": "done", "after": "reopened"}),
            (None, {"before": "a", "after": "b"}),
        ):
            await save_journal(
                db,
                "problem.wording",
                by=actor,
                of=Subject(await municipality_id(stage, "jazy"), 1),
                **details,
            )
    return first, second


async def test_the_history_of_a_problem_names_roles_and_no_person(stage: Stage) -> None:
    first, second = await decided(stage)
    own, _other = [grant.id for grant in await grants(stage)]
    await second.press("report:1")
    await second.tap("dmore:")
    await second.tap("hist:")
    assert worded("ky", texts.title, 1) in second.text
    heads = [line for line in second.text.splitlines() if " · " in line]
    assert [head.split(" · ")[1] for head in heads] == [
        worded("ky", texts.who, LEFT),
        worded("ky", texts.the_author),
        worded("ky", texts.you),
        f"{worded('ky', short_name, Role.FACILITATOR)} {own}",
    ]
    assert str(first.id) not in second.text
    assert worded("ky", act_words, "problem.published") in second.text
    assert LONG not in second.text

    entry = next(data for data in second.data if data.startswith("histe:6:"))
    await second.tap(entry)
    assert LONG.strip() in second.text
    assert FORMULA in second.text
    await second.tap("hist:1:0")
    assert worded("ky", texts.title, 1) in second.text


def test_an_author_is_called_the_author_whatever_else_they_are() -> None:
    """Nobody is to learn from the history which facilitator has reported a problem."""
    author = Actor(7, Role.FACILITATOR, 3, is_author=True)
    for act in texts.OF_THE_AUTHOR:
        for actor in (author, Actor()):
            said = worded("ru", texts.who, replace(LEFT, act=act, actor=actor), 7)
            assert said == worded("ru", texts.the_author)
    assert worded("ru", texts.who, replace(LEFT, actor=author), 7) == worded("ru", texts.you)


async def test_topics_villages_and_languages_are_read_by_their_names(stage: Stage) -> None:
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    await report(author)
    for button in (
        SetProblemTopic(problem_id=1, topic_id=99),
        SetWordingLanguage(problem_id=1, language="ru"),
    ):
        await facilitator.press(button)
    await facilitator.press("hist:1:0")
    assert f"{worded('ky', common.own_language)} → {worded('ru', common.own_language)}" in facilitator.text
    for act in ("problem.topic", "problem.language"):
        assert worded("ru", act_words, act) in facilitator.text
    assert "99" not in facilitator.text


async def test_the_whole_history_has_pages_and_names_the_problem(stage: Stage) -> None:
    first, _second = await decided(stage)
    await first.send("/desk")
    await first.tap("histm:")
    assert worded("ru", texts.title, None) in first.text
    assert "№1" in first.text
    await first.tap("histm:9:1")
    assert worded("ru", act_words, "invite.made") in first.text
    assert worded("ru", texts.who, replace(LEFT, act="invite.made")) in first.text
    await first.press("histm:9:999")
    assert "2 / 2" in first.labels


async def test_nobody_else_reads_it(stage: Stage) -> None:
    await decided(stage)
    elsewhere, resident, officer = (
        await stage.facilitator("shark"),
        await stage.resident(),
        await stage.officer(),
    )
    for person in (elsewhere, resident, officer):
        for data in ("hist:1:0", "histm:9:0", "histe:5:1:0"):
            await person.press(data)
            assert person.alert == worded("ru", common.not_allowed, None), data
    for data in ("hist:99:0", "histe:99:1:0"):
        await elsewhere.press(data)
        assert elsewhere.alert == worded("ru", common.gone, None)


async def test_the_operator_gets_a_table_and_a_file_that_runs_nothing(stage: Stage) -> None:
    await decided(stage)
    rows = await list_rows(stage.database, "ru", municipality="jazy", problem=1)
    assert [row[4] for row in rows] == ["problem.published", *["problem.wording"] * 3]
    assert [row[3] for row in rows][2:] == [worded("ru", texts.the_author), worded("ru", texts.who, LEFT)]

    table = as_table(rows)
    assert len(table.splitlines()) == 5
    assert max(len(line) for line in table.splitlines()) < 170
    content = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig")), delimiter=";"))
    assert content[0] == list(HEADER)
    assert content[2][6:8] == ["'" + FORMULA, LONG]

    everything = await list_rows(stage.database, "ky")
    assert len(everything) > len(rows)
    assert await list_rows(stage.database, "ky", since=datetime.now(UTC) + timedelta(days=1)) == []
    assert await list_rows(stage.database, "ky", municipality="shark") == []
    with pytest.raises(NoSuchPlace):
        await list_rows(stage.database, "ky", municipality="nowhere")


def bap(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as the operator runs it, on the database of that folder."""
    url = f"sqlite+aiosqlite:///{folder / 'bap.sqlite3'}"
    env = {**os.environ, "BAP_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bot", "audit", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)


def test_the_command_writes_what_it_is_asked_for(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copyfile(sqlite_template, tmp_path / "bap.sqlite3")
    file = ("--municipality", "jazy", "--since", "2026-01-01", "--csv", "a.csv")
    assert bap(tmp_path, *file).stdout.strip() == "a.csv"
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").startswith("at;municipality")
    assert bap(tmp_path).stdout.split()[:2] == list(HEADER[:2])
    for wrong in (("--problem", "1"), ("--municipality", "nowhere")):
        assert bap(tmp_path, *wrong).returncode == 1
