"""From the announcement to the report, as the officer goes through it."""

import pytest

from bot.domain.clock import utc_now
from bot.features.hearings.delivery_report import texts
from bot.features.hearings.delivery_report.callbacks import (
    AskToStop,
    ExportDispatch,
    Form,
    MakePoster,
    ShowDispatch,
    StopBroadcast,
)
from bot.features.hearings.delivery_report.jobs import show_progress
from bot.features.hearings.delivery_report.queries import find_dispatch
from tests.bench.statements import counting
from tests.db.test_indexes import scans
from tests.engines import SQLITE
from tests.features.hearings.announcing.officers import announce, hearings
from tests.features.hearings.delivery_report.broadcasts import later
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def told(stage: Stage) -> tuple[Visitor, int]:
    """An announcement that went out under a bar, and what residents answered."""
    people = [await stage.resident(language) for language in ("ky", "ru", "ky")]
    officer = await stage.officer()
    await announce(officer)
    await show_progress(stage.app.parts, utc_now())
    await stage.deliver()
    await people[0].tap("hread:")
    await people[1].tap("hcome:")
    await later(stage)
    return officer, (await hearings(stage))[0].id


async def look(stage: Stage, officer: Visitor, hearing_id: int) -> None:
    """The last state of the bar, the papers, and the numbers."""
    await show_progress(stage.app.parts, utc_now())
    await officer.press(MakePoster(hearing_id=hearing_id))
    for form in Form:
        await officer.press(ExportDispatch(hearing_id=hearing_id, form=form))
    for press in (AskToStop(broadcast_id=1), StopBroadcast(broadcast_id=1)):
        await officer.press(press)
    await officer.press(ShowDispatch(hearing_id=hearing_id))


async def test_an_officer_sees_what_became_of_an_announcement(stage: Stage) -> None:
    officer, hearing_id = await told(stage)
    await look(stage, officer, hearing_id)
    async with stage.database.read() as db:
        found = await find_dispatch(db, hearing_id)

    assert found is not None
    assert found.told[0].counts.sent == found.told[0].counts.recipients == 4
    assert found.answers.read >= 1
    assert found.answers.coming == 1
    assert worded("ru", texts.told, found.told[0]) in officer.text
    assert [message.media["file_name"] for message in officer.messages if message.kind == "document"] == [
        f"hearing-{hearing_id}.pdf",
        f"dispatch-{hearing_id}.pdf",
        f"dispatch-{hearing_id}.xlsx",
    ]


@pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
async def test_nothing_of_it_reads_a_growing_table_from_end_to_end(stage: Stage) -> None:
    officer, hearing_id = await told(stage)
    with counting() as count:
        await look(stage, officer, hearing_id)
    asked = dict(count.asked)
    found = {statement: await scans(stage.database, statement, asked[statement]) for statement in asked}

    assert len(asked) > 10
    assert {statement: tables for statement, tables in found.items() if tables} == {}
