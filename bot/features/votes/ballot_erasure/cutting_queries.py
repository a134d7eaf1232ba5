"""Cutting the people from the ballots of a stage: all of it within one transaction, its caller's.

What stays is what a count needs: a ballot's stratum and its picks. Village, sex and age, and in a screening
what was seen besides, are dealt by lot among the ballots of a stratum, so a village of one voter shows
nobody's. The ballots are written anew in an order of chance and under new numbers, so that neither their
order nor a moment tells who is who; the codes move to a table of their own, each on a keyed hash of its
voter's number.
"""

import asyncio
import secrets
from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotCode, BallotRow, Exposure, Pick, ResidentRow, Round
from bot.domain.count import Count
from bot.domain.lots import dealt, dealt_sight
from bot.domain.number_hashes import DIGITS, NumberHashes
from bot.domain.strata import Strata, stratified
from bot.features.votes.ballot_erasure.queries import save_cut
from bot.features.votes.count_queries import find_count, frozen_with_groups

# Ballots read or written with one statement, so that memory stays small and others have their turn.
CHUNK = 2_000
# Which ballot becomes which. It ends with the transaction, and stands in no file of the database.
_MOVES = Table(
    "ballot_moves",
    MetaData(),
    Column("new_id", BigInteger, primary_key=True, autoincrement=False),
    Column("old_id", BigInteger, nullable=False, unique=True),
    Column("like_id", BigInteger, nullable=False, unique=True),
    Column("stratum", Integer),
    prefixes=["TEMPORARY"],
)
_HAS_PICKED = exists().where(Pick.ballot_id == BallotRow.id)
_IS_OLD = BallotRow.id.not_in(select(_MOVES.c.new_id))
_Each = TypeVar("_Each")


async def cut_people_off(
    db: AsyncConnection, hashes: NumberHashes, stages: Sequence[int], now: datetime
) -> None:
    """`stages` are the ids of locked rounds that are closed for good."""
    await db.run_sync(_MOVES.create, checkfirst=False)
    for round_id in stages:
        count = await find_count(db, round_id)
        if count is None:
            continue
        strata = await asyncio.to_thread(stratified, count)
        await _save_codes(db, hashes, round_id)
        moves = await _draw(db, round_id, strata)
        frozen = await asyncio.to_thread(frozen_with_groups, count, strata)
        await _write_anew(db)
        if not count.ballots.shown.all():
            await _write_sight(db, count, strata, moves)
        await db.execute(delete(BallotRow).where(BallotRow.round_id == round_id, _IS_OLD))
        await save_cut(db, round_id, now, frozen)
        await db.execute(delete(_MOVES))
    await db.run_sync(_MOVES.drop, checkfirst=False)


