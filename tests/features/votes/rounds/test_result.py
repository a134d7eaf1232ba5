"""A vote ends: it is closed, counted with its paper, and everybody hears and sees what came of it."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.db.models import BallotRow, Delivery, Problem, Round
from bot.domain.ballot import Stage as VoteStage
from bot.domain.clock import utc_now
from bot.features.votes import ranking_texts as cards
from bot.features.votes.ranking_queries import published_ranking
from bot.features.votes.results import texts as results
from bot.features.votes.rounds import notice_texts, texts as round_texts
from bot.features.votes.rounds.jobs import close_due_rounds, publish_overdue_results, remind_unfinished
from bot.i18n import speaking
from tests.features.people import beside, close_vote, open_vote, seen_from
from tests.features.records import change, deliveries, journal, picks_of, publish_many, resident_of, rows
from tests.features.votes.paper_votes.sheets import put_sheet
from tests.features.votes.rounds.stages import let_time_pass, publish_result, vote_for
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def voted(stage: Stage, voters: int = 10, problems: int = 4) -> tuple[Visitor, list[Visitor]]:
    """The facilitator and the voters of a vote that is on; all have chosen two problems and are done."""
    await publish_many(stage, problems)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    people = [await stage.resident("ky" if place % 2 else "ru") for place in range(voters)]
    for person in people:
        await vote_for(person, 0, 1)
    return facilitator, people


async def notices(stage: Stage, kind: str) -> int:
    return len(await rows(stage, select(Delivery.id).where(Delivery.kind == kind)))


async def add_sheet(stage: Stage, votes: dict[int, int], voted: int = 10) -> None:
    [round_] = await rows(stage, select(Round.id))
    await put_sheet(stage, round_.id, votes, voted)


async def test_closing_and_the_result_are_told_once_each(stage: Stage) -> None:
    facilitator, people = await voted(stage)
    await close_vote(facilitator)
    await close_due_rounds(stage.database, 7, utc_now())
    assert await notices(stage, "vote.closed") == len(people)
    await publish_result(facilitator)
    [round_] = await rows(stage, select(Round.id))
    await facilitator.press(f"vpub:{round_.id}")
    assert await notices(stage, "vote.counted") == len(people)
    assert len(await journal(stage, "vote.counted")) == 1
    await stage.deliver()
    for person, language in zip(people, ("ru", "ky"), strict=False):
        assert worded(language, notice_texts.see_result) in person.labels


async def test_nobody_sees_the_result_before_it_is_published_not_even_by_a_forged_press(stage: Stage) -> None:
    facilitator, people = await voted(stage)
    [round_] = await rows(stage, select(Round.id))
    forged = [f"{name}:{round_.id}" for name in ("res", "respic", "reshow", "rescodes")]
    forged.append(f"reslist:{round_.id}:0")
    for close in (False, True):
        if close:
            await close_vote(facilitator)
        for person in (people[0], facilitator):
            for press in forged:
                await person.press(press)
                assert person.alert == worded("ru", results.not_counted_yet, None), press


async def test_everybody_reads_the_places_the_method_and_that_their_own_ballot_was_counted(
    stage: Stage,
) -> None:
    facilitator, people = await voted(stage)
    voter = people[1]
    await voter.send("/vote")
    await voter.tap("vdone:")
    await voter.tap("vcode:")
    [mine] = await rows(
        stage,
        select(BallotRow.code).where(BallotRow.resident_id == (await resident_of(stage, voter)).id),
    )
    assert mine.code in voter.text
    await close_vote(facilitator)
    await publish_result(facilitator)

    await voter.send("/vote")
    await voter.tap("res:")
    assert voter.text.startswith("📊")
    assert "10" in voter.text
    await voter.tap("reshow:")
    assert mine.code in voter.text
    await voter.tap("rescodes:")
    document = next(message for message in reversed(voter.messages) if message.kind == "document")
    listed = stage.world.files[document.media["file_id"]].content.decode().split()
    codes = [row.code for row in await rows(stage, select(BallotRow.code))]
    assert listed == sorted(codes)
    assert len(set(listed)) == 10


async def test_the_code_is_never_on_a_screen_with_the_choice(stage: Stage) -> None:
    _facilitator, people = await voted(stage, voters=1)
    [mine] = await rows(stage, select(BallotRow.code))
    for message in people[0].messages:
        assert mine.code not in (message.text or "")
    await people[0].tap("vcode:")
    assert mine.code in people[0].text
    assert "✅" not in people[0].text


async def test_few_votes_are_not_shown_for_they_would_show_who_chose_what(stage: Stage) -> None:
    facilitator, people = await voted(stage, voters=9)
    await close_vote(facilitator)
    await publish_result(facilitator)
    [round_] = await rows(stage, select(Round.id))
    await people[0].press(f"res:{round_.id}")
    assert worded("ru", cards.too_few) in people[0].text
    assert not any(data.startswith("respic:") for data in people[0].data)
    assert await rows(stage, select(Delivery.id).where(Delivery.kind == "problem.word")) == []


async def test_beside_paper_few_votes_of_the_bot_are_left_out_and_it_is_said(stage: Stage) -> None:
    facilitator, people = await voted(stage, voters=9)
    await close_vote(facilitator)
    assert worded("ru", round_texts.few_at_last, VoteStage.DECIDING) in facilitator.text
    # Everybody in the bot chose the problems 1 and 2; on paper most chose the third.
    await add_sheet(stage, {1: 2, 3: 9})
    await publish_result(facilitator)
    [round_] = await rows(stage, select(Round.id))
    await people[0].press(f"res:{round_.id}")
    found = await published_ranking(stage.database, round_.id)
    assert found is not None
    assert found.withheld == 9
    with speaking("ru"):
        assert cards.left_out(found)[0] in people[0].text
    assert found.rows[0].problem_id == 3
    assert {row.problem_id: row.bot + row.paper for row in found.rows} == {1: 2, 2: 0, 3: 9, 4: 0}


async def test_a_facilitator_is_told_before_closing_that_few_votes_are_never_shown(stage: Stage) -> None:
    facilitator, _people = await voted(stage, voters=9)
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    assert "9" in facilitator.text
    assert worded("ru", round_texts.few_so_far, VoteStage.DECIDING, 9) in facilitator.text
    await vote_for(await stage.resident(), 0)
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    assert "⚠️" not in facilitator.text


async def test_paper_is_counted_with_the_phone_and_the_authors_hear_the_place(stage: Stage) -> None:
    author = await stage.resident("ky")
    facilitator, _people = await voted(stage)
    [round_] = await rows(stage, select(Round.id))
    last = (await rows(stage, select(Problem.id).order_by(Problem.id.desc()).limit(1)))[0].id
    await change(
        stage,
        update(Problem).where(Problem.id == last).values(author_id=(await resident_of(stage, author)).id),
    )
    await close_vote(facilitator)
    await add_sheet(stage, {last: 10})
    await publish_result(facilitator)
    told = [row.facts for row in await deliveries(stage) if row.kind == "problem.word"]
    assert [(facts["word"], facts["place"], facts["of"]) for facts in told] == [("ranked", [1, 1], 4)]
    await stage.deliver()
    await author.press(f"res:{round_.id}")
    assert worded("ky", results.how_counted_button) in author.labels


async def test_paper_that_comes_in_while_the_result_is_reckoned_is_reckoned_with(stage: Stage) -> None:
    facilitator, _people = await voted(stage)
    await close_vote(facilitator)
    [round_] = await rows(stage, select(Round.id))
    publisher = beside(stage)
    both = [seen_from(publisher, facilitator).press(f"vpub:{round_.id}"), add_sheet(stage, {1: 5})]
    await asyncio.gather(*both)
    assert len(await journal(stage, "vote.counted")) == 1


async def test_a_result_that_nobody_publishes_comes_out_by_itself(stage: Stage) -> None:
    facilitator, people = await voted(stage)
    await close_vote(facilitator)
    assert await publish_overdue_results(stage.database, 7, 3, utc_now()) == 0
    await change(stage, update(Round).values(closed_at=datetime.now(UTC) - timedelta(days=8)))
    done = await asyncio.gather(
        *(publish_overdue_results(stage.database, 7, 3, utc_now()) for _each in range(3))
    )
    assert sum(done) == 1
    assert await notices(stage, "vote.counted") == len(people) + 1
    [entry] = await journal(stage, "vote.counted")
    assert (entry.actor_id, entry.details) == (None, {"by": "clock"})


async def test_those_who_have_not_finished_are_reminded_once(stage: Stage) -> None:
    _facilitator, people = await voted(stage, voters=3)
    begun, never = await stage.resident(), await stage.resident("ky")
    muted = await stage.resident()
    await muted.send("/settings")
    await muted.tap("ntcs")
    await muted.tap("ntc:reminders")
    await begun.send("/vote")
    await begun.tap("cast:")
    [round_] = await rows(stage, select(Round.id))
    assert await remind_unfinished(stage.database, utc_now()) == 0
    await let_time_pass(stage, round_.id, closes_in=timedelta(hours=20))
    done = await asyncio.gather(*(remind_unfinished(stage.database, utc_now()) for _each in range(3)))
    assert sum(done) == 1
    told = await rows(
        stage, select(Delivery.resident_id, Delivery.failure).where(Delivery.kind == "vote.unfinished")
    )
    ids = [(await resident_of(stage, person)).id for person in (begun, never)]
    assert set(ids) <= {row.resident_id for row in told if row.failure is None}
    assert (await resident_of(stage, muted)).id in {row.resident_id for row in told if row.failure == "muted"}
    done_ids = {(await resident_of(stage, person)).id for person in people}
    assert not done_ids & {row.resident_id for row in told}
    await stage.deliver()
    assert worded("ky", notice_texts.vote) in never.labels


async def test_a_short_vote_is_not_reminded_of_in_its_first_hours(stage: Stage) -> None:
    await voted(stage, voters=1)
    now = datetime.now(UTC)
    values = {"opened_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=20)}
    await change(stage, update(Round).values(**values))
    assert await remind_unfinished(stage.database, utc_now()) == 0


async def test_the_two_questions_are_asked_once_with_the_reason_and_can_be_passed_over(stage: Stage) -> None:
    await publish_many(stage, 3)
    await open_vote(await stage.facilitator())
    teller, silent = [await stage.resident(language, has_voted=False) for language in ("ky", "ru")]
    await teller.send("/vote")
    await teller.tap("mesex:", "Аял")
    await teller.tap("meage:", "35")
    assert any(data.startswith("cast:") for data in teller.data)
    await teller.tap("cast:")
    await silent.send("/vote")
    for _each in range(2):
        await silent.press(silent.data[2])
    assert any(data.startswith("cast:") for data in silent.data)
    for person in (teller, silent):
        await person.send("/vote")
        assert any(data.startswith("cast:") for data in person.data)
    told = await rows(stage, select(BallotRow.sex, BallotRow.age_group).order_by(BallotRow.id))
    assert [(row.sex, row.age_group) for row in told] == [("woman", "under35"), (None, None)]

    await teller.send("/settings")
    await teller.tap("me:0")
    await teller.tap("mesex:", "Эркек")
    await teller.tap("meage:")
    told = await rows(stage, select(BallotRow.sex, BallotRow.age_group).order_by(BallotRow.id))
    assert told[0].sex == "man"
    assert await picks_of(stage, teller) != set()


async def test_forged_words_about_oneself_are_refused(stage: Stage) -> None:
    person = await stage.resident(has_voted=False)
    for press in ("mesex:0:x", "meage:0:x"):
        await person.press(press)
        assert person.alert
    assert (await resident_of(stage, person)).asked_of_self_at is None
