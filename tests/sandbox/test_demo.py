"""The data of a rehearsal: enough to see, all of it consistent, and nobody written to."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, delete, func, insert, select

from bot.db.imports import load_pilot_data
from bot.db.migrate import migrate
from bot.db.models import (
    BallotRow,
    Base,
    GrantRow,
    Municipality,
    Pick,
    Problem,
    ResidentRow,
    Round,
    RoundProblem,
    Topic,
    Village,
)
from bot.db.session import Database
from bot.domain.secrecy import FEWEST
from bot.domain.text import checked_text
from bot.domain.text_folding import fold
from bot.sandbox.demo import Cast, lay_out, wipe

CAST = Cast(facilitator_id=3, officer_id=4)
PLACES = {"municipalities", "villages", "topics"}


@pytest.fixture
async def rehearsal(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bap.sqlite3'}"
    await migrate(url)
    database = Database(url)
    await load_pilot_data(database)
    await lay_out(database, CAST)
    yield database
    await database.close()


async def rows_of(database: Database, *columns: Any) -> list[Row[Any]]:
    async with database.read() as connection:
        return list(await connection.execute(select(*columns)))


async def counts(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in Base.metadata.sorted_tables
        }


async def everything_told(database: Database) -> list[tuple[Any, ...]]:
    """Who reported what, and who picked what, whatever numbers the rows happened to get."""
    async with database.read() as connection:
        told = select(Problem.number, Problem.text, ResidentRow.telegram_id).join(
            ResidentRow, ResidentRow.id == Problem.author_id
        )
        picked = (
            select(ResidentRow.telegram_id, Problem.number, BallotRow.seed)
            .join(BallotRow, BallotRow.resident_id == ResidentRow.id)
            .join(Pick, Pick.ballot_id == BallotRow.id)
            .join(Problem, Problem.id == Pick.problem_id)
        )
        return [
            *sorted(tuple(row) for row in await connection.execute(told)),
            *sorted(tuple(row) for row in await connection.execute(picked)),
        ]


async def test_there_are_published_and_submitted_problems_in_both_languages(rehearsal: Database) -> None:
    problems = await rows_of(
        rehearsal, Problem.status, Problem.language, Problem.village_id, Problem.topic_id
    )
    assert Counter(row.status for row in problems) == {"published": 14, "submitted": 4}
    for status in ("published", "submitted"):
        assert {row.language for row in problems if row.status == status} == {"ky", "ru"}
    assert len({row.village_id for row in problems}) == 4
    assert len({row.topic_id for row in problems}) >= 10


async def test_every_problem_could_have_come_through_the_bot(rehearsal: Database) -> None:
    async with rehearsal.read() as connection:
        authored = list(
            await connection.execute(
                select(
                    Problem.__table__,
                    ResidentRow.language.label("spoken"),
                    ResidentRow.village_id.label("home"),
                    ResidentRow.agreed_at,
                ).join(ResidentRow, ResidentRow.id == Problem.author_id)
            )
        )
    assert len(authored) == 18
    for row in authored:
        assert checked_text(row.text) == row.text
        assert row.folded == fold(row.text)
        assert (row.language, row.village_id) == (row.spoken, row.home)
        assert row.agreed_at < row.created_at
        is_decided = row.decided_at is not None and row.decided_by is not None
        assert is_decided == (row.status == "published")
        assert not is_decided or row.decided_at > row.created_at


async def test_problems_are_numbered_on_from_the_last_one(rehearsal: Database) -> None:
    numbers = [row.number for row in await rows_of(rehearsal, Problem.number)]
    assert sorted(numbers) == list(range(1, 19))
    (jazy,) = [
        row
        for row in await rows_of(rehearsal, Municipality.slug, Municipality.last_problem_number)
        if row.slug == "jazy"
    ]
    assert jazy.last_problem_number == 18


async def test_only_those_with_a_role_are_settled_so_that_residents_can_begin_anew(
    rehearsal: Database,
) -> None:
    people = await rows_of(
        rehearsal,
        ResidentRow.telegram_id,
        ResidentRow.language,
        ResidentRow.agreed_at,
        ResidentRow.blocked_at,
    )
    real = {row.telegram_id: row for row in people if row.telegram_id <= 9_000_000_000}
    assert {number: row.language for number, row in real.items()} == {3: "ru", 4: "ky"}
    assert all(row.agreed_at is not None and row.blocked_at is None for row in real.values())


async def test_the_two_hold_their_roles_and_nobody_else_holds_any(rehearsal: Database) -> None:
    async with rehearsal.read() as connection:
        held = await connection.execute(
            select(ResidentRow.telegram_id, GrantRow.role, Municipality.slug)
            .join(GrantRow, GrantRow.resident_id == ResidentRow.id)
            .join(Municipality, Municipality.id == GrantRow.municipality_id)
            .where(GrantRow.withdrawn_at.is_(None))
        )
    assert sorted(tuple(row) for row in held) == [(3, "facilitator", "jazy"), (4, "officer", "jazy")]


async def test_nobody_who_is_made_up_is_ever_written_to(rehearsal: Database) -> None:
    people = await rows_of(rehearsal, ResidentRow.telegram_id, ResidentRow.blocked_at)
    made_up = [row for row in people if row.telegram_id > 9_000_000_000]
    assert len(made_up) == 62
    assert all(row.blocked_at is not None for row in made_up)
    assert (await counts(rehearsal))["deliveries"] == 0


async def test_a_vote_is_over_and_its_ballots_keep_the_rules(rehearsal: Database) -> None:
    (round_,) = await rows_of(
        rehearsal, Round.id, Round.picks, Round.opened_at, Round.closes_at, Round.closed_at
    )
    listed = {row.problem_id for row in await rows_of(rehearsal, RoundProblem.problem_id)}
    ballots = await rows_of(rehearsal, BallotRow.id, BallotRow.created_at, BallotRow.changed_at)
    picks = await rows_of(rehearsal, Pick.ballot_id, Pick.problem_id)
    used = Counter(row.ballot_id for row in picks)
    assert round_.closed_at is not None
    assert len(listed) == 10
    assert {row.problem_id for row in picks} == listed
    assert set(used) == {row.id for row in ballots}
    assert set(used.values()) == {1, 2, round_.picks}
    for row in ballots:
        assert round_.opened_at <= row.created_at <= row.changed_at <= round_.closes_at


async def test_the_list_of_the_vote_was_published_before_it_opened(rehearsal: Database) -> None:
    (round_,) = await rows_of(rehearsal, Round.opened_at)
    listed = {row.problem_id for row in await rows_of(rehearsal, RoundProblem.problem_id)}
    decided = {row.id: row.decided_at for row in await rows_of(rehearsal, Problem.id, Problem.decided_at)}
    assert listed == {id_ for id_, at in decided.items() if at is not None and at < round_.opened_at}


async def test_one_village_is_too_small_to_be_shown_alone(rehearsal: Database) -> None:
    voters = Counter(row.village_id for row in await rows_of(rehearsal, BallotRow.village_id))
    smallest, second, *_others = sorted(voters.values())
    assert len(voters) == 4
    assert smallest == 3 < FEWEST <= second


async def test_laying_it_out_twice_changes_nothing(rehearsal: Database) -> None:
    before = await counts(rehearsal)
    await lay_out(rehearsal, CAST)
    assert await counts(rehearsal) == before


async def test_it_is_laid_out_for_people_who_have_already_said_hello(rehearsal: Database) -> None:
    await wipe(rehearsal)
    async with rehearsal.act() as connection:
        await connection.execute(
            insert(ResidentRow).values(
                telegram_id=CAST.facilitator_id, language="ky", created_at=datetime.now(UTC)
            )
        )
    await lay_out(rehearsal, CAST)
    people = await rows_of(rehearsal, ResidentRow.telegram_id, ResidentRow.agreed_at)
    assert [row.agreed_at is not None for row in people if row.telegram_id == CAST.facilitator_id] == [True]


async def test_wiping_forgets_all_but_the_places_and_the_topics(rehearsal: Database) -> None:
    before = await counts(rehearsal)
    await wipe(rehearsal)
    after = await counts(rehearsal)
    assert {name: after[name] for name in PLACES} == {name: before[name] for name in PLACES}
    assert not any(after[name] for name in after.keys() - PLACES)
    assert {
        row.last_problem_number for row in await rows_of(rehearsal, Municipality.last_problem_number)
    } == {0}


async def test_after_wiping_the_very_same_is_laid_out_again(rehearsal: Database) -> None:
    first = await everything_told(rehearsal)
    await wipe(rehearsal)
    await lay_out(rehearsal, CAST)
    assert await everything_told(rehearsal) == first


async def test_without_its_municipality_nothing_is_laid_out(rehearsal: Database) -> None:
    await wipe(rehearsal)
    async with rehearsal.act() as connection:
        for table in (Village, Municipality, Topic):
            await connection.execute(delete(table))
    await lay_out(rehearsal, CAST)
    assert not any((await counts(rehearsal)).values())