async def _save_codes(db: AsyncConnection, hashes: NumberHashes, round_id: int) -> None:
    """In the order of their hashes, which tells nothing; whoever was forgotten gets a hash of chance."""
    found: list[tuple[str, str]] = []
    chosen = (
        select(BallotRow.id, BallotRow.code, ResidentRow.telegram_id)
        .outerjoin(ResidentRow, ResidentRow.id == BallotRow.resident_id)
        .where(BallotRow.round_id == round_id, BallotRow.code.is_not(None), _HAS_PICKED)
    )
    last = 0
    while rows := await _next_rows(db, chosen, last):
        last = rows[-1].id
        for row in rows:
            by_chance = secrets.token_hex(DIGITS // 2)
            voter = hashes.of_voter(round_id, row.telegram_id) if row.telegram_id else by_chance
            found.append((voter, row.code))
    for part in _parts(sorted(found)):
        codes = [{"round_id": round_id, "voter_hash": voter, "code": code} for voter, code in part]
        await db.execute(insert(BallotCode), codes)


async def _draw(db: AsyncConnection, round_id: int, strata: Strata) -> list[dict[str, int | None]]:
    """By lot, for every ballot on which something was chosen, a new number, and of which ballot of its
    stratum it is given village, sex and age; the other ballots count nowhere."""
    old = array("q")
    chosen = select(BallotRow.id).where(BallotRow.round_id == round_id, _HAS_PICKED)
    while rows := await _next_rows(db, chosen, old[-1] if old else 0):
        old.extend(row.id for row in rows)
    new = await _reserve_numbers(db, len(old))
    moves = await asyncio.to_thread(_moves, old, new, strata)
    for part in _parts(moves):
        await db.execute(insert(_MOVES), part)
    return moves


def by_lot() -> np.random.Generator:
    """Seeded by the system's own source of chance."""
    return np.random.default_rng(secrets.randbits(128))


def _moves(old: Sequence[int], new: Sequence[int], strata: Strata) -> list[dict[str, int | None]]:
    """In the order of the new numbers. `old` ascend, as the ballots of a count do."""
    chance = by_lot()
    given = dealt(strata, len(old), chance)
    stratum = None if strata.withheld else strata.stratum
    return [
        {
            "new_id": number,
            "old_id": old[place],
            "like_id": old[given[place]],
            "stratum": None if stratum is None else int(stratum[place]),
        }
        for number, place in zip(new, chance.permutation(len(old)).tolist(), strict=True)
    ]


async def _reserve_numbers(db: AsyncConnection, many: int) -> Sequence[int]:
    """Numbers of ballots, ascending, that no ballot has had."""
    if db.dialect.name == "sqlite":
        last = (await db.execute(select(func.max(BallotRow.id)))).scalar() or 0
        return range(last + 1, last + 1 + many)
    drawn = text("SELECT nextval(pg_get_serial_sequence('ballots', 'id')) FROM generate_series(1, :many)")
    return sorted((await db.execute(drawn, {"many": many})).scalars())


async def _write_anew(db: AsyncConnection) -> None:
    """Rows are written in the order of the new numbers: an engine keeps them as they come."""
    await db.execute(insert(BallotRow).from_select(list(_KEPT), _what_is_kept()))
    kept = (
        select(_MOVES.c.new_id, Pick.problem_id)
        .join(_MOVES, _MOVES.c.old_id == Pick.ballot_id)
        .order_by(_MOVES.c.new_id, Pick.problem_id)
    )
    await db.execute(insert(Pick).from_select([Pick.ballot_id, Pick.problem_id], kept))


async def _write_sight(
    db: AsyncConnection, count: Count, strata: Strata, moves: Sequence[Mapping[str, int | None]]
) -> None:
    """What was seen in a screening, dealt anew; in which order it was seen is forgotten."""
    own = count.ballots
    seen = await asyncio.to_thread(dealt_sight, strata, own.shown, own.picked, by_lot())
    row_of = {old: row for row, old in enumerate(sorted(int(each["old_id"] or 0) for each in moves))}
    problem_ids = np.array(count.problem_ids)
    for part in _parts(moves):
        values = [
            {"ballot_id": each["new_id"], "problem_id": problem_id, "place": 0}
            for each in part
            for problem_id in problem_ids[seen[row_of[int(each["old_id"] or 0)]]].tolist()
        ]
        await db.execute(insert(Exposure), values)


_KEPT = (
    *("id", "round_id", "village_id", "sex", "age_group", "stratum", "seed"),
    *("created_at", "changed_at", "finished_at"),
)


def _what_is_kept() -> Select[*tuple[Any, ...]]:
    """All that is left of a ballot: village, sex and age of another one of its stratum, and the moment of the
    closing as every moment."""
    closed = Round.closed_at
    return (
        select(
            _MOVES.c.new_id,
            BallotRow.round_id,
            BallotRow.village_id,
            BallotRow.sex,
            BallotRow.age_group,
            _MOVES.c.stratum,
            literal(0),
            closed.label("created"),
            closed.label("changed"),
            closed.label("finished"),
        )
        .join(_MOVES, _MOVES.c.like_id == BallotRow.id)
        .join(Round, Round.id == BallotRow.round_id)
        .order_by(_MOVES.c.new_id)
    )


async def _next_rows(db: AsyncConnection, chosen: Select[*tuple[Any, ...]], last: int) -> Sequence[Any]:
    """The next ballots after the one with the number `last`."""
    part = chosen.where(BallotRow.id > last).order_by(BallotRow.id).limit(CHUNK)
    rows: Sequence[Any] = (await db.execute(part)).all()
    return rows


def _parts(rows: Sequence[_Each]) -> Iterator[Sequence[_Each]]:
    for begin in range(0, len(rows), CHUNK):
        yield rows[begin : begin + CHUNK]
