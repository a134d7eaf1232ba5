"""No act reads a table that grows from end to end; SQLite is asked how it goes about each statement."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.db.session import Database
from bot.domain.clock import utc_now
from bot.domain.plan import Part
from bot.domain.roles import Role
from bot.features.plan.progress.jobs import remind_of_round
from bot.features.problems.printouts.jobs import erase_declined_texts
from bot.features.problems.reporting.callbacks import BrowseProblems
from bot.features.residents.invitations.operating import list_holders
from bot.features.votes.rounds.jobs import close_due_rounds, publish_overdue_results, remind_unfinished
from bot.telegram.navigation import GoHome
from tests.bench.statements import counting
from tests.engines import SQLITE
from tests.features.people import read_queue, report
from tests.features.plan.drafting.plans import JAZY, PLAN_OF_JAZY, adopt, drafted
from tests.features.records import publish
from tests.features.residents.invitations.heads import head_of, withdraw_from
from tests.features.town import vote_on
from tests.features.votes.paper_votes.sheets import enter_sheet, filled, given_form, send_file
from tests.features.votes.rounds.stages import publish_result
from tests.stage import Stage, Visitor

GROWING = {
    "attachments",
    "chat_codes",
    "ballots",
    "broadcasts",
    "deliveries",
    "drafts",
    "exposures",
    "gathering_votes",
    "gatherings",
    "grants",
    "hearing_attendance",
    "hearing_documents",
    "hearing_questions",
    "hearing_villages",
    "hearings",
    "inbox",
    "journal",
    "marked_reports",
    "measure_checks",
    "measure_followers",
    "measure_links",
    "measure_reports",
    "measures",
    "muted_topics",
    "picks",
    "plan_comments",
    "plan_documents",
    "plan_followers",
    "plan_measures",
    "plan_problem_villages",
    "plan_problems",
    "plan_versions",
    "problems",
    "residents",
    "round_problems",
    "silences",
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
    await count_on_paper(stage, facilitator)
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("voters:")
    await facilitator.tap("votin:")
    await facilitator.tap("votch:")
    await facilitator.tap("votset:")
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")
    await facilitator.tap("anom:")
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await publish_result(facilitator)
    await facilitator.tap("ties:")
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:", "XLSX")
    await resident.press("res:1")
    for button in ("reshow:", "rescodes:", "res:", "respic:"):
        await resident.tap(button)
    await remind_unfinished(stage.database, utc_now())
    await publish_overdue_results(stage.database, 7, 3, utc_now())
    await close_due_rounds(stage.database, 7, utc_now())
    await stage.app.inbox.forget_old()
    await report(resident, "Кошунам суу акысын төлөбөйт, телефону 0777 998 877")
    await read_queue(facilitator)
    await facilitator.tap("decl:")
    await facilitator.tap("declr:")
    assert await erase_declined_texts(stage.database, 0, utc_now()) == 1


async def plan(stage: Stage) -> None:
    """A plan is published, read, amended, answered with, kept true and checked."""
    resident, officer, monitor = await stage.resident("ky"), await stage.officer(), await stage.monitor()
    problem_id, _other = await publish(stage, "Көпүрө сынган, айланып барабыз", "Суу жок")
    version_id = await drafted(stage, officer, [{**PLAN_OF_JAZY[0], Part.REPORTED: "1"}, *PLAN_OF_JAZY[1:]])
    await officer.press(f"plshow:{version_id}:1")
    await resident.press("plan")
    await resident.tap("planof:")
    await resident.tap("pldir:")
    await resident.tap("plms:")
    await resident.tap("plitem:")
    await resident.tap("plcom:")
    await resident.send("Мектептин жанынан баштагыла")
    await officer.press(f"plcoms:{version_id}:0")
    await adopt(stage, officer, version_id)
    for press in ("plan", f"plvil:{version_id}:0", "measfol:1:1", f"plfind:{version_id}", "docs", "docfol:1"):
        await resident.press(press)
    for view in ("a:0", "d:6", "v:1", "s:1", "l:0"):
        await resident.press(f"plms:{version_id}:{view}:0")
    for press in ("plmore:1", "plpic:1", "plpdf:1", "pldata:1", f"plvers:{JAZY}", "plnew:1:0", "learn:4"):
        await resident.press(press)
    for press in (f"planng:{JAZY}", "unans:9:0", f"ans:{problem_id}", f"ansmeas:{problem_id}:0"):
        await officer.press(press)
    for press in (f"anslink:{problem_id}:2", "prog:9:0", "progset:1:done", "progadd:1"):
        await officer.press(press)
    await officer.send("Бүттү, баары жакшы")
    for press in ("chk:9:0", "chkopen:1", "chkset:1:0"):
        await monitor.press(press)
    await monitor.send("Бүтө элек экен")
    await resident.press("meas:1")
    await officer.press("docask:9:budget")
    stage.world.send_document(officer.id, "b.pdf", b"%PDF", "application/pdf")
    await stage.handle_all()
    await resident.press("docget:1")
    await officer.press("pledit:1")
    await officer.tap("plpart:")
    await officer.send("Ички жолдорго таш төгүү")
    draft = next(data for data in officer.data if data.startswith("pldraft:")).removeprefix("pldraft:")
    await adopt(stage, officer, int(draft))
    await resident.press(f"plnew:{draft}:0")
    await remind_of_round(stage.database, datetime.now(UTC).replace(day=25))
    await stage.deliver()


async def dismiss(stage: Stage) -> None:
    """A head looks at who holds a role and takes one away; an old button and an old invitation come after."""
    head, facilitator, officer = await head_of(stage), await stage.facilitator(), await stage.officer()
    await stage.facilitator()
    await officer.press("chatnew:9")
    for person in (facilitator, officer):
        await withdraw_from(stage, head, person)
        for button in ("desk", "off", "roles:9:0"):
            await person.press(button)
    await list_holders(stage.database, "jazy", Role.OFFICER)


async def moderate(stage: Stage) -> None:
    """What is published is hidden and redacted, what waits is marked and declined, its author muted."""
    author, facilitator = await stage.resident("ky"), await stage.facilitator()
    first, second = await publish(stage, "Көпүрө сынган, Асан айтты", "Жол бузук, Асан айтты")
    for press in (f"hide:{first}:insult", "dhid:9:0", f"hshow:{first}", f"pcut:{second}"):
        await facilitator.press(press)
    await facilitator.send("Асан айтты")
    for words in ("Товар сатабыз, келгиле", "Арзан товар бар, келгиле"):
        await report(author, words)
    await facilitator.send("/desk")
    await facilitator.tap("dbulk:")
    waiting = [data for data in facilitator.data if data.startswith("dmark:")]
    for press in (*waiting, "dbwhy:9", "dbsure:9:unclear"):
        await facilitator.press(press)
    await facilitator.tap("dbgo:")
    spam = waiting[0].split(":")[1]
    for press in (f"mutgo:{spam}:spam:7", f"dmed:{spam}", f"dmdel:{spam}:1"):
        await facilitator.press(press)
    await author.press("rep")
    await facilitator.press(f"mutlift:{spam}")
    await report(author, "Дагы бир көйгөй: суу жок")
    await facilitator.send("/desk")
    for button in ("queue:", "pub:", "dundo:"):
        await facilitator.tap(button)
    await stage.deliver()


async def count_on_paper(stage: Stage, facilitator: Visitor) -> None:
    """A sheet is entered and taken back, another comes by spreadsheet."""
    await facilitator.tap("gath:")
    await enter_sheet(facilitator)
    await facilitator.tap("gathsave:")
    await facilitator.tap("gathsee:")
    await facilitator.tap("gathback:")
    await facilitator.send("Добуштар алмашып калган")
    await facilitator.tap("gath:")
    await send_file(stage, facilitator, filled(await given_form(stage, facilitator), {"p1": 20}))


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_no_act_reads_a_growing_table_from_end_to_end(stage: Stage) -> None:
    with counting() as count:
        await play(stage)
        await plan(stage)
        await dismiss(stage)
        await moderate(stage)
    asked = dict(count.asked)

    found = {statement: await scans(stage.database, statement, asked[statement]) for statement in asked}

    assert len(asked) > 30
    assert {statement: tables for statement, tables in found.items() if tables} == {}


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_the_guard_itself_sees_a_scan(database: Database) -> None:
    assert await scans(database, "SELECT id FROM problems WHERE who = ?", ("children",)) == {"problems"}
    assert await scans(database, "SELECT count(*) FROM picks", ()) == {"picks"}
    assert await scans(database, "SELECT text FROM problems WHERE id = ?", (1,)) == set()
