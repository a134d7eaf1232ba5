"""Some time after its result the people are cut from the ballots of a vote, and nothing else changes."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, select, text, update

from bot.db.models import (
    BallotCode,
    BallotRow,
    Delivery,
    DisputeRow,
    Exposure,
    JournalEntry,
    Pick,
    Problem,
    Round,
)
from bot.domain.clock import utc_now
from bot.domain.exported import Files
from bot.domain.problem import ProblemStatus
from bot.features.problems.outcome_queries import find_standing, save_outcome
from bot.features.residents.erasure.queries import find_traces
from bot.features.votes import count_queries
from bot.features.votes.ballot_erasure import cutting_queries, jobs
from bot.features.votes.ballot_erasure.jobs import cut_old_ballots
from bot.features.votes.ranking_files.callbacks import Form
from bot.features.votes.ranking_files.exporting import make_files
from bot.features.votes.ranking_files.queries import find_material
from bot.features.votes.ranking_queries import compute_ranking
from bot.features.votes.voter_villages import texts as voter_texts
from tests.features.people import beside, close_vote, open_vote
from tests.features.records import change, journal, publish_many, resident_of, rows, village_ids
from tests.features.residents.erasure.test_forgetting import leave
from tests.features.votes.rounds.barriers import another_process
from tests.features.votes.rounds.stages import (
    SHORT,
    close,
    open_second,
    publish_result,
    screening_on,
    vote_for,
)
from tests.features.wording import worded
from tests.stage import Stage, Visitor

KEPT = 90
LONG_AGO = timedelta(days=KEPT + 1)
DAY = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that a few ballots are several of them."""
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(cutting_queries, "CHUNK", 3)


async def cut(stage: Stage) -> int:
    return await cut_old_ballots(stage.database, stage.app.hashes, KEPT, utc_now())


async def let_pass(stage: Stage, time: timedelta = LONG_AGO) -> None:
    """As if everything had been closed and counted so long ago."""
    async with stage.database.act() as db:
        for column in (Round.opened_at, Round.closes_at, Round.closed_at, Round.counted_at):
            found = (await db.execute(select(Round.id, column.label("at")))).all()
            for row in found:
                if row.at is not None:
                    earlier = {column.key: row.at - time}
                    await db.execute(update(Round).where(Round.id == row.id).values(**earlier))


async def counted_vote(stage: Stage, voters: int = 12) -> tuple[Visitor, list[Visitor], int]:
    """The facilitator, the voters and the id of a vote whose result is public, and was long ago."""
    await publish_many(stage, 4)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    people = [await stage.resident("ky" if each % 2 else "ru") for each in range(voters)]
    for place, person in enumerate(people):
        await person.press(f"mesex:0:{'woman' if place % 2 else 'man'}")
        await person.press(f"meage:0:{'under35' if place % 3 else 'from35'}")
        await vote_for(person, place % 4, (place + 1 + place % 2) % 4)
    # One has only looked at the ballot.
    await (await stage.resident()).send("/vote")
    await close_vote(facilitator)
    await publish_result(facilitator)
    await let_pass(stage)
    [round_] = await rows(stage, select(Round.id))
    return facilitator, people, round_.id


async def files_of(stage: Stage, round_id: int) -> Files:
    """Everything that is handed over, but for the spreadsheet, whose ballots come in an order of chance."""
    async with stage.database.read() as db:
        material = await find_material(db, round_id, "ru")
    assert material is not None
    found: Files = {}
    for form in (Form.CSV, Form.JSON):
        found |= make_files(material, form, "ru", DAY)
    return found


async def ballots_by_content(stage: Stage, round_id: int) -> Counter[Any]:
    """How many ballots chose what, saw which problem, and are of which village, sex and age."""
    found = await rows(stage, select(BallotRow.__table__).where(BallotRow.round_id == round_id))
    picked = await problems_by_ballot(stage, Pick)
    seen = await problems_by_ballot(stage, Exposure)
    cast = [row for row in found if row.id in picked]
    chosen: Counter[Any] = Counter(picked[row.id] for row in cast)
    sights = Counter(f"saw {problem}" for row in cast for problem in seen.get(row.id, ()))
    return chosen + sights + Counter((row.village_id, row.sex, row.age_group) for row in cast)


