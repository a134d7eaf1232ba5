"""The first of two votes: what is shown to whom, what is stored of it, and what goes on to the second."""

import asyncio

import pytest
from sqlalchemy import select

from bot.db.models import BallotRow, Exposure, Problem, Round, RoundProblem
from bot.db.session import Database
from bot.domain.ballot import USUAL_REASON, Stage as VoteStage
from bot.domain.clock import BISHKEK
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import NothingToVoteOn, ShortlistFull
from bot.features.votes.ballot import texts
from bot.features.votes.ranking_queries import compute_ranking
from bot.features.votes.rounds import notice_texts, texts as round_texts
from bot.features.votes.shortlist import texts as shortlist_texts
from tests.features.people import beside, close_vote, open_vote, seen_from
from tests.features.records import deliveries, journal, picks_of, problems, publish_many, rows
from tests.features.votes.rounds.stages import exposures, open_second, screening_on, short_stage, vote_for
from tests.features.wording import worded
from tests.stage import Stage, Visitor


@pytest.fixture
def stage(database: Database) -> Stage:
    return short_stage(database)


def shown(voter: Visitor) -> list[int]:
    return [int(data.split(":")[2]) for data in voter.data if data.startswith("cast:")]


async def test_few_problems_are_decided_on_at_once_and_many_are_screened(stage: Stage) -> None:
    await publish_many(stage, 5)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    await close_vote(facilitator)
    await publish_many(stage, 1)
    await open_vote(facilitator)
    stages = [row.stage for row in await rows(stage, select(Round.stage).order_by(Round.id))]
    assert stages == ["deciding", "screening"]


async def test_what_a_voter_is_shown_is_stored_and_comes_back_in_the_same_order(stage: Stage) -> None:
    await screening_on(stage)
    voter = await stage.resident()
    await voter.send("/vote")
    first = shown(voter)
    await voter.tap("vpage:")
    second = shown(voter)
    assert len(set(first) | set(second)) == 10
    stored = await rows(stage, select(Exposure.problem_id, Exposure.place).order_by(Exposure.place))
    assert [row.problem_id for row in stored] == first + second
    assert [row.place for row in stored] == list(range(10))

    await voter.tap("vpage:", "➡️")
    assert len(shown(voter)) == 2
    assert not any(worded("ru", texts.more_problems) == label for label in voter.labels)
    again = seen_from(beside(stage), voter)
    await again.send("/vote")
    assert shown(again) == first
    assert len(await rows(stage, select(Exposure.problem_id))) == 12


async def test_turning_far_ahead_shows_one_page_only(stage: Stage) -> None:
    await screening_on(stage)
    voter = await stage.resident()
    await voter.send("/vote")
    [round_] = await rows(stage, select(Round.id))
    for page in (999, -3):
        await voter.press(f"vpage:{round_.id}:{page}")
    assert len(await rows(stage, select(Exposure.problem_id))) == 10


async def test_the_least_shown_come_first_so_that_all_are_shown_alike(stage: Stage) -> None:
    await screening_on(stage)
    for _each in range(12):
        await (await stage.resident()).send("/vote")
    assert set((await exposures(stage)).values()) == {5}
    counted = await rows(stage, select(RoundProblem.problem_id, RoundProblem.exposures))
    assert {row.problem_id: row.exposures for row in counted} == await exposures(stage)


async def test_many_at_once_are_shown_pages_and_none_is_lost(stage: Stage) -> None:
    await screening_on(stage)
    voters = [await stage.resident() for _each in range(8)]
    others = [stage, beside(stage)]
    for voter in voters:
        stage.world.say(voter.id, "/vote")
    updates = stage.world.take_updates()
    await asyncio.gather(*(others[place % 2].handle(each) for place, each in enumerate(updates)))
    assert sum((await exposures(stage)).values()) == 40
    counted = await rows(stage, select(RoundProblem.problem_id, RoundProblem.exposures))
    assert sum(row.exposures for row in counted) == 40


async def test_only_what_was_shown_can_be_chosen_and_only_so_many(stage: Stage) -> None:
    await screening_on(stage)
    voter = await stage.resident()
    await voter.send("/vote")
    seen = shown(voter)
    unseen = next(each.id for each in await problems(stage) if each.id not in seen)
    [round_] = await rows(stage, select(Round.id))
    await voter.press(f"cast:{round_.id}:{unseen}:0:1")
    assert await picks_of(stage, voter) == set()
    for problem_id in seen:
        await voter.press(f"cast:{round_.id}:{problem_id}:0:1")
    assert await picks_of(stage, voter) == set(seen[:2])


