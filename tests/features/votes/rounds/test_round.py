"""Opening and closing a vote, and what nobody may see before it is closed."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.db.models import BallotRow, Round
from bot.db.queries import find_resident
from bot.domain.clock import BISHKEK, utc_now
from bot.domain.refusals import DateOutOfRange, VoteStillOpen
from bot.features.votes.ballot import queries, texts
from bot.features.votes.ranking_files import texts as ranking_texts
from bot.features.votes.rounds import texts as round_texts
from bot.features.votes.rounds.jobs import close_due_rounds
from tests.features.people import beside, close_vote, open_vote
from tests.features.records import (
    change,
    deliveries,
    everything,
    journal,
    picks_of,
    publish,
    publish_many,
    resident_of,
    rows,
)
from tests.features.votes.rounds.stages import publish_result, words_of_the_end
from tests.features.wording import worded
from tests.stage import Stage, Visitor

FIRST, SECOND = "Первая беда: воды нет", "Вторая беда: света нет"


def documents(person: Visitor) -> int:
    return sum(message.kind == "document" for message in person.messages)


async def test_a_vote_needs_two_problems_and_is_held_one_at_a_time(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await publish(stage, FIRST)
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    assert facilitator.alert == worded("ru", round_texts.nothing_to_vote_on, None)
    await publish(stage, SECOND)
    await facilitator.tap("vplan:")
    await facilitator.tap("vday:")
    plan = next(data for data in facilitator.data if data.startswith("vopen:"))
    await facilitator.tap("vopen:")

    [round_] = await rows(stage, select(Round.__table__))
    _prefix, municipality, day = plan.split(":")
    later = datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=1)
    for data in (f"vopen:{municipality}:{later:%Y%m%d}", f"vplan:{municipality}"):
        await facilitator.press(data)
        assert facilitator.alert == worded("ru", round_texts.vote_already_open, None)
    assert await rows(stage, select(Round.__table__)) == [round_]


async def test_opening_pressed_by_many_at_once_opens_one_vote(stage: Stage) -> None:
    await publish_many(stage, 2)
    openers = [await stage.facilitator() for _opener in range(4)]
    for opener in openers:
        await opener.send("/desk")
        await opener.tap("vplan:")
        await opener.tap("vday:")
    button = next(data for data in openers[0].data if data.startswith("vopen:"))
    pressed = [stage.world.tap(opener.id, opener.screen.message_id, button) for opener in openers]
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    assert [(stage.world.answer(callback) or {})["text"] for callback in pressed] == [""] * 4
    assert len(await rows(stage, select(Round.id))) == 1
    assert len(await journal(stage, "vote.opened")) == 1
    for opener in openers:
        assert worded("ru", round_texts.refresh) in opener.labels


async def test_the_closing_day_may_be_typed_and_must_lie_ahead(stage: Stage) -> None:
    facilitator = await stage.facilitator()
    await publish_many(stage, 2)
    await facilitator.send("/desk")
    await facilitator.tap("vplan:")
    await facilitator.send("билбейм")
    assert facilitator.text == worded("ru", round_texts.date_not_understood, None)
    today = datetime.now(BISHKEK)
    for days in (-1, 0, 93):
        await facilitator.send(f"{today + timedelta(days=days):%d.%m.%Y}")
        assert facilitator.text == worded("ru", round_texts.date_out_of_range, DateOutOfRange(92))
    await facilitator.send(f"{today + timedelta(days=92):%d.%m.%Y}")
    await facilitator.tap("vopen:")
    [round_] = await rows(stage, select(Round.closes_at))
    closes = round_.closes_at.astimezone(BISHKEK)
    assert (closes.date(), closes.hour) == ((today + timedelta(days=92)).date(), 20)


async def test_before_closing_the_facilitator_sees_turnout_and_no_counts(stage: Stage) -> None:
    await publish(stage, FIRST, SECOND)
    facilitator = await stage.facilitator()
    voters = [await stage.resident(village="Жээренчи") for _voter in range(2)]
    await open_vote(facilitator)
    for voter in voters:
        await voter.send("/vote")
        await voter.tap("cast:", "Первая")

    await facilitator.tap("turnout:")
    assert "Жээренчи: 2" in facilitator.text
    [round_] = await rows(stage, select(Round.id, Round.closes_at))
    before = await everything(stage)
    await facilitator.press(f"export:{round_.id}")
    assert facilitator.alert == worded("ru", ranking_texts.still_open, VoteStillOpen(round_.closes_at))
    assert documents(facilitator) == 0
    assert await everything(stage) == before
    shown = " ".join(message.text or "" for message in facilitator.messages)
    assert "беда" not in shown


async def test_after_closing_no_press_changes_a_pick(stage: Stage) -> None:
    await publish_many(stage, 3)
    facilitator, voter, late = await stage.facilitator(), await stage.resident(), await stage.resident()
    await open_vote(facilitator)
    await voter.send("/vote")
    presses = [data for data in voter.data if data.startswith(("cast:", "vpage:", "vdone:"))]
    await voter.tap("cast:")
    presses += [data for data in voter.data if data.startswith("cast:")]
    await close_vote(facilitator)
    before = await everything(stage)
    for person in (voter, late):
        for data in (*presses, f"vote:{presses[0].split(':')[1]}"):
            await person.press(data)
            assert person.alert == await words_of_the_end(stage)
    assert await everything(stage) == before
    assert len(await picks_of(stage, voter)) == 1


async def test_closing_twice_closes_once_and_cannot_be_undone(stage: Stage) -> None:
    await publish_many(stage, 2)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    await close_vote(facilitator)
    [round_] = await rows(stage, select(Round.__table__))
    assert round_.closed_by == (await resident_of(stage, facilitator)).id
    await facilitator.press(f"vclose:{round_.id}")
    await facilitator.press(f"vask:{round_.id}")
    assert worded("ru", round_texts.publish) in facilitator.labels
    assert await rows(stage, select(Round.__table__)) == [round_]
    assert len(await journal(stage, "vote.closed")) == 1


async def test_a_vote_closes_at_its_moment_once(stage: Stage) -> None:
    await publish_many(stage, 2)
    facilitator, voter = await stage.facilitator(), await stage.resident()
    await open_vote(facilitator)
    await voter.send("/vote")
    button = next(data for data in voter.data if data.startswith("cast:"))
    assert await close_due_rounds(stage.database, 7, utc_now()) == 0
    await change(stage, update(Round).values(closes_at=datetime.now(UTC)))

    # Nobody has closed it yet, but its moment has passed.
    await voter.press(button)
    assert voter.alert == await words_of_the_end(stage)
    assert await picks_of(stage, voter) == set()
    await voter.send("/vote")
    assert voter.text == worded("ru", texts.no_vote)
    both = await asyncio.gather(*(close_due_rounds(stage.database, 7, utc_now()) for _job in range(2)))
    assert sum(both) == 1
    assert await close_due_rounds(stage.database, 7, utc_now()) == 0
    [entry] = await journal(stage, "vote.closed")
    assert entry.actor_id is None

    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await publish_result(facilitator)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:", "XLSX")
    assert documents(facilitator) == 1


async def test_a_new_vote_may_follow_a_closed_one_with_the_list_of_its_day(stage: Stage) -> None:
    await publish(stage, FIRST, SECOND)
    facilitator, voter = await stage.facilitator(), await stage.resident()
    await open_vote(facilitator)
    await close_vote(facilitator)
    await publish(stage, "Третья беда: дороги нет")
    await open_vote(facilitator)
    await voter.send("/vote")
    assert "Третья беда" in voter.text
    notices = [row.notice for row in await deliveries(stage)]
    assert len(notices) == len(set(notices)) == 3


async def test_a_resident_of_another_municipality_cannot_vote_or_read(stage: Stage) -> None:
    listed = await publish(stage, FIRST, SECOND)
    facilitator, foreigner = await stage.facilitator(), await stage.resident(municipality="chaek")
    await open_vote(facilitator)
    [round_] = await rows(stage, select(Round.id))
    before = await everything(stage)
    for data in (
        f"vote:{round_.id}",
        f"vpage:{round_.id}:0",
        f"cast:{round_.id}:{listed[0]}:0:1",
        f"cast:{round_.id}:{listed[0]}:0:0",
        f"vdone:{round_.id}",
    ):
        await foreigner.press(data)
        assert foreigner.alert == worded("ru", texts.not_your_vote, None)
        assert "беда" not in foreigner.text
    assert await everything(stage) == before
    await foreigner.send("/vote")
    assert foreigner.text == worded("ru", texts.no_vote)


async def test_a_ballot_of_a_vote_that_is_over_says_when_it_ended_and_where_the_result_is(
    stage: Stage,
) -> None:
    await publish_many(stage, 3)
    facilitator, voter, late = await stage.facilitator(), await stage.resident(), await stage.resident()
    await open_vote(facilitator)
    await voter.send("/vote")
    await voter.tap("cast:")
    presses = [data for data in voter.data if data.startswith(("cast:", "vpage:", "vdone:"))]
    round_id = presses[0].split(":")[1]
    presses += [f"vote:{round_id}", f"vcode:{round_id}", f"meage:{round_id}:", f"vread:{round_id}:1:0"]
    await close_vote(facilitator)
    for is_counted in (False, True):
        if is_counted:
            await publish_result(facilitator)
        said = await words_of_the_end(stage)
        assert ("/vote" in said) is is_counted
        for person in (voter, late):
            for data in presses:
                await person.press(data)
                assert person.alert == said, data
    await late.send("/vote")
    await late.tap("res:")


async def test_no_ballot_is_changed_after_the_moment_a_vote_was_closed(stage: Stage) -> None:
    """The closing waits for the tap at work, and takes its moment only then."""
    await publish_many(stage, 3)
    facilitator, voter = await stage.facilitator(), await stage.resident()
    await open_vote(facilitator)
    await facilitator.tap("vask:")
    close = next(data for data in facilitator.data if data.startswith("vclose:"))
    async with stage.database.read() as db:
        known = await find_resident(db, voter.id)
    assert known is not None
    async with stage.database.act() as db:
        paper = await queries.lock_paper(db, known, int(close.split(":")[1]), utc_now())
        stage.world.tap(facilitator.id, facilitator.screen.message_id, close)
        closing = asyncio.create_task(stage.handle_all())
        await asyncio.sleep(0.3)
        changed = update(BallotRow).where(BallotRow.id == paper.ballot_id)
        await db.execute(changed.values(changed_at=utc_now()))
    await closing
    [found] = await rows(
        stage, select(Round.closed_at, BallotRow.changed_at).where(BallotRow.round_id == Round.id)
    )
    assert found.closed_at >= found.changed_at
