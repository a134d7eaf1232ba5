"""No act reads a table that grows from end to end; SQLite is asked how it goes about each statement."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot import app
from bot.db.session import Database
from bot.features.problems.callbacks import BrowseProblems
from bot.features.start.callbacks import GoHome
from bot.features.voting.jobs import close_due_rounds
from tests.bench.statements import counting
from tests.engines import SQLITE
from tests.features.town import vote_on
from tests.stage import Stage

GROWING = {
    "attachments",
    "ballots",
    "broadcasts",
    "deliveries",
    "drafts",
    "hearing_attendance",
    "hearing_documents",
    "hearing_questions",
    "hearing_villages",
    "hearings",
    "journal",
    "muted_topics",
    "picks",
    "problems",
    "residents",
    "round_problems",
    "seen_updates",
}
# Of a whole index too: it grows like its table.
SCAN = re.compile(r"^SCAN (\w+)")


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """With its places, which the other tests of this folder are without."""
    database = Database(database_url)
    yield Stage(database)
    await database.close()


async def scans(database: Database, statement: str, parameters: Any) -> set[str]:
    """The growing tables that a statement reads from end to end."""
    if isinstance(parameters, list):
        parameters = parameters[0]
    async with database.read() as db:
        steps = await db.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters)
        scanned = {found[1] for step in steps if (found := SCAN.match(step.detail))}
    # The plan of an INSERT also names the tables that refer to its own. They are looked at only to settle
    # a reference that was broken before in the same transaction, which none of ours ever is.
    return {table for table in scanned & GROWING if re.search(rf"\b{table}\b", statement)}


async def play(stage: Stage) -> None:
    """The whole thread once: report, desk, vote, lists, export, and what is sent and pruned meanwhile."""
    resident, facilitator = await vote_on(stage, 2)
    await stage.deliver()
    await resident.send("/vote")
    await resident.tap("cast:")
    await resident.tap("vdone:")
    await resident.press(GoHome())
    for village_id, topic_id in ((0, 0), (1, 0), (0, 1), (1, 1)):
        await resident.press(BrowseProblems(village_id=village_id, topic_id=topic_id, page=0))
    await resident.press("find")
    await resident.send("көпүрө")
    await resident.send("/my")
    await resident.tap("my:")
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")
    await facilitator.tap("export:")
    await close_due_rounds(stage.database)
    await app._forget_old_updates(stage.database)


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_no_act_reads_a_growing_table_from_end_to_end(stage: Stage) -> None:
    with counting() as count:
        await play(stage)
    asked = dict(count.asked)

    found = {statement: await scans(stage.database, statement, asked[statement]) for statement in asked}

    assert len(asked) > 30
    assert {statement: tables for statement, tables in found.items() if tables} == {}


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_the_guard_itself_sees_a_scan(database: Database) -> None:
    assert await scans(database, "SELECT id FROM problems WHERE who = ?", ("children",)) == {"problems"}
    assert await scans(database, "SELECT count(*) FROM picks", ()) == {"picks"}
    assert await scans(database, "SELECT text FROM problems WHERE id = ?", (1,)) == set()
