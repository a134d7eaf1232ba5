"""Whoever only spams is muted for a time: told so, still a reader and a voter, and named to nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.db.models import PlanComment, PlanMeasure, ResidentRow, SilenceRow
from bot.db.silence_queries import find_silence
from bot.domain.refusals import MayNotWrite
from bot.domain.silence import SilenceReason
from bot.features.problems.desk import muting_texts as texts
from bot.features.residents.erasure.jobs import forget_memories
from tests.features.people import NEED, answers, report
from tests.features.plan.drafting.plans import drafted
from tests.features.records import (
    change,
    deliveries,
    everything,
    journal,
    picks_of,
    problems,
    publish,
    resident_of,
    rows,
)
from tests.features.town import open_vote
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def muted(stage: Stage, days: int = 7) -> tuple[Visitor, Visitor]:
    """An author who may write nothing, and the facilitator who said so."""
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, NEED)
    await facilitator.press("dprob:1")
    await facilitator.tap("dmore:1")
    await facilitator.tap("mutask:1")
    await facilitator.tap("mutwhy:1:spam")
    await facilitator.tap(f"mutgo:1:spam:{days}")
    return author, facilitator


async def pressed(person: Visitor, data: str) -> str | None:
    """What the press was answered with, besides a screen."""
    await person.press(data)
    return person.alert


async def until(stage: Stage) -> datetime:
    [found] = await rows(stage, select(SilenceRow.until))
    return datetime.fromisoformat(str(found.until))


async def refusal(stage: Stage) -> str:
    return worded("ru", texts.may_not_write, MayNotWrite(await until(stage)))


@pytest.mark.parametrize("days", [7, 30])
async def test_the_author_is_told_until_when_and_why_and_nobody_learns_who_it_is(
    stage: Stage, days: int
) -> None:
    author, facilitator = await muted(stage, days)
    assert facilitator.alert == worded("ru", texts.muted_toast)
    assert worded("ru", texts.is_muted, await until(stage)) in facilitator.text
    assert abs(await until(stage) - datetime.now(UTC) - timedelta(days=days)) < timedelta(hours=1)
    await facilitator.press(f"mutgo:1:spam:{days}")
    await stage.deliver()
    assert worded("ru", texts.reason_words, SilenceReason.SPAM) in author.text
    assert [each.kind for each in await deliveries(stage)] == ["resident.muted"]
    [entry] = await journal(stage, "problem.author_muted")
    assert str((await resident_of(stage, author)).id) not in str(entry.details["mute_reason"])
    assert set(entry.details) == {"mute_reason", "after"}
    told = "".join(f"{each.text}{each.markup}" for each in facilitator.messages)
    assert str(author.id) not in told


async def test_a_muted_person_reads_and_votes_and_writes_to_nobody(stage: Stage) -> None:
    author, facilitator = await muted(stage)
    await publish(stage, "Нет воды на нижней улице", "Нет света на верхней улице")
    refused = await refusal(stage)
    before = (await problems(stage), await rows(stage, select(SilenceRow.__table__)))
    await author.send("/report")
    assert refused in author.text
    await author.press("rep")
    assert author.alert == refused
    await author.press("too:2:1")
    assert author.alert == refused
    await author.send("Купите у нас товар, очень дёшево")
    await author.tap("offer:")
    assert author.alert == refused
    assert (await problems(stage), await rows(stage, select(SilenceRow.__table__))) == before

    await author.send("/problems")
    assert "Нет воды" in author.text
    await open_vote(facilitator)
    await stage.deliver()
    await author.send("/vote")
    await author.tap("cast:")
    assert len(await picks_of(stage, author)) == 1


async def test_a_report_begun_before_is_not_sent_and_a_question_not_answered(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, NEED)
    await facilitator.press("iask:1")
    await facilitator.send("На какой улице этот мост?")
    await author.send("/report")
    await author.send("Ещё одна беда: нет света")
    await author.tap("step:village") if "step:village" in author.data else None
    for answer in ("dvil:", "dtop:", "skip:who", "skip:media"):
        await author.tap(answer)
    sending = next(data for data in author.data if data.startswith("send:"))
    await facilitator.press("mutgo:1:insult:7")
    refused = await refusal(stage)
    for press in (sending, "ians:1"):
        await author.press(press)
        assert author.alert == refused
    assert len(await problems(stage)) == 1


async def test_it_is_lifted_or_ends_by_itself_and_holds_in_one_municipality(stage: Stage) -> None:
    author, facilitator = await muted(stage)
    for _again in range(2):
        await facilitator.press("mutlift:1")
    await stage.deliver()
    assert worded("ru", texts.lifted_toast) == facilitator.alert
    assert len(await journal(stage, "problem.author_unmuted")) == 1
    kinds = [each.kind for each in await deliveries(stage)]
    assert kinds == ["resident.muted", "resident.unmuted"]
    await author.press("rep")
    assert author.alert is None

    await facilitator.press("mutgo:1:personal:30")
    [mine] = await rows(stage, select(ResidentRow.id).where(ResidentRow.telegram_id == author.id))
    async with stage.database.read() as db:
        assert await find_silence(db, mine.id, 9, datetime.now(UTC)) is not None
        assert await find_silence(db, mine.id, 10, datetime.now(UTC)) is None
    await change(stage, update(SilenceRow).values(until=datetime.now(UTC) - timedelta(seconds=1)))
    await author.press("rep")
    assert author.alert is None
    await facilitator.press("dprob:1")
    assert "🔇" not in facilitator.text


async def test_another_problem_of_the_same_person_tells_nothing_and_mutes_on_its_own(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    for words in ("Купите у нас товар", "Дёшево и быстро, звоните"):
        await report(author, words)
    await facilitator.press("mutgo:1:spam:30")
    await facilitator.press("dprob:2")
    assert "🔇" not in facilitator.text
    await facilitator.press("mutgo:2:spam:7")
    await facilitator.press("mutlift:2")
    await stage.deliver()
    assert [each.kind for each in await deliveries(stage)] == ["resident.muted", "resident.muted"]
    await author.press("rep")
    assert author.alert is not None


async def test_neither_oneself_nor_staff_nor_the_unknown_is_muted_and_the_words_are_the_same(
    stage: Stage,
) -> None:
    facilitator, officer, elsewhere = (
        await stage.facilitator(),
        await stage.officer(),
        await stage.facilitator("chaek"),
    )
    for person in (facilitator, officer):
        await report(person, "Моя беда: нет воды")
    await publish(stage, "Беда, автора которой нет")
    before = await everything(stage)
    for number in (1, 2, 3):
        for press in (f"mutask:{number}", f"mutwhy:{number}:spam", f"mutgo:{number}:spam:7"):
            await facilitator.press(press)
            assert facilitator.alert == worded("ru", texts.cannot_mute, None)
    await facilitator.press("mutgo:1:spam:365")
    await elsewhere.press("mutgo:1:spam:7")
    assert await everything(stage) == before


async def test_whoever_is_forgotten_and_comes_back_is_muted_as_long_as_before(stage: Stage) -> None:
    author, _facilitator = await muted(stage)
    since = int((await resident_of(stage, author)).created_at.timestamp() * 1000)
    await author.press(f"fgtyes:{since}")
    [left] = await rows(stage, select(SilenceRow.resident_id, SilenceRow.municipality_id))
    assert (left.resident_id, left.municipality_id) == (None, 9)
    await stage.settle(author)
    assert await pressed(author, "rep") == await refusal(stage)
    other = await stage.resident()
    assert await pressed(other, "rep") is None


async def test_what_is_said_of_a_plan_is_written_to_others_too(stage: Stage) -> None:
    author, facilitator = await stage.resident(), await stage.facilitator()
    await report(author, NEED)
    officer = await stage.officer()
    version_id = await drafted(stage, officer)
    await officer.press(f"plshow:{version_id}:1")
    [item, *_others] = await rows(stage, select(PlanMeasure.id).order_by(PlanMeasure.id))
    await author.press(f"plcom:{item.id}")
    assert author.alert is None
    await facilitator.press("mutgo:1:spam:7")
    await author.send("Мунун баары бекер кеп, эч ким кылбайт")
    assert await refusal(stage) in answers(author)[0]
    assert await pressed(author, f"plcom:{item.id}") == await refusal(stage)
    assert await rows(stage, select(PlanComment.id)) == []


async def test_a_silence_that_is_over_keeps_nothing_to_know_anybody_by(stage: Stage) -> None:
    _author, facilitator = await muted(stage)
    await report(await stage.resident(), NEED)
    await facilitator.press("mutgo:2:spam:7")
    await change(stage, update(SilenceRow).values(key="a hash", resident_id=None))
    over = datetime.now(UTC) - timedelta(minutes=1)
    await change(stage, update(SilenceRow).where(SilenceRow.problem_id == 1).values(until=over))
    await forget_memories(stage.database, datetime.now(UTC))
    kept = await rows(stage, select(SilenceRow.problem_id, SilenceRow.key).order_by(SilenceRow.problem_id))
    assert kept == [(1, None), (2, "a hash")]