async def problems_by_ballot(
    stage: Stage, table: type[Pick] | type[Exposure]
) -> Mapping[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for row in await rows(stage, select(table.ballot_id, table.problem_id)):
        found[row.ballot_id] = found.get(row.ballot_id, frozenset()) | {row.problem_id}
    return found


async def my_code(voter: Visitor, round_id: int) -> str:
    await voter.press(f"reshow:{round_id}")
    return voter.text


async def list_of_codes(stage: Stage, person: Visitor, round_id: int) -> bytes:
    await person.press(f"rescodes:{round_id}")
    document = next(message for message in reversed(person.messages) if message.kind == "document")
    return stage.world.files[document.media["file_id"]].content


async def test_nothing_on_a_ballot_tells_whose_it_is(stage: Stage) -> None:
    _facilitator, people, round_id = await counted_vote(stage)
    before = await rows(stage, select(BallotRow.__table__).order_by(BallotRow.id))
    assert await cut(stage) == 1

    [round_] = await rows(stage, select(Round.closed_at, Round.cut_at))
    assert round_.cut_at is not None
    after = await rows(stage, select(BallotRow.__table__).order_by(BallotRow.id))
    assert len(after) == len(people)
    for row in after:
        assert (row.resident_id, row.code, row.seed) == (None, None, 0)
        assert {row.created_at, row.changed_at, row.finished_at} == {round_.closed_at}
    assert not {row.id for row in before} & {row.id for row in after}
    # A hash is not one that anybody could compute without the key, and stands beside a code alone.
    codes = await rows(stage, select(BallotCode.__table__))
    assert {row.code for row in codes} == {row.code for row in before[: len(people)]}
    assert {row.voter_hash for row in codes} == {
        stage.app.hashes.of_voter(round_id, each.id) for each in people
    }


class Turned:
    """A lot that turns every order round."""

    def permutation(self, of: Any) -> Any:
        return (np.arange(of) if isinstance(of, int) else of)[::-1]


async def test_the_order_of_the_ballots_is_one_of_chance(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers are drawn for all ballots at once, not within the parts that are read together."""
    monkeypatch.setattr(cutting_queries, "by_lot", Turned)
    _facilitator, _people, round_id = await counted_vote(stage)
    before = await problems_by_ballot(stage, Pick)
    await cut(stage)
    after = await problems_by_ballot(stage, Pick)
    assert [after[each] for each in sorted(after)] == [before[each] for each in sorted(before, reverse=True)]
    # Engines keep rows as they come: those of the choices follow the new order, too.
    place = "rowid" if stage.database.url.startswith("sqlite") else "ctid"
    as_stored = await rows(stage, text(f"SELECT ballot_id FROM picks ORDER BY {place}"))
    assert [row.ballot_id for row in as_stored] == sorted(row.ballot_id for row in as_stored)
    assert round_id


async def test_village_sex_and_age_are_dealt_anew_within_a_stratum(stage: Stage) -> None:
    """A ballot of a village with one voter is then any of those with which it is counted."""
    _facilitator, _people, round_id = await counted_vote(stage)
    places = await village_ids(stage, "jazy")
    for place, each in enumerate(await rows(stage, select(BallotRow.id).order_by(BallotRow.id))):
        await change(
            stage,
            update(BallotRow)
            .where(BallotRow.id == each.id)
            .values(village_id=places[place % 3], sex=("woman", "man", None)[place % 3]),
        )
    before = await ballots_by_content(stage, round_id)
    await cut(stage)
    assert await ballots_by_content(stage, round_id) == before
    assert {row.stratum for row in await rows(stage, select(BallotRow.stratum))} == {0}


async def test_the_result_and_every_file_stay_the_same_to_the_last_digit(stage: Stage) -> None:
    facilitator, people, round_id = await counted_vote(stage)
    before = await ballots_by_content(stage, round_id)
    ranked, files = await compute_ranking(stage.database, round_id), await files_of(stage, round_id)
    await people[0].press(f"res:{round_id}")
    screen = people[0].text
    await facilitator.press(f"turnout:{round_id}")
    turnout = facilitator.text

    await cut(stage)

    again = await compute_ranking(stage.database, round_id)
    assert ranked is not None
    assert again is not None
    assert ranked.ranking == again.ranking
    assert await files_of(stage, round_id) == files
    assert await ballots_by_content(stage, round_id) == before
    other = beside(stage)
    await Visitor(other, people[0].id).press(f"res:{round_id}")
    assert people[0].text == screen
    await facilitator.press(f"turnout:{round_id}")
    assert facilitator.text == turnout


async def test_my_code_and_the_list_of_codes_work_as_before(stage: Stage) -> None:
    facilitator, people, round_id = await counted_vote(stage)
    before = [await my_code(each, round_id) for each in people]
    listed = await list_of_codes(stage, facilitator, round_id)
    codes = listed.decode().split()
    assert len(codes) == len(people)
    assert all(sum(code in said for code in codes) == 1 for said in before)
    await cut(stage)
    assert [await my_code(each, round_id) for each in people] == before
    assert await list_of_codes(stage, facilitator, round_id) == listed
    stranger = await my_code(await stage.resident(), round_id)
    assert not [code for code in codes if code in stranger]


async def test_whoever_is_forgotten_before_or_after_leaves_a_code_that_is_nobodys(stage: Stage) -> None:
    facilitator, (early, late, *_others), round_id = await counted_vote(stage)
    listed = await list_of_codes(stage, facilitator, round_id)
    await leave(early)
    await cut(stage)
    late_id = (await resident_of(stage, late)).id
    async with stage.database.read() as db:
        found = await find_traces(db, late_id, datetime.now(UTC))
    assert found.picks == 0
    content = await ballots_by_content(stage, round_id)
    await leave(late)
    assert await ballots_by_content(stage, round_id) == content
    assert await list_of_codes(stage, facilitator, round_id) == listed
    hashes = {row.voter_hash for row in await rows(stage, select(BallotCode.voter_hash))}
    for person in (early, late):
        assert stage.app.hashes.of_voter(round_id, person.id) not in hashes
    assert {len(each) for each in hashes} == {32}


async def test_it_waits_until_the_result_has_been_public_for_so_long(stage: Stage) -> None:
    await counted_vote(stage)
    await change(stage, update(Round).values(counted_at=datetime.now(UTC) - timedelta(days=KEPT - 1)))
    assert await cut(stage) == 0
    await change(stage, update(Round).values(counted_at=None))
    assert await cut(stage) == 0
    assert await rows(stage, select(BallotCode.code)) == []


async def test_it_is_done_once_however_many_processes_are_at_it(stage: Stage) -> None:
    _facilitator, people, round_id = await counted_vote(stage)
    async with another_process(stage) as second, another_process(stage) as third:
        done = await asyncio.gather(*(cut(each) for each in (stage, second, third)))
    assert sum(done) == 1
    first = await rows(stage, select(BallotRow.__table__).order_by(BallotRow.id))
    assert await cut(stage) == 0
    assert await rows(stage, select(BallotRow.__table__).order_by(BallotRow.id)) == first
    assert len(first) == len(await rows(stage, select(BallotCode.code))) == len(people)
    [entry] = await journal(stage, "vote.cut")
    assert (entry.subject_id, entry.details) == (round_id, {"by": "clock"})


async def test_one_that_ends_in_the_middle_has_changed_nothing_and_is_done_the_next_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _facilitator, people, round_id = await counted_vote(stage)
    before = await everything_of_ballots(stage)

    async def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(cutting_queries, "save_cut", killed)
        with pytest.raises(KeyboardInterrupt):
            await cut(stage)
    assert await everything_of_ballots(stage) == before
    assert await cut(stage) == 1
    assert sum((await ballots_by_content(stage, round_id)).values()) == 2 * len(people)


async def everything_of_ballots(stage: Stage) -> list[Any]:
    tables = (BallotRow, Pick, Exposure, BallotCode, Round, JournalEntry)
    return [
        await rows(stage, select(each.__table__).order_by(*each.__table__.primary_key)) for each in tables
    ]


async def test_the_first_vote_is_cut_with_the_second_and_its_files_stay_the_same(
    stage: Stage,
) -> None:
    short = Stage(stage.database, SHORT, stage.world)
    facilitator = await screening_on(short)
    people = [await short.resident() for _each in range(12)]
    for place, person in enumerate(people):
        await vote_for(person, place % 5, (place + 2) % 5)
    await close(facilitator)
    await open_second(facilitator)
    for person in people:
        await vote_for(person, 0, 1)
    await close(facilitator)
    await facilitator.tap("vpubask:")
    await facilitator.tap("vpub:")
    await let_pass(stage)
    ids = [row.id for row in await rows(stage, select(Round.id).order_by(Round.id))]
    before = [(await ballots_by_content(stage, each), await files_of(stage, each)) for each in ids]
    assert any(str(each).startswith("saw ") for each in before[0][0])
    shown = await rows(stage, select(func.count()).select_from(Exposure))

    assert await cut(stage) == 1

    assert [(await ballots_by_content(stage, each), await files_of(stage, each)) for each in ids] == before
    assert {row.place for row in await rows(stage, select(Exposure.place))} == {0}
    assert await rows(stage, select(func.count()).select_from(Exposure)) == shown
    assert {row.cut_at is None for row in await rows(stage, select(Round.cut_at))} == {False}
    assert {row.round_id for row in await rows(stage, select(BallotCode.round_id))} == set(ids)


async def test_a_first_vote_that_none_followed_is_cut_by_itself(stage: Stage) -> None:
    short = Stage(stage.database, SHORT, stage.world)
    facilitator = await screening_on(short)
    await vote_for(await short.resident(), 0, 1)
    await close(facilitator)
    assert await cut(stage) == 0
    await let_pass(stage)
    assert await cut(stage) == 1
    assert {row.resident_id for row in await rows(stage, select(BallotRow.resident_id))} == {None}


async def test_an_open_vote_beside_it_is_left_alone(stage: Stage) -> None:
    facilitator, people, round_id = await counted_vote(stage)
    await open_vote(facilitator)
    await vote_for(people[0], 0)
    newest = select(BallotRow.__table__).where(BallotRow.round_id != round_id)
    before = await rows(stage, newest)
    await cut(stage)
    assert await rows(stage, newest) == before
    await vote_for(people[1], 2)
    await vote_for(people[0], 1)
    assert len(await rows(stage, newest)) == 2
    assert len(await rows(stage, select(BallotRow.id))) == len(people) + 2


async def test_a_count_that_is_read_across_the_cut_is_not_torn(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _facilitator, _people, round_id = await counted_vote(stage)
    before = await compute_ranking(stage.database, round_id)
    whole = count_queries._matrix
    done: list[int] = []

    async def cut_first(*given: Any) -> Any:
        if not done:
            done.append(0)
            done[0] = await cut(stage)
        return await whole(*given)

    monkeypatch.setattr(count_queries, "_matrix", cut_first)
    after = await compute_ranking(stage.database, round_id)
    assert done == [1]
    assert before is not None
    assert after is not None
    assert after.ranking == before.ranking


async def test_figures_to_look_at_say_that_there_is_nothing_to_look_at_any_more(stage: Stage) -> None:
    facilitator, _people, round_id = await counted_vote(stage)
    await cut(stage)
    await facilitator.press(f"anom:{round_id}")
    assert facilitator.text == worded("ru", voter_texts.no_anomalies)


async def test_what_came_of_the_vote_is_then_told_to_everybody(stage: Stage) -> None:
    facilitator, people, _round_id = await counted_vote(stage)
    silent = await stage.resident()
    await cut(stage)
    by = (await resident_of(stage, facilitator)).id
    for row in await rows(stage, select(Problem.id)):
        async with stage.database.act() as db:
            standing = await find_standing(db, row.id, lock=True)
            assert standing is not None
            await save_outcome(
                db, standing, ProblemStatus.LEFT_OUT, utc_now(), by=by, words="Акча жетпейт", most_a_day=3
            )
    told = {
        row.resident_id
        for row in await rows(
            stage, select(Delivery.resident_id).where(Delivery.notice.like("round:%:answered"))
        )
    }
    assert {(await resident_of(stage, each)).id for each in (silent, *people)} <= told


async def test_a_disputed_result_is_kept_until_it_is_settled_and_then_as_long_again(stage: Stage) -> None:
    facilitator, people, round_id = await counted_vote(stage)
    await facilitator.press(f"dsptyes:{round_id}:complaint")
    assert await cut(stage) == 0
    await facilitator.press(f"dsptend:{round_id}")
    assert await cut(stage) == 0
    await change(stage, update(DisputeRow).values(ended_at=datetime.now(UTC) - LONG_AGO))
    assert await cut(stage) == 1
    assert len(await rows(stage, select(BallotCode.code))) == len(people)


async def test_one_cut_after_another_on_the_same_connection_is_well(stage: Stage) -> None:
    """On the same connection, too."""
    _facilitator, people, _round_id = await counted_vote(stage)
    for _each in range(2):
        await change(stage, update(Round).values(cut_at=None))
        await change(stage, text("DELETE FROM ballot_codes"))
        assert await cut(stage) == 1
    assert len(await rows(stage, select(BallotRow.id))) == len(people)
