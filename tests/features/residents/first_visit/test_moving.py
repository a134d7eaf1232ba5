"""Moving to another municipality: asked first, and its open vote is left behind."""

from sqlalchemy import select

from bot.db.models import BallotRow
from bot.features.residents.first_visit import texts
from tests.features.people import open_vote
from tests.features.records import municipality_id, picks_of, publish_many, resident_of, rows
from tests.features.wording import worded
from tests.stage import Stage


async def test_whoever_lives_somewhere_is_asked_before_moving(stage: Stage) -> None:
    resident = await stage.resident()
    before = await resident_of(stage, resident)
    await resident.start("m_chaek")
    assert "Жазы" in resident.text
    assert "Чаек" in resident.text
    assert await resident_of(stage, resident) == before

    await resident.tap("home", worded("ru", texts.stay))
    assert await resident_of(stage, resident) == before


async def test_moving_withdraws_the_picks_of_open_votes_only_there(stage: Stage) -> None:
    await publish_many(stage, 2)
    facilitator, leaving, staying = await stage.facilitator(), await stage.resident(), await stage.resident()
    await open_vote(facilitator)
    for voter in (leaving, staying):
        await voter.send("/vote")
        await voter.tap("cast:")
    assert len(await picks_of(stage, leaving)) == 1

    await leaving.start("m_chaek")
    await leaving.tap("move:")
    assert await picks_of(stage, leaving) == set()
    assert len(await picks_of(stage, staying)) == 1
    ballots = await rows(stage, select(BallotRow.resident_id))
    assert {row.resident_id for row in ballots} == {(await resident_of(stage, staying)).id}

    stored = await resident_of(stage, leaving)
    assert (stored.municipality_id, stored.village_id) == (await municipality_id(stage, "chaek"), None)
    assert any(data.startswith("vil:") for data in leaving.data)


async def test_a_closed_vote_keeps_the_picks_of_whoever_moves_later(stage: Stage) -> None:
    await publish_many(stage, 2)
    facilitator, voter = await stage.facilitator(), await stage.resident()
    await open_vote(facilitator)
    await voter.send("/vote")
    await voter.tap("cast:")
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")
    before = await picks_of(stage, voter)
    await voter.start("m_chaek")
    await voter.tap("move:")
    assert await picks_of(stage, voter) == before
    assert len(before) == 1


async def test_moving_there_and_back_in_the_settings_asks_for_the_village_anew(stage: Stage) -> None:
    resident = await stage.resident(village="Жээренчи")
    await resident.send("/settings")
    await resident.tap("obls")
    await resident.send("чаек")
    await resident.tap("mun:", "Чаек")
    await resident.tap("move:")
    await resident.tap("vil:", "Шортон")
    assert "Шортон" in resident.text
    assert worded("ru", texts.agree) not in resident.labels
