"""The crowd of a rehearsal: many who vote through the real bot, so that a ranking has something to show."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.app import ALLOWED_UPDATES
from bot.db.models import BallotRow, Pick, ResidentRow
from bot.sandbox import demo
from bot.sandbox.crowd import SIZE, Crowd, NoVote
from bot.sandbox.page_views import state_of
from bot.sandbox.phone import Phone
from bot.sandbox.world import FACILITATOR, OFFICER
from bot.telegram.polling import Poller
from tests.stage import Stage


@pytest.fixture
async def rehearsal(stage: Stage) -> AsyncIterator[Stage]:
    """The bot at work, polling the sandbox's Bot API, and the demo data."""
    await demo.lay_out(stage.database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    poller = Poller(stage.bot, stage.app.inbox, stage.app.pulse, ALLOWED_UPDATES)
    polling = asyncio.create_task(poller.run())
    yield stage
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


async def open_vote(rehearsal: Stage) -> None:
    facilitator = Phone(rehearsal.world, rehearsal.world.people[FACILITATOR])
    await facilitator.say("/desk")
    for button in ("vplan:", "vday:", "vopen:"):
        await facilitator.follow(button)


async def come_and_vote(crowd: Crowd) -> None:
    await crowd.begin()
    assert await crowd.world.wait(lambda: not crowd.is_busy, 30)


async def picks_of_extras(rehearsal: Stage) -> dict[int, int]:
    query = (
        select(ResidentRow.telegram_id, func.count())
        .join(BallotRow, BallotRow.resident_id == ResidentRow.id)
        .join(Pick, Pick.ballot_id == BallotRow.id)
        .where(ResidentRow.telegram_id.in_([person.id for person in rehearsal.world.extras(SIZE)]))
        .group_by(ResidentRow.telegram_id)
    )
    async with rehearsal.database.read() as db:
        return {row[0]: row[1] for row in await db.execute(query)}


async def test_a_whole_crowd_votes_and_has_favourites(rehearsal: Stage) -> None:
    await open_vote(rehearsal)
    crowd = Crowd(rehearsal.world)

    await come_and_vote(crowd)

    picks = await picks_of_extras(rehearsal)
    assert len(picks) == SIZE
    assert set(picks.values()) == {1, 2, 3}
    assert crowd.progress() == {"busy": False, "voted": SIZE, "size": SIZE}
    async with rehearsal.database.read() as db:
        villages = set(await db.scalars(select(BallotRow.village_id).where(BallotRow.round_id == 2)))
    assert len(villages) == 4


async def test_extras_have_no_phone_on_the_page_and_leave_the_numbers_of_others_alone(
    rehearsal: Stage,
) -> None:
    rehearsal.world.extras(SIZE)
    newcomer = rehearsal.world.add_person("Житель")

    assert newcomer.id == 1101
    assert [each["id"] for each in state_of(rehearsal.world)["people"]] == [1001, 1002, 1003, 1004, 1101]


async def test_without_a_vote_the_crowd_goes_home_and_may_be_called_again(rehearsal: Stage) -> None:
    crowd = Crowd(rehearsal.world)
    for _try in range(2):
        with pytest.raises(NoVote):
            await crowd.begin()
    assert crowd.progress() == {"busy": False, "voted": 0, "size": SIZE}

    await open_vote(rehearsal)
    await come_and_vote(crowd)
    picks = await picks_of_extras(rehearsal)
    await come_and_vote(crowd)
    assert crowd.voted == len(picks) == SIZE
    assert await picks_of_extras(rehearsal) == picks


async def test_a_crowd_can_be_sent_home_half_way(rehearsal: Stage) -> None:
    await open_vote(rehearsal)
    crowd = Crowd(rehearsal.world)
    await crowd.begin()

    await crowd.stop()

    assert not crowd.is_busy
    assert crowd.voted == 0
