"""The people of the rehearsal: two with a role, and residents whose reports and votes lie there already."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.models import GrantRow, ResidentRow
from bot.db.queries import upsert_into
from bot.domain.roles import Role

# Telegram numbers of nobody: these residents count as having blocked the bot, so that none is written to.
FIRST_DEMO_ID = 9_000_000_001
# The last village has too few voters to be shown by itself in a ranking.
VOTERS = {"Кара-Дыйкан": 27, "Кызыл-Дыйкан": 18, "Жээренчи": 14, "Жазы": 3}
FACILITATOR_VILLAGE = "Кара-Дыйкан"
OFFICER_VILLAGE = "Кызыл-Дыйкан"
SETTLED_DAYS_AGO = 120


@dataclass(frozen=True, slots=True)
class Cast:
    """The Telegram numbers of the people of the sandbox who hold a role from the start."""

    facilitator_id: int
    officer_id: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The municipality that is filled; `midnight` is today's, from which all dates are counted back."""

    connection: AsyncConnection
    municipality_id: int
    villages: Mapping[str, int]
    topics: frozenset[int]
    midnight: datetime
    chance: random.Random

    def ago(self, days: int, hour: int = 6) -> datetime:
        return self.midnight - timedelta(days=days) + timedelta(hours=hour)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    village_id: int
    language: str


async def save_people(stage: Stage, cast: Cast) -> list[Person]:
    """The facilitator, the officer, then the demo residents, two of three of whom speak Kyrgyz."""
    rows = [
        _resident(stage, cast.facilitator_id, "ru", FACILITATOR_VILLAGE),
        _resident(stage, cast.officer_id, "ky", OFFICER_VILLAGE),
    ]
    for village, voters in VOTERS.items():
        for place in range(voters):
            telegram_id = FIRST_DEMO_ID + len(rows) - 2
            language = "ru" if place % 3 == 2 else "ky"
            rows.append(_resident(stage, telegram_id, language, village, blocked_at=stage.midnight))
    statement = upsert_into(stage.connection, ResidentRow).values(rows)
    settled = ("language", "municipality_id", "village_id", "agreed_at", "blocked_at")
    await stage.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["telegram_id"], set_={name: statement.excluded[name] for name in settled}
        )
    )
    return await _people(stage.connection, [row["telegram_id"] for row in rows])


def _resident(
    stage: Stage, telegram_id: int, language: str, village: str, blocked_at: datetime | None = None
) -> dict[str, Any]:
    return {
        "telegram_id": telegram_id,
        "language": language,
        "municipality_id": stage.municipality_id,
        "village_id": stage.villages[village],
        "agreed_at": stage.ago(SETTLED_DAYS_AGO),
        "blocked_at": blocked_at,
        "created_at": stage.ago(SETTLED_DAYS_AGO),
    }


async def _people(connection: AsyncConnection, telegram_ids: Sequence[int]) -> list[Person]:
    """Those people, in the order of the numbers given."""
    rows = await connection.execute(
        select(ResidentRow.telegram_id, ResidentRow.id, ResidentRow.village_id, ResidentRow.language).where(
            ResidentRow.telegram_id.in_(telegram_ids)
        )
    )
    people = {row.telegram_id: Person(row.id, row.village_id, row.language) for row in rows}
    return [people[telegram_id] for telegram_id in telegram_ids]


async def save_grants(stage: Stage, holders: Mapping[Role, Person]) -> None:
    rows = [
        {
            "resident_id": holder.id,
            "municipality_id": stage.municipality_id,
            "role": role,
            "granted_at": stage.ago(SETTLED_DAYS_AGO),
        }
        for role, holder in holders.items()
    ]
    await stage.connection.execute(
        upsert_into(stage.connection, GrantRow).values(rows).on_conflict_do_nothing()
    )