async def test_from_screening_to_the_short_list_to_the_second_vote(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    voters = [await stage.resident(language) for language in ("ky", "ru") * 5]
    wanted = {each.id for each in (await problems(stage))[:4]}
    for voter in voters:
        await choose_of(voter, wanted)
    await close_vote(facilitator)
    assert worded("ru", round_texts.export) in facilitator.labels
    await open_second(facilitator)

    screening, deciding = await rows(stage, select(Round.__table__).order_by(Round.id))
    assert (deciding.stage, deciding.screening_id) == ("deciding", screening.id)
    assert deciding.left_out_reason == USUAL_REASON
    listed = await rows(stage, select(RoundProblem.problem_id).where(RoundProblem.round_id == deciding.id))
    chosen = {row.problem_id for row in listed}
    assert len(chosen) == 5
    assert wanted <= chosen
    statuses = {each.id: each.status for each in await problems(stage)}
    assert {key for key, status in statuses.items() if status == ProblemStatus.SHORTLISTED} == chosen
    assert len(await journal(stage, "problem.shortlisted")) == 5
    notices = [row.notice for row in await deliveries(stage)]
    for notice in (f"round:{screening.id}:closed", f"round:{deciding.id}:opened"):
        assert notices.count(notice) == 10
    await stage.deliver()
    for voter, language in zip(voters[:2], ("ky", "ru"), strict=True):
        assert worded(language, notice_texts.why_words, USUAL_REASON) in voter.text
        await voter.tap("vote:")
        assert set(shown(voter)) == chosen


async def choose_of(voter: Visitor, wanted: set[int]) -> None:
    """Of two pages the first two problems that are among these."""
    await voter.send("/vote")
    await voter.tap("vpage:")
    await voter.send("/vote")
    for _page in range(2):
        for data in list(voter.data):
            if data.startswith("cast:") and int(data.split(":")[2]) in wanted:
                await voter.press(data)
        await voter.tap("vpage:", "➡️")


async def test_of_a_screening_of_nine_nobody_learns_what_they_chose(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    wanted = {each.id for each in (await problems(stage))[8:10]}
    for _person in range(9):
        await choose_of(await stage.resident(), wanted)
    await close_vote(facilitator)
    assert worded("ru", round_texts.few_at_last, VoteStage.SCREENING) in facilitator.text
    await facilitator.tap("slist:")
    assert "Видели" not in facilitator.text
    [round_] = await rows(stage, select(Round.id))
    reckoned = await compute_ranking(stage.database, round_.id)
    assert reckoned is not None
    assert {(row.bot, row.shown, row.share) for row in reckoned.ranking.rows} == {(0, 0, 0)}


async def test_the_short_list_is_changed_by_hand_and_holds_no_more_than_it_may(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    on = [data for data in facilitator.data if data.startswith("sput:") and data.endswith(":0")]
    off = [data for data in facilitator.data if data.startswith("sput:") and data.endswith(":1")]
    await facilitator.press(off[0])
    assert facilitator.alert == worded("ru", shortlist_texts.shortlist_full, ShortlistFull(5))
    await facilitator.press(on[0])
    await facilitator.press(off[0])
    await facilitator.press(off[0])
    chosen = await rows(stage, select(RoundProblem.problem_id).where(RoundProblem.is_shortlisted.is_(True)))
    assert len(chosen) == 5
    assert int(off[0].split(":")[2]) in {row.problem_id for row in chosen}
    assert int(on[0].split(":")[2]) not in {row.problem_id for row in chosen}


async def test_the_reason_may_be_told_in_own_words(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    await facilitator.tap("swhy:")
    await facilitator.send("Калгандары <b>айыл өкмөтүнүн</b> колунан келбейт")
    await facilitator.tap("sday:")
    assert "<b>айыл өкмөтүнүн</b>" in facilitator.text
    await facilitator.tap("sopen:")
    deciding = (await rows(stage, select(Round.__table__).order_by(Round.id.desc())))[0]
    assert deciding.left_out_reason == "Калгандары <b>айыл өкмөтүнүн</b> колунан келбейт"


async def test_the_day_of_the_second_vote_is_chosen_anew_before_it_opens(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    await facilitator.tap("swhy:")
    await facilitator.tap("susual:")
    days = [data for data in facilitator.data if data.startswith("sday:")]
    await facilitator.press(days[0])
    first = facilitator.text
    await facilitator.tap("splan:")
    assert facilitator.text == worded("ru", shortlist_texts.which_day)
    await facilitator.tap(days[-1])
    assert facilitator.text != first
    await facilitator.tap("sopen:")
    deciding = (await rows(stage, select(Round.__table__).order_by(Round.id.desc())))[0]
    assert f"{deciding.closes_at.astimezone(BISHKEK):%Y%m%d}" == days[-1].split(":")[2]


async def test_a_list_too_short_to_vote_on_is_not_opened(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    for _each in range(5):
        await facilitator.tap("sput:", "⭐")
    await facilitator.tap("swhy:")
    await facilitator.tap("susual:")
    await facilitator.tap("sday:")
    assert facilitator.alert == worded("ru", round_texts.nothing_to_vote_on, NothingToVoteOn())
    assert len(await rows(stage, select(Round.id))) == 1


async def test_the_second_vote_pressed_by_two_at_once_opens_once(stage: Stage) -> None:
    facilitator = await screening_on(stage)
    other = await stage.facilitator()
    await close_vote(facilitator)
    await facilitator.tap("slist:")
    await facilitator.tap("swhy:")
    await facilitator.tap("susual:")
    await facilitator.tap("sday:")
    press = next(data for data in facilitator.data if data.startswith("sopen:"))
    for person in (facilitator, other, facilitator):
        stage.world.tap(person.id, person.screen.message_id, press)
    await asyncio.gather(*(beside(stage).handle(each) for each in stage.world.take_updates()))
    assert len(await rows(stage, select(Round.id).where(Round.stage == "deciding"))) == 1
    assert len(await journal(stage, "problem.shortlisted")) == 5
    await facilitator.press(f"sput:{press.split(':')[1]}:1:0:1")
    assert facilitator.alert == worded("ru", shortlist_texts.shortlist_published, None)


async def test_who_moves_away_leaves_the_screening_with_all_they_were_shown(stage: Stage) -> None:
    await screening_on(stage)
    voter = await stage.resident()
    await vote_for(voter, 0)
    await voter.start("m_chaek")
    await voter.tap("move:")
    assert await rows(stage, select(BallotRow.id)) == []
    assert await rows(stage, select(Exposure.ballot_id)) == []
    assert await rows(stage, select(Problem.id).where(Problem.status == "shortlisted")) == []
