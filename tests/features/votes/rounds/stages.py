"""Short ways through the stages of a vote."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.db.models import Exposure, Round
from bot.db.session import Database
from bot.domain.ballot import ended_at
from bot.domain.refusals import VoteClosed
from bot.features.votes.ballot import texts
from tests.features.people import close_vote, open_vote
from tests.features.records import change, publish_many, rows
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage, Visitor

# A short list of five, so that six problems are too many for one vote.
SHORT = UNHURRIED.model_copy(update={"shortlist_size": 5, "screening_picks": 2, "picks": 2})


def short_stage(database: Database) -> Stage:
    return Stage(database, SHORT)


async def screening_on(stage: Stage, problems: int = 12) -> Visitor:
    """The facilitator of a screening that is on."""
    await publish_many(stage, problems)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    return facilitator


async def vote_for(voter: Visitor, *numbers: int) -> None:
    """Choose the problems of these places among those that lie before the voter, and say that it is done."""
    await voter.send("/vote")
    for place in numbers:
        cast = [data for data in voter.data if data.startswith("cast:")][place]
        await voter.press(cast)
    await voter.tap("vdone:")


async def close(facilitator: Visitor) -> None:
    await close_vote(facilitator)


async def open_second(facilitator: Visitor) -> None:
    """From a closed screening to its deciding stage, by the usual reason and the first day offered."""
    await facilitator.tap("slist:")
    await facilitator.tap("swhy:")
    await facilitator.tap("susual:")
    await facilitator.tap("sday:")
    await facilitator.tap("sopen:")


async def words_of_the_end(stage: Stage) -> str:
    """What is said to whoever presses a button of a vote that is over."""
    [round_] = await rows(stage, select(Round.closed_at, Round.closes_at, Round.counted_at))
    over = VoteClosed(ended_at(round_.closed_at, round_.closes_at), round_.counted_at is not None)
    return worded("ru", texts.vote_closed, over)


async def publish_result(facilitator: Visitor) -> None:
    await facilitator.tap("vpubask:")
    await facilitator.tap("vpub:")


async def exposures(stage: Stage) -> dict[int, int]:
    """Voters who were shown a problem, by problem."""
    found: dict[int, int] = {}
    for row in await rows(stage, select(Exposure.problem_id)):
        found[row.problem_id] = found.get(row.problem_id, 0) + 1
    return found


async def let_time_pass(stage: Stage, round_id: int, *, closes_in: timedelta) -> None:
    """As if the vote had been opened a week ago and closed so long from now."""
    now = datetime.now(UTC)
    values = {"opened_at": now - timedelta(days=7), "closes_at": now + closes_in}
    await change(stage, update(Round).where(Round.id == round_id).values(**values))
