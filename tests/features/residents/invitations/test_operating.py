"""The operator lists roles and takes them away at the command line, while no bot runs."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.roles import Role
from bot.features.problems.audit_log import texts as history
from bot.features.problems.audit_log.acts_texts import act_words
from bot.features.residents.invitations.invites import NoSuchMunicipality
from bot.features.residents.invitations.operating import (
    HEADER,
    NotHeld,
    as_table,
    list_holders,
    withdraw_role,
)
from bot.telegram import texts as common
from bot.telegram.role_texts import short_name
from tests.features.records import grants, journal
from tests.features.residents.invitations.heads import grant_of, head_of
from tests.features.wording import worded
from tests.stage import Stage

ROOT = Path(__file__).parents[4]
Bap = Callable[..., "subprocess.CompletedProcess[str]"]


async def test_the_operator_sees_numbers_places_and_moments_and_no_person(stage: Stage) -> None:
    head, facilitator, elsewhere = (
        await head_of(stage),
        await stage.facilitator(),
        await stage.monitor("shark"),
    )
    table = as_table(await list_holders(stage.database, None, None))
    lines = [line.split() for line in table.splitlines()]
    today = f"{datetime.now(BISHKEK):%Y-%m-%d}"
    assert [line[:4] for line in lines[1:]] == [
        [str(await grant_of(stage, facilitator)), "jazy", "facilitator", today],
        [str(await grant_of(stage, head)), "jazy", "officer", today],
        [str(await grant_of(stage, elsewhere)), "shark", "monitor", today],
    ]
    assert [line[-1] == "head" for line in lines[1:]] == [False, True, False]
    assert lines[0][0] == HEADER[0]
    for person in (head, facilitator, elsewhere):
        assert str(person.id) not in table

    assert len(await list_holders(stage.database, "jazy", None)) == 2
    assert len(await list_holders(stage.database, "jazy", Role.OFFICER)) == 1
    assert len(await list_holders(stage.database, None, Role.MONITOR)) == 1
    with pytest.raises(NoSuchMunicipality):
        await list_holders(stage.database, "atlantis", None)


async def test_the_operator_takes_away_also_from_a_head_and_the_journal_says_so(stage: Stage) -> None:
    head, facilitator = await head_of(stage), await stage.facilitator()
    number = await grant_of(stage, head)
    await withdraw_role(stage.database, number, "jazy", Role.OFFICER, datetime.now(UTC))
    [entry] = await journal(stage, "role.withdrawn")
    assert (entry.actor_id, entry.municipality_id, entry.subject_id) == (None, 9, number)
    await head.press("off")
    assert head.alert == worded("ru", common.role_taken_away, None)
    await facilitator.press("histm:9:0")
    assert worded("ru", act_words, "role.withdrawn") in facilitator.text
    assert f"{worded('ru', short_name, Role.OFFICER)} {number}" in facilitator.text
    assert worded("ru", history.the_operator) in facilitator.text


async def test_a_wrong_number_tells_which_there_are(stage: Stage) -> None:
    first, second = await stage.facilitator(), await stage.facilitator()
    numbers = [await grant_of(stage, each) for each in (first, second)]
    with pytest.raises(NotHeld, match=f"These do: {numbers[0]}, {numbers[1]}."):
        await withdraw_role(stage.database, 999, "jazy", Role.FACILITATOR, datetime.now(UTC))
    with pytest.raises(NotHeld, match="Nobody does"):
        await withdraw_role(stage.database, numbers[0], "jazy", Role.OFFICER, datetime.now(UTC))
    assert all(grant.withdrawn_at is None for grant in await grants(stage))


@pytest.fixture
def bap(sqlite_template: Path, tmp_path: Path) -> Bap:
    """The command as the operator runs it, on a database of its own."""
    shutil.copyfile(sqlite_template, tmp_path / "bap.sqlite3")
    url = f"sqlite+aiosqlite:///{tmp_path / 'bap.sqlite3'}"
    env = {**os.environ, "BAP_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", check=False
        )

    return run


def test_the_commands_say_what_there_is_and_what_was_done(bap: Bap, tmp_path: Path) -> None:
    empty = bap("roles")
    assert (empty.returncode, empty.stdout) == (0, "Nobody holds such a role. `bap invite` gives one.\n")
    asyncio.run(_two_roles(tmp_path))
    listed = bap("roles", "--municipality", "jazy").stdout.splitlines()
    assert [line.split()[:3] for line in listed[1:]] == [
        ["2", "jazy", "facilitator"],
        ["1", "jazy", "officer"],
    ]
    assert len(bap("roles", "--role", "officer").stdout.splitlines()) == 2

    revoke = ("--municipality", "jazy", "--role", "officer")
    done = bap("revoke", "1", *revoke)
    assert done.returncode == 0
    assert done.stdout == "Number 1 no longer holds the role officer in jazy, and will be told.\n"
    assert len(bap("roles").stdout.splitlines()) == 2
    for wrong in (
        ("revoke", "1", *revoke),
        ("roles", "--municipality", "atlantis"),
        ("revoke", "1", "--municipality", "atlantis", "--role", "officer"),
        ("invite", "--role", "monitor", "--municipality", "jazy", "--head"),
    ):
        refused = bap(*wrong)
        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1), wrong


async def _two_roles(folder: Path) -> None:
    stage = Stage(Database(f"sqlite+aiosqlite:///{folder / 'bap.sqlite3'}"))
    await head_of(stage)
    await stage.facilitator()
    await stage.database.close()
