"""A municipality in the database, large enough to be measured: residents, problems and an open vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import BallotRow, Municipality, Pick, Problem, ResidentRow, Round, RoundProblem, Village
from bot.db.session import Database
from bot.domain.problem import ProblemStatus
from bot.domain.text_folding import fold

TEXT = "Көпүрө бузулган, балдар мектепке айланып өтүшөт: үч чакырым, кышында жол тайгак болот, №{number}"
FIRST_PERSON = 1_000_000
TOPICS = 20


@dataclass(frozen=True)
class Town:
    """`people` are Telegram numbers of residents, `problems` the ids of those on the ballot."""

    people: Sequence[int]
    round_id: int
    problems: Sequence[int]


async def settle(database: Database, residents: int, problems: int, on_ballot: int) -> Town:
    async with database.act() as db:
        municipality_id = (
            await db.execute(select(Municipality.id).where(Municipality.slug == "jazy"))
        ).scalar_one()
        villages = (
            (await db.execute(select(Village.id).where(Village.municipality_id == municipality_id)))
            .scalars()
            .all()
        )
        people = [FIRST_PERSON + number for number in range(residents)]
        await _add_residents(db, people, municipality_id, villages)
        await _add_problems(db, problems, municipality_id, villages)
        listed = (await db.execute(select(Problem.id).order_by(Problem.id).limit(on_ballot))).scalars().all()
        round_id = await _open_round(db, municipality_id, listed)
        await _hand_out_ballots(db, round_id, villages[0])
    return Town(people, round_id, listed)


async def _add_residents(
    db: AsyncConnection, people: Sequence[int], municipality_id: int, villages: Sequence[int]
) -> None:
    now = datetime.now(UTC)
    rows = [
        {
            "telegram_id": person,
            "language": ("ky", "ru")[number % 2],
            "municipality_id": municipality_id,
            "village_id": villages[number % len(villages)],
            "agreed_at": now,
            "created_at": now,
        }
        for number, person in enumerate(people)
    ]
    await db.execute(insert(ResidentRow), rows)


async def _add_problems(
    db: AsyncConnection, problems: int, municipality_id: int, villages: Sequence[int]
) -> None:
    author_id = (await db.execute(select(func.min(ResidentRow.id)))).scalar_one()
    rows = [
        {
            "municipality_id": municipality_id,
            "number": number,
            "author_id": author_id + number % 64,
            "village_id": villages[number % len(villages)],
            "topic_id": number % TOPICS + 1,
            "language": "ky",
            "text": TEXT.format(number=number),
            "folded": fold(TEXT.format(number=number)),
            "status": ProblemStatus.SUBMITTED if number % 10 == 0 else ProblemStatus.PUBLISHED,
            "created_at": datetime.now(UTC),
        }
        for number in range(1, problems + 1)
    ]
    await db.execute(insert(Problem), rows)


async def _open_round(db: AsyncConnection, municipality_id: int, problems: Sequence[int]) -> int:
    now = datetime.now(UTC)
    opened = insert(Round).values(
        municipality_id=municipality_id, picks=3, opened_at=now, closes_at=now + timedelta(days=7)
    )
    round_id = (await db.execute(opened.returning(Round.id))).scalar_one()
    await db.execute(insert(RoundProblem), [{"round_id": round_id, "problem_id": each} for each in problems])
    return round_id


async def _hand_out_ballots(db: AsyncConnection, round_id: int, village_id: int) -> None:
    """Every resident has opened the vote: a ballot is made when it is looked at, before the first tap."""
    now = datetime.now(UTC)
    residents = (await db.execute(select(ResidentRow.id))).scalars().all()
    rows = [
        {
            "round_id": round_id,
            "resident_id": resident,
            "village_id": village_id,
            "seed": resident,
            "created_at": now,
            "changed_at": now,
        }
        for resident in residents
    ]
    await db.execute(insert(BallotRow), rows)


async def count_picks(database: Database) -> int:
    async with database.read() as db:
        return (await db.execute(select(func.count()).select_from(Pick))).scalar_one()
