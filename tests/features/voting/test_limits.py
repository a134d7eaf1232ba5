"""Limits hold when everything is pressed at once, and what people were told is what is stored."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.db.models import Round
from bot.features.voting.callbacks import CastVote, OpenBallot
from bot.features.voting.jobs import close_due_rounds
from bot.settings import Settings
from tests.features.town import listed, picks, published, report, vote_on
from tests.stage import Stage, Visitor


@pytest.fixture
def stage(stage: Stage) -> Stage:
    return Stage(stage.database, Settings(_env_file=None, reports_per_day=50))


async def at_once(
    stage: Stage, voter: Visitor, taps: list[CastVote], others: list[Stage] | None = None
) -> None:
    """Press all these buttons before any of them is handled; several stages share the work."""
    for each in taps:
        stage.world.tap(voter.id, voter.screen.message_id, each.pack())
    workers = [stage, *(others or [])]
    updates = stage.world.take_updates()
    await asyncio.gather(
        *(workers[place % len(workers)].handle(update) for place, update in enumerate(updates))
    )


def second_process(stage: Stage) -> Stage:
    """Another process on the same database, seeing the same people."""
    other = Stage(stage.database)
    other.session._api.world = stage.world
    return other


async def test_a_vote_pressed_fifty_times_at_once_is_one_pick(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 4)
    round_id, problems = await listed(stage)
    await voter.send("/vote")

    await at_once(stage, voter, [CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True)] * 50)

    assert await picks(stage) == 1


@pytest.mark.parametrize("processes", [1, 2])
async def test_three_picks_are_never_exceeded(stage: Stage, processes: int) -> None:
    voter, _facilitator = await vote_on(stage, 6)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    taps = [CastVote(round_id=round_id, problem_id=each, page=0, on=True) for each in problems] * 4

    await at_once(stage, voter, taps, [second_process(stage)] * (processes - 1))

    assert await picks(stage) == 3
    await voter.send("/vote")
    shown = [label for _page in range(2) for label in await both_pages(voter)]
    assert len({label for label in shown if label.startswith("✅")}) == 3


async def both_pages(voter: Visitor) -> list[str]:
    labels = voter.labels
    await voter.tap("vpage:", "➡️")
    return labels


async def test_a_repeated_press_sets_and_never_toggles(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    on = CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True)

    await voter.press(on)
    await voter.press(on)
    assert await picks(stage) == 1

    await voter.press(on.model_copy(update={"on": False}))
    await voter.press(on.model_copy(update={"on": False}))
    assert await picks(stage) == 0


async def test_the_fourth_pick_is_refused_with_the_way_out(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 4)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    for each in problems:
        await voter.press(CastVote(round_id=round_id, problem_id=each, page=0, on=True))

    assert voter.alert
    assert "3" in voter.alert
    assert await picks(stage) == 3


async def test_after_closing_no_button_changes_a_vote(stage: Stage) -> None:
    voter, facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    await voter.press(CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True))
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")

    for on in (True, False):
        for each in problems:
            await voter.press(CastVote(round_id=round_id, problem_id=each, page=0, on=on))
    assert voter.alert
    assert await picks(stage) == 1


async def test_a_vote_closes_at_its_moment_once_even_before_the_job_has_run(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    async with stage.database.act() as db:
        await db.execute(update(Round).values(closes_at=datetime.now(UTC) - timedelta(seconds=1)))

    await voter.press(CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True))

    assert await picks(stage) == 0
    assert [await close_due_rounds(stage.database), await close_due_rounds(stage.database)] == [1, 0]


async def test_a_problem_that_is_not_on_the_list_cannot_be_picked(stage: Stage) -> None:
    voter, facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await report(voter, "Кийин жарыяланган көйгөй: суу жок")
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    await voter.send("/vote")

    await voter.press(CastVote(round_id=round_id, problem_id=max(problems) + 1, page=0, on=True))

    assert len((await listed(stage))[1]) == 3
    assert await picks(stage) == 0


async def test_a_resident_of_another_municipality_cannot_vote(stage: Stage) -> None:
    _voter, _facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    stranger = await stage.resident("ru", municipality="shark")

    for data in (
        OpenBallot(round_id=round_id),
        CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True),
    ):
        await stranger.press(data)
        assert stranger.alert
        assert "Көйгөй" not in stranger.text
    assert await picks(stage) == 0


async def test_moving_away_takes_the_picks_back_after_asking(stage: Stage) -> None:
    voter, _facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    await voter.press(CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True))

    await voter.start("m_shark")
    assert await picks(stage) == 1
    await voter.tap("move:")

    assert await picks(stage) == 0


async def test_voters_see_their_own_order_and_find_it_again(stage: Stage) -> None:
    first, _facilitator = await vote_on(stage, 5)
    await first.send("/vote")
    order = [data for data in first.data if data.startswith("cast:")]
    await first.send("/vote")
    again = [data for data in first.data if data.startswith("cast:")]
    others = []
    for _each in range(4):
        other = await stage.resident()
        await other.send("/vote")
        others.append([data for data in other.data if data.startswith("cast:")])

    assert order == again
    assert any(other != order for other in others)


async def test_counts_are_hidden_until_closing_and_the_export_says_so(stage: Stage) -> None:
    voter, facilitator = await vote_on(stage, 3)
    round_id, problems = await listed(stage)
    await voter.send("/vote")
    await voter.press(CastVote(round_id=round_id, problem_id=problems[0], page=0, on=True))

    await facilitator.press(f"export:{round_id}")
    assert facilitator.alert
    assert "20:00" in facilitator.alert
    assert not any(message.kind == "document" for message in facilitator.messages)

    await facilitator.tap("turnout:")
    assert "Жазы" in facilitator.text
    assert "Көйгөй" not in facilitator.text


async def test_opening_twice_is_opening_once(stage: Stage) -> None:
    _resident, facilitator = await published(stage, 2)
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    await facilitator.tap("vday:")
    button = next(data for data in facilitator.data if data.startswith("vopen:"))

    for _press in range(2):
        await facilitator.press(button)
        assert facilitator.alert is None

    assert (await listed(stage))[0] == 1
