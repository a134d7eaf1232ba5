"""Whether all goes well, for whoever watches over the bot at night."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from bot.db import inbox_queries, link_queries
from bot.db.outbox_queries import find_oldest_due
from bot.db.session import Database

ANSWER_SECONDS = 5.0
# Nobody should wait for so long for an answer, in seconds.
MOST_WAITING = 300.0
# The notice that comes first should not be the same for so long.
MOST_STUCK = 900.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Ages in seconds; None where there is none, or where the database could not be asked."""

    database: bool
    webhook: bool
    last_heard: float | None = None
    last_update: float | None = None
    oldest_waiting: float | None = None
    notices_stuck: float | None = None

    @property
    def is_well(self) -> bool:
        return (
            self.database
            and self.webhook
            and (self.oldest_waiting or 0) < MOST_WAITING
            and (self.notices_stuck or 0) < MOST_STUCK
        )

    def as_dict(self) -> dict[str, object]:
        return {"well": self.is_well, **asdict(self)}


class Health:
    """`has_webhook`: whether Telegram calls this bot; `is_quiet`: whether notices wait for the morning."""

    def __init__(
        self, database: Database, has_webhook: Callable[[], bool], is_quiet: Callable[[datetime], bool]
    ) -> None:
        self._database = database
        self._has_webhook = has_webhook
        self._is_quiet = is_quiet
        # The notice that came first when it was looked at, and since when it has.
        self._first_due: tuple[int, float] | None = None

    async def examine(self) -> Findings:
        """Look at everything; a database that does not answer in time is away."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._look()
        except Exception:  # noqa: BLE001  # whatever it was, it is not well
            return Findings(database=False, webhook=self._has_webhook())

    async def _look(self) -> Findings:
        now = datetime.now(UTC)

        def age(moment: datetime | None) -> float | None:
            return round((now - moment).total_seconds(), 1) if moment else None

        async with self._database.read() as db:
            due = None if self._is_quiet(now) else await find_oldest_due(db, now)
            return Findings(
                database=True,
                webhook=self._has_webhook(),
                last_heard=age(await link_queries.find_heard_at(db)),
                last_update=age(await inbox_queries.find_newest(db)),
                oldest_waiting=age(await inbox_queries.find_oldest_waiting(db)),
                notices_stuck=self._stuck(due),
            )

    def _stuck(self, due: int | None) -> float | None:
        """For how long the same notice has come first, as far as was seen."""
        if due is None:
            self._first_due = None
            return None
        if self._first_due is None or self._first_due[0] != due:
            self._first_due = (due, time.monotonic())
        return round(time.monotonic() - self._first_due[1], 1)
