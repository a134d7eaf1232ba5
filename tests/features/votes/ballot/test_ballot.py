"""The ballot on the phone: what the voter is told is what the database holds."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.db.models import RoundProblem
from bot.db.session import Database
from bot.domain.ballot import Ballot
from bot.domain.refusals import NoPicksLeft
from bot.features.votes.ballot import texts
from bot.features.votes.rounds import notice_texts
from bot.telegram import texts as common
from tests.features.people import NEED, beside, open_vote, read_queue, report, seen_from
from tests.features.records import (
    deliveries,
    everything,
    picks_of,
    problems,
    publish,
    publish_many,
    resident_of,
    rows,
)
from tests.features.votes.rounds.stages import words_of_the_end
from tests.features.wording import worded
from tests.stage import Stage, Visitor

CHOSEN = "✅"
# More than a voter has picks, so that all of them may press at the same moment.
PROCESSES = 6


@pytest.fixture
async def facilitator(stage: Stage) -> Visitor:
    """Whoever opened the vote on twelve problems that is on."""
    await publish_many(stage, 12)
    opener = await stage.facilitator()
    await open_vote(opener)
    return opener


@pytest.fixture
async def processes(stage: Stage, database_url: str) -> AsyncIterator[list[Stage]]:
    """Processes of the bot that share a database and nothing else."""
    others = [Database(database_url) for _other in range(PROCESSES - 1)]
    yield [stage, *(beside(stage, other) for other in others)]
    for other in others:
        await other.close()


async def order_of(voter: Visitor) -> list[str]:
    """The problems in the order this voter sees them, through all pages."""
    await voter.send("/vote")
    seen: list[str] = []
    for _page in range(3):
        seen += [data.split(":")[2] for data in voter.data if data.startswith("cast:")]
        await voter.tap("vpage:", "➡️")
    return seen


async def tap_at_once(processes: list[Stage], voter: Visitor, buttons: list[str]) -> list[str]:
    """Press all before any is handled, the processes in turn; return what was answered to each."""
    world = processes[0].world
    pressed = [world.tap(voter.id, voter.screen.message_id, data) for data in buttons]
    await asyncio.gather(
        *(processes[turn % len(processes)].handle(each) for turn, each in enumerate(world.take_updates()))
    )
    return [(world.answer(callback) or {}).get("text") or "" for callback in pressed]


async def test_every_voter_has_an_order_of_their_own_that_a_restart_keeps(
    stage: Stage, facilitator: Visitor
) -> None:
    voters = [await stage.resident() for _voter in range(4)]
    orders = [await order_of(voter) for voter in voters]
    assert len({tuple(order) for order in orders}) == 4
    assert {frozenset(order) for order in orders} == {frozenset(orders[0])}
    assert len(orders[0]) == len(set(orders[0])) == 12

    restarted = beside(stage)
    assert [await order_of(seen_from(restarted, voter)) for voter in voters] == orders


async def test_fifty_copies_of_one_tap_in_several_processes_are_one_pick(
    processes: list[Stage], stage: Stage, facilitator: Visitor
) -> None:
    voter = await stage.resident()
    await voter.send("/vote")
    [button] = [data for data in voter.data if data.startswith("cast:")][:1]
    told = await tap_at_once(processes, voter, [button] * 50)
    assert await picks_of(stage, voter) == {int(button.split(":")[2])}
    assert told == [worded("ru", texts.left_toast, Ballot(3, frozenset({1})))] * 50


async def test_of_twelve_taps_at_once_three_win_and_the_rest_are_told(
    processes: list[Stage], stage: Stage, facilitator: Visitor
) -> None:
    voter = await stage.resident()
    order = await order_of(voter)
    template = next(data for data in voter.data if data.startswith("cast:")).split(":")
    buttons = [":".join([*template[:2], problem, *template[3:]]) for problem in order]
    told = await tap_at_once(processes, voter, buttons)

    toasts = [worded("ru", texts.left_toast, Ballot(3, frozenset(range(picked)))) for picked in (1, 2, 3)]
    refusal = worded("ru", texts.no_picks_left, NoPicksLeft(3))
    assert Counter(told) == Counter([*toasts, *[refusal] * 9])
    won = {int(problem) for problem, answer in zip(order, told, strict=True) if answer != refusal}
    assert await picks_of(stage, voter) == won

    await voter.send("/vote")
    shown = await chosen_on_all_pages(voter)
    assert shown == won
    await voter.tap("vdone:")
    assert voter.text.count(CHOSEN) == 3


async def chosen_on_all_pages(voter: Visitor) -> set[int]:
    chosen = set()
    for _page in range(3):
        for data, label in zip(voter.data, voter.labels, strict=True):
            if data.startswith("cast:") and label.startswith(CHOSEN):
                chosen.add(int(data.split(":")[2]))
        await voter.tap("vpage:", "➡️")
    return chosen


async def test_choosing_and_taking_back_at_once_never_passes_the_limit(
    processes: list[Stage], stage: Stage, facilitator: Visitor
) -> None:
    voter = await stage.resident()
    order = await order_of(voter)
    prefix = ":".join(next(data for data in voter.data if data.startswith("cast:")).split(":")[:2])
    buttons = [f"{prefix}:{problem}:0:{on}" for problem in order[:6] for on in (1, 0, 1)]
    await tap_at_once(processes, voter, buttons)
    held = await picks_of(stage, voter)
    assert len(held) <= 3
    await voter.send("/vote")
    assert await chosen_on_all_pages(voter) == held


async def test_two_voters_at_once_do_not_touch_each_other(
    processes: list[Stage], stage: Stage, facilitator: Visitor
) -> None:
    voters = [await stage.resident() for _voter in range(6)]
    wanted = {}
    for voter in voters:
        await voter.send("/vote")
        button = next(data for data in voter.data if data.startswith("cast:"))
        wanted[voter.id] = {int(button.split(":")[2])}
        stage.world.tap(voter.id, voter.screen.message_id, button)
    updates = stage.world.take_updates()
    await asyncio.gather(*(processes[turn % PROCESSES].handle(each) for turn, each in enumerate(updates)))
    assert {voter.id: await picks_of(stage, voter) for voter in voters} == wanted


async def test_a_repeated_tap_and_a_repeated_update_change_nothing(
    stage: Stage, facilitator: Visitor
) -> None:
    voter = await stage.resident()
    await voter.send("/vote")
    on = next(data for data in voter.data if data.startswith("cast:"))
    stage.world.tap(voter.id, voter.screen.message_id, on)
    [pressed] = stage.world.take_updates()
    await stage.handle(pressed)
    before = await everything(stage)
    await stage.handle(pressed)
    await voter.press(on)
    assert await everything(stage) == before

    off = on.removesuffix("1") + "0"
    for _again in range(2):
        await voter.press(off)
        assert await picks_of(stage, voter) == set()


async def test_the_list_is_frozen_while_the_vote_is_open(stage: Stage, facilitator: Visitor) -> None:
    author, voter = await stage.resident(), await stage.resident()
    before = await rows(stage, select(RoundProblem.__table__).order_by(RoundProblem.problem_id))
    await report(author, "Новая беда, о которой узнали поздно")
    await read_queue(facilitator)
    await facilitator.tap("pub:")
    assert await rows(stage, select(RoundProblem.__table__).order_by(RoundProblem.problem_id)) == before
    assert len(await order_of(voter)) == 12
    await voter.send("/problems")
    assert "Новая беда" in voter.text

    late = (await problems(stage))[-1].id
    await voter.press(f"cast:{before[0].round_id}:{late}:0:1")
    assert voter.alert == worded("ru", common.gone, None)
    assert await picks_of(stage, voter) == set()


async def test_the_opening_is_told_once_to_everyone_who_lives_there(stage: Stage) -> None:
    here = [await stage.resident("ky"), await stage.resident("ru")]
    blocked, elsewhere = await stage.resident(), await stage.resident(municipality="chaek")
    stage.world.block(blocked.id)
    await stage.handle_all()
    await publish(stage, "Первая беда села", "Вторая беда села")
    opener = await stage.facilitator()
    await open_vote(opener)
    ids = {(await resident_of(stage, person)).id for person in here}
    assert {row.resident_id for row in await deliveries(stage) if row.failure is None} == ids
    quiet = elsewhere.text
    for _again in range(2):
        await stage.deliver()
    for person, language in zip(here, ("ky", "ru"), strict=True):
        assert worded(language, notice_texts.vote) in person.labels
        assert sum("vote:" in str(message.markup) for message in person.messages) == 1
        await person.tap("vote:")
        assert "cast:" in "".join(person.data)
    assert elsewhere.text == quiet


async def test_home_says_how_many_are_chosen(stage: Stage, facilitator: Visitor) -> None:
    voter = await stage.resident()
    await voter.send("/vote")
    await voter.tap("cast:")
    await voter.start()
    assert "1" in voter.text.split("\n\n")[1]
    await voter.tap("vote:")
    assert worded("ru", texts.left, Ballot(3, frozenset({1}))) in voter.text


async def test_a_long_problem_is_read_whole_and_chosen_there(stage: Stage) -> None:
    end = "и это последние слова"
    await publish(stage, "Беда с мостом. " + "Он стоит давно. " * 20 + end, NEED)
    await open_vote(await stage.facilitator())
    voter = await stage.resident()
    await voter.send("/vote")
    assert end not in voter.text
    assert [data for data in voter.data if data.startswith("vread:")] == ["vread:1:1:0"]
    await voter.tap("vread:")
    assert end in voter.text
    await voter.tap("vpage:")
    assert end not in voter.text
    await voter.tap("vread:")
    await voter.tap("cast:", worded("ru", texts.choose, picked=False))
    assert await picks_of(stage, voter) == {1}
    await voter.tap("vread:")
    await voter.tap("cast:", worded("ru", texts.choose, picked=True))
    assert await picks_of(stage, voter) == set()


async def test_without_a_vote_the_voter_is_told_so(stage: Stage) -> None:
    voter = await stage.resident("ky")
    await voter.send("/vote")
    assert voter.text == worded("ky", texts.no_vote)


async def test_taps_at_the_moment_of_closing_count_or_are_refused_never_both(
    processes: list[Stage], stage: Stage, facilitator: Visitor
) -> None:
    voters = [await stage.resident() for _voter in range(2 * PROCESSES)]
    pressed = {}
    for voter in voters:
        await voter.send("/vote")
    for turn, voter in enumerate(voters):
        if turn == PROCESSES:
            close = f"vclose:{voter.data[0].split(':')[1]}"
            stage.world.tap(facilitator.id, facilitator.screen.message_id, close)
        pressed[voter.id] = stage.world.tap(voter.id, voter.screen.message_id, voter.data[0])
    updates = enumerate(stage.world.take_updates())
    await asyncio.gather(*(processes[turn % PROCESSES].handle(each) for turn, each in updates))

    counted = worded("ru", texts.left_toast, Ballot(3, frozenset({1})))
    refused = await words_of_the_end(stage)
    for voter in voters:
        told = (stage.world.answer(pressed[voter.id]) or {})["text"]
        assert told == (counted if await picks_of(stage, voter) else refused)
