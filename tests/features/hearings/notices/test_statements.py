"""What the acts around a hearing ask of the database: little, and nothing from end to end."""

import pytest
from sqlalchemy import update

from bot.db.models import Hearing
from bot.domain.clock import utc_now
from bot.domain.notices import NoticeTopic
from bot.features.hearings.notices.jobs import remind
from bot.features.residents.settings.callbacks import SetNotice
from tests.bench.statements import counting
from tests.db.test_indexes import scans
from tests.engines import SQLITE
from tests.features.hearings_at import announced, in_days
from tests.features.records import change
from tests.stage import Stage, Visitor

# Find the resident, look at the hearing and its villages and answers before and after, write.
MOST = 8


async def play(stage: Stage, resident: Visitor, hearing_id: int) -> None:
    await resident.start()
    await resident.send("/hearings")
    await resident.tap("hear:")
    await resident.tap("hread:")
    await resident.tap("hcome:", "🙋")
    for data in ("hcal", "hmap", "hdocs"):
        await resident.press(f"{data}:{hearing_id}")
    await resident.start(f"h_{hearing_id}")
    await resident.press("ntcs")
    for on in (False, True):
        await resident.press(SetNotice(topic=NoticeTopic.VOTES, on=on))
    assert await remind(stage.database, utc_now()) == 1


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_no_act_reads_a_growing_table_from_end_to_end(stage: Stage) -> None:
    resident = await stage.resident()
    hearing_id = await announced(stage)
    await change(stage, update(Hearing).values(starts_at=in_days(0.5)))
    with counting() as count:
        await play(stage, resident, hearing_id)
    asked = dict(count.asked)

    found = {statement: await scans(stage.database, statement, asked[statement]) for statement in asked}

    assert len(asked) > 15
    assert {statement: tables for statement, tables in found.items() if tables} == {}


async def test_an_answer_takes_few_statements(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    with counting() as count:
        await resident.tap("hcome:", "🙋")
    assert 0 < count.own <= MOST, count.asked


async def test_home_asks_one_statement_more_for_the_hearing(stage: Stage) -> None:
    resident = await stage.resident()
    await announced(stage)
    with counting() as count:
        await resident.press("home")
    about = [statement for statement, _parameters in count.asked if "FROM hearings" in statement]
    assert len(about) == 1
