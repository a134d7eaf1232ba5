"""A vote, a move and the closing at the same moment, in several processes: each ballot is where it belongs.

The acts are held up until all of them are under way, so that the outcome is not left to luck.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import BallotRow, Pick, ResidentRow, Round
from bot.domain.clock import utc_now
from bot.features.votes.ballot import texts
from bot.features.votes.ballot.callbacks import CastVote
from bot.features.votes.rounds import closing
from bot.features.votes.rounds.queries import find_round
from tests.features.people import open_vote, seen_from
from tests.features.records import change, municipality_id, picks_of, publish_many, resident_of, rows
from tests.features.town import listed
from tests.features.votes.rounds.barriers import MOST_AT_ONCE, another_process, gate
from tests.features.wording import worded
from tests.stage import Stage, Visitor

PEOPLE = 20
HELD_ROUND = "SELECT id FROM rounds FOR UPDATE"


async def vote_with(stage: Stage, people: int) -> tuple[Visitor, list[Visitor], CastVote]:
    """An open vote, residents who may vote in it, and the press by which each of them does."""
    await publish_many(stage, 2)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    voters = [await stage.resident() for _each in range(people)]
    round_id, problems = await listed(stage)
    return facilitator, voters, CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True)


async def test_twenty_who_move_and_vote_at_once_keep_no_ballot_in_the_vote_they_left(stage: Stage) -> None:
    _facilitator, voters, cast = await vote_with(stage, PEOPLE)
    chaek = await municipality_id(stage, "chaek")
    async with another_process(stage) as other, gate(stage, "LOCK TABLE ballots") as barrier:
        taps = [asyncio.ensure_future(seen_from(other, each).press(cast)) for each in voters]
        await barrier.wait_for(MOST_AT_ONCE)
        moves = [asyncio.ensure_future(each.press(f"move:{chaek}")) for each in voters]
        await barrier.wait_for(2 * MOST_AT_ONCE)
        await barrier.open()
        await asyncio.gather(*taps, *moves)

    assert await rows(stage, select(BallotRow.id)) == await rows(stage, select(Pick.ballot_id)) == []
    moved = await rows(stage, select(ResidentRow.id).where(ResidentRow.municipality_id == chaek))
    assert len(moved) == PEOPLE


async def test_a_vote_that_was_first_is_withdrawn_by_the_move(stage: Stage) -> None:
    _facilitator, [voter], cast = await vote_with(stage, 1)
    chaek = await municipality_id(stage, "chaek")
    async with another_process(stage) as other, gate(stage, HELD_ROUND) as barrier:
        tap = asyncio.ensure_future(seen_from(other, voter).press(cast))
        await barrier.wait_for(1)
        move = asyncio.ensure_future(voter.press(f"move:{chaek}"))
        await barrier.wait_for(2)
        await barrier.open()
        await asyncio.gather(tap, move)
    assert await rows(stage, select(BallotRow.id)) == []
    assert (await resident_of(stage, voter)).municipality_id == chaek


async def test_a_vote_that_comes_second_is_refused_because_the_voter_has_moved(stage: Stage) -> None:
    _facilitator, [voter], cast = await vote_with(stage, 1)
    await voter.press(cast)
    chaek = await municipality_id(stage, "chaek")
    async with another_process(stage) as other, gate(stage, HELD_ROUND) as barrier:
        there = seen_from(other, voter)
        move = asyncio.ensure_future(voter.press(f"move:{chaek}"))
        await barrier.wait_for(1)
        tap = asyncio.ensure_future(there.press(cast))
        await barrier.wait_for(2)
        await barrier.open()
        await asyncio.gather(tap, move)
        if barrier.is_real:
            assert there.alert == worded("ru", texts.not_your_vote, None)
    assert await rows(stage, select(BallotRow.id)) == []


async def test_an_old_press_for_a_village_of_the_former_municipality_settles_nobody_there(
    stage: Stage,
) -> None:
    resident = await stage.resident(village="Жээренчи")
    village = (await resident_of(stage, resident)).village_id
    chaek = await municipality_id(stage, "chaek")
    async with another_process(stage) as other, gate(stage, "SELECT id FROM residents FOR UPDATE") as barrier:
        move = asyncio.ensure_future(resident.press(f"move:{chaek}"))
        await barrier.wait_for(1)
        choice = asyncio.ensure_future(seen_from(other, resident).press(f"vil:{village}"))
        await barrier.wait_for(2)
        await barrier.open()
        await asyncio.gather(move, choice)
    stored = await resident_of(stage, resident)
    assert (stored.municipality_id, stored.village_id) == (chaek, None)


@pytest.mark.parametrize("by", ["a facilitator", "the clock"])
async def test_no_ballot_is_later_than_the_closing_whoever_closes(stage: Stage, by: str) -> None:
    """Taps at work let the closing wait; the moment is taken after them."""
    facilitator, voters, cast = await vote_with(stage, PEOPLE)
    async with another_process(stage) as other, gate(stage, "SELECT id FROM problems FOR UPDATE") as barrier:
        taps = [asyncio.ensure_future(each.press(cast)) for each in voters]
        # They hold their ballots and the vote, and wait to write a choice.
        await barrier.wait_for(MOST_AT_ONCE)
        closing_act = asyncio.ensure_future(close(other, facilitator, cast.round_id, by))
        await barrier.wait_for(MOST_AT_ONCE + 1)
        await barrier.open()
        await asyncio.gather(*taps, closing_act)

    [round_] = await rows(stage, select(Round.closed_at))
    ballots = await rows(stage, select(BallotRow.changed_at, BallotRow.created_at))
    assert all(max(row.changed_at, row.created_at) <= round_.closed_at for row in ballots)
    voted = [each for each in voters if await picks_of(stage, each)]
    assert len(voted) == len(ballots)
    assert len(voted) >= MOST_AT_ONCE or not barrier.is_real
    assert all(each.alert for each in voters if each not in voted)


async def test_taps_that_come_while_it_is_being_closed_find_it_closed(stage: Stage) -> None:
    facilitator, voters, cast = await vote_with(stage, MOST_AT_ONCE)
    async with another_process(stage) as other, gate(stage, "LOCK TABLE ballots") as barrier:
        # It holds the vote, and asks when the last ballot was changed.
        closing_act = asyncio.ensure_future(close(other, facilitator, cast.round_id, "a facilitator"))
        await barrier.wait_for(1)
        taps = [asyncio.ensure_future(each.press(cast)) for each in voters]
        await barrier.wait_for(1 + MOST_AT_ONCE)
        await barrier.open()
        await asyncio.gather(closing_act, *taps)
        if barrier.is_real:
            assert await rows(stage, select(BallotRow.id)) == []
            assert all(each.alert for each in voters)


async def close(process: Stage, facilitator: Visitor, round_id: int, by: str) -> None:
    if by == "a facilitator":
        await seen_from(process, facilitator).press(f"vclose:{round_id}")
        return
    async with process.database.act() as db:
        facts = await find_round(db, round_id)
        assert facts is not None
        assert await closing.close_round(db, facts, None, 7, utc_now())


async def test_a_machine_whose_clock_is_ahead_makes_no_ballot_late(stage: Stage) -> None:
    facilitator, [voter], cast = await vote_with(stage, 1)
    await voter.press(cast)
    ahead = datetime.now(UTC) + timedelta(seconds=30)
    await change(stage, update(BallotRow).values(changed_at=ahead))
    await facilitator.press(f"vclose:{cast.round_id}")
    [round_] = await rows(stage, select(Round.closed_at))
    assert round_.closed_at == ahead
