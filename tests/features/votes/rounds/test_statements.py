"""What a voter's tap asks of the database: the busiest act of all stays small."""

from bot.features.votes.ballot.callbacks import CastVote
from tests.bench.statements import counting
from tests.features.town import listed, picks, vote_on
from tests.stage import Stage

MOST = 4
# Keeping the update and striking it off: one statement each for all that come together.
SHARED = 2


async def test_a_tap_takes_at_most_four_statements(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 2)
    await voter.send("/vote")

    with counting() as choosing:
        await voter.tap("cast:")
    assert await picks(stage) == 1
    with counting() as taking_back:
        await voter.tap("cast:", "✅")
    assert await picks(stage) == 0

    for count in (choosing, taking_back):
        assert count.shared <= SHARED, count.asked
        assert 0 < count.own <= MOST, count.asked


async def test_a_repeated_tap_writes_no_pick(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 2)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    wanted = CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True)
    await voter.press(wanted)

    with counting() as again:
        await voter.press(wanted)

    assert await picks(stage) == 1
    assert not [statement for statement, _parameters in again.asked if "INTO picks" in statement]
