"""A published result is disputed and the dispute is settled, by those who check counts."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.db.models import DisputeRow, Round
from bot.features.votes.disputes import texts
from bot.features.votes.results import texts as results
from bot.telegram import texts as common
from tests.features.people import close_vote, open_vote
from tests.features.records import change, journal, publish_many, resident_of, rows
from tests.features.votes.rounds.stages import publish_result, vote_for
from tests.features.wording import worded
from tests.stage import UNHURRIED, Stage, Visitor

DAYS = UNHURRIED.ballots_kept_days


async def counted(stage: Stage) -> tuple[Visitor, int]:
    await publish_many(stage, 3)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    for _each in range(5):
        await vote_for(await stage.resident(), 0)
    await close_vote(facilitator)
    [round_] = await rows(stage, select(Round.id))
    return facilitator, round_.id


@pytest.mark.parametrize("who", ["facilitator", "monitor"])
async def test_it_is_marked_with_a_reason_and_settled_after_a_second_question(stage: Stage, who: str) -> None:
    facilitator, round_id = await counted(stage)
    await publish_result(facilitator)
    person = facilitator if who == "facilitator" else await stage.monitor()
    await person.press(f"res:{round_id}")
    await person.tap("dspt:")
    assert person.text == worded("ru", texts.undisputed, DAYS)
    await person.tap("dsptyes:", worded("ru", texts.reason, "recount"))
    [row] = await rows(stage, select(DisputeRow.__table__))
    by = (await resident_of(stage, person)).id
    assert (row.round_id, row.reason, row.begun_by, row.ended_at) == (round_id, "recount", by, None)
    [entry] = await journal(stage, "vote.disputed")
    assert (entry.subject_id, entry.actor_id, entry.details) == (round_id, by, {"reason": "recount"})

    await person.tap("dsptask:")
    assert person.text == worded("ru", texts.sure_to_end, DAYS)
    assert len(await rows(stage, select(DisputeRow.id).where(DisputeRow.ended_at.is_(None)))) == 1
    await person.tap("dsptend:")
    assert person.text == worded("ru", texts.undisputed, DAYS)
    [row] = await rows(stage, select(DisputeRow.__table__))
    assert row.ended_by == by
    assert len(await journal(stage, "vote.undisputed")) == 1


async def test_pressed_again_nothing_changes(stage: Stage) -> None:
    facilitator, round_id = await counted(stage)
    await publish_result(facilitator)
    for reason in ("complaint", "recount", "complaint"):
        await facilitator.press(f"dsptyes:{round_id}:{reason}")
    assert [row.reason for row in await rows(stage, select(DisputeRow.reason))] == ["complaint"]
    for _each in range(2):
        await facilitator.press(f"dsptend:{round_id}")
    await facilitator.press(f"dsptask:{round_id}")
    assert facilitator.text == worded("ru", texts.undisputed, DAYS)
    assert len(await journal(stage, "vote.disputed")) == len(await journal(stage, "vote.undisputed")) == 1
    # A second dispute is another one.
    await facilitator.press(f"dsptyes:{round_id}:recount")
    assert len(await rows(stage, select(DisputeRow.id))) == 2


async def test_nobody_else_can_and_not_before_the_result_is_public(stage: Stage) -> None:
    facilitator, round_id = await counted(stage)
    presses = [
        f"dspt:{round_id}",
        f"dsptyes:{round_id}:complaint",
        f"dsptask:{round_id}",
        f"dsptend:{round_id}",
    ]
    for press in presses:
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", results.not_counted_yet, None)
    await publish_result(facilitator)
    others = [
        await stage.resident(),
        await stage.officer(),
        await stage.facilitator("chaek"),
        await stage.monitor("chaek"),
    ]
    for person in others:
        for press in presses:
            await person.press(press)
            assert person.alert == worded("ru", common.not_allowed, None), press
        await person.press(f"res:{round_id}")
        assert not [data for data in person.data if data.startswith("dspt")]
    for press in ("dspt:999", "dsptyes:999:complaint", "dsptend:999"):
        await facilitator.press(press)
        assert facilitator.alert == worded("ru", common.gone, None)
    await facilitator.press(f"dsptyes:{round_id}:nonsense")
    assert await rows(stage, select(DisputeRow.id)) == []


async def test_what_is_cut_already_cannot_be_held_any_more_and_that_is_said(stage: Stage) -> None:
    facilitator, round_id = await counted(stage)
    await publish_result(facilitator)
    now = datetime.now(UTC)
    await change(stage, update(Round).values(cut_at=now))
    await facilitator.press(f"dsptyes:{round_id}:complaint")
    assert facilitator.text == worded("ru", texts.already_cut, now)
    assert await rows(stage, select(DisputeRow.id)) == []
