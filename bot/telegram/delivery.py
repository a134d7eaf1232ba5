"""Sends what the bot says of its own accord: rows written with their cause, claimed by lease, sent at a pace.

A row is claimed for a while, sent, and marked. A process that dies in between leaves the claim to
expire, and another sends the row: nothing is lost, and only what was on the wire may come twice.
Any number of couriers share one database, and with it one pace and one pause. Which refusal by Telegram makes
all wait, and which one chat alone, is decided in `traffic.py`.
"""

import asyncio
import math
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import outbox_queries as outbox
from bot.db.outbox_queries import Claimed, Gaps, Pause
from bot.db.session import Database
from bot.domain.clock import BISHKEK
from bot.domain.notices import Failure
from bot.i18n import speaking
from bot.settings import Settings
from bot.telegram.errors import passes
from bot.telegram.screen import Screen, send
from bot.telegram.traffic import Asked, Traffic, delivering

log = structlog.get_logger()
Renderer = Callable[[Mapping[str, Any]], Screen]
Clock = Callable[[], datetime]
# Messages on the wire at once. A kill may repeat one for each.
SENDERS = 8
# Claimed at once, in seconds of the pace: short, so that a stop or a pause finds little in hand.
CLAIM_SECONDS = 0.5
IDLE_SECONDS = 0.5
LAST_CALLS_SECONDS = 10.0
GIVING_BACK_SECONDS = 3.0
# A slot that passed so long ago is lost: whoever slept must not make up for it in a burst.
LATE_SECONDS = 5.0
# Where several processes may send, no one of them sees how much room there is to make up for a delay.
SHARED_LATE_SECONDS = 0.1
# A clock that is off by more than this was changed.
JUMP = timedelta(seconds=5)
# About two days of trying at the longest backoff.
MOST_ATTEMPTS = 300
_GONE = ("chat not found", "user is deactivated", "can't initiate conversation")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How fast, and at what hours. `pace` is in messages a second, quiet hours by the clock of Bishkek."""

    pace: float
    gaps: Gaps
    lease: timedelta
    quiet_from: int
    quiet_to: int

    @classmethod
    def of(cls, settings: Settings) -> "Rhythm":
        gaps = Gaps(
            person=timedelta(seconds=settings.person_pause_seconds),
            group=timedelta(minutes=1 / settings.group_messages_per_minute),
        )
        lease = timedelta(seconds=settings.lease_seconds)
        return cls(settings.deliveries_per_second, gaps, lease, settings.quiet_from, settings.quiet_to)

    @property
    def batch(self) -> int:
        return math.ceil(self.pace * CLAIM_SECONDS)

    def is_quiet(self, now: datetime) -> bool:
        """Whether people sleep; never when the quiet hours begin and end at the same hour."""
        hour = now.astimezone(BISHKEK).hour
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def gap(self, claimed: Claimed) -> float:
        """Seconds since the message before it in the same chat."""
        gap = self.gaps.person if claimed.chat_id is None else self.gaps.group
        return gap.total_seconds()


def wall_clock() -> datetime:
    return datetime.now(UTC)


class _Time:
    """The time that leases and slots are reckoned by.

    On PostgreSQL it is the database's, looked at with every claim: the clocks of many machines differ.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._common: tuple[datetime, float] | None = None
        self._seen: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        if self._common is None:
            return self._clock()
        looked, at = self._common
        return looked + timedelta(seconds=time.monotonic() - at)

    async def look(self, db: AsyncConnection) -> datetime:
        if common := await outbox.find_now(db):
            self._common = (common, time.monotonic())
        return self.now()

    @property
    def is_shared(self) -> bool:
        """Whether processes on other machines reckon by it, too."""
        return self._common is not None

    def has_jumped(self, now: datetime) -> bool:
        """Whether the clock was changed since this was asked last; so it seems at the start, too."""
        seen, self._seen = self._seen, (now, time.monotonic())
        if seen is None:
            return True
        return abs(now - seen[0] - timedelta(seconds=self._seen[1] - seen[1])) > JUMP


class Courier:
    """One process's share of the sending."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        renderers: Mapping[str, Renderer],
        rhythm: Rhythm,
        traffic: Traffic,
        clock: Clock = wall_clock,
    ) -> None:
        self._bot = bot
        self._database = database
        self._renderers = renderers
        self._rhythm = rhythm
        self._traffic = traffic
        self._time = _Time(clock)
        self._name = token_hex(8)
        # What is claimed, each with the moment of its slot by the monotonic clock.
        self._in_hand: asyncio.Queue[tuple[float, Claimed]] = asyncio.Queue()
        self._on_the_wire: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._answers_since = time.monotonic()
        # Long before the lease ends: nobody else may take for lost what is on the wire.
        self._patience = max(int(rhythm.lease.total_seconds() / 2), 1)

    async def run(self) -> None:
        """Send until cancelled; what is on the wire then is finished, and the rest given back."""
        try:
            async with asyncio.TaskGroup() as tasks:
                for _sender in range(SENDERS):
                    tasks.create_task(self._send_in_turn())
                tasks.create_task(self._claim_in_turn())
        finally:
            await self._hand_over()

    async def _hand_over(self) -> None:
        """A stop waits neither for a call that hangs nor for a database that is away: leases run out."""
        if self._on_the_wire:
            await asyncio.wait(self._on_the_wire, timeout=LAST_CALLS_SECONDS)
        try:
            async with asyncio.timeout(GIVING_BACK_SECONDS), self._database.act() as db:
                await outbox.save_all_released(db, self._name)
        except Exception as error:
            if not passes(error):
                raise
            log.warning("the deliveries in hand could not be given back", trouble=type(error).__name__)

    async def send_due(self) -> int:
        """Send one claim of what is due now, one after another; return how many rows were claimed."""
        await self._share_pause()
        claimed = await self._claim()
        for slot, delivery in claimed:
            await self._deliver(slot, delivery)
        return len(claimed)

    async def _claim_in_turn(self) -> None:
        while True:
            try:
                await self._share_pause()
                claimed = await self._claim()
            except Exception as error:
                if not passes(error):
                    log.exception("the courier stumbled")
                claimed = []
            for each in claimed:
                self._in_hand.put_nowait(each)
            if claimed:
                await self._until_half_is_sent()
            else:
                await asyncio.sleep(IDLE_SECONDS)

    async def _until_half_is_sent(self) -> None:
        """Claim ahead of the last slot, so that the pace has no holes."""
        while self._in_hand.qsize() > self._rhythm.batch // 2:
            self._room.clear()
            await self._room.wait()

    async def _send_in_turn(self) -> None:
        while True:
            slot, delivery = await self._in_hand.get()
            self._room.set()
            try:
                await self._deliver(slot, delivery)
            except Exception as error:
                # Its lease runs out, and it is sent then.
                if not passes(error):
                    log.exception("the courier stumbled", delivery=delivery.id)

    async def _claim(self) -> list[tuple[float, Claimed]]:
        async with self._database.read() as db:
            now = await self._time.look(db)
            self._obey(await outbox.find_pause(db), now)
            jumped = self._time.has_jumped(now)
            waits = self._traffic.pause_left > 0 or self._rhythm.is_quiet(now)
            if not jumped and (waits or not await outbox.find_whether_due(db, now)):
                return []
        async with self._database.act() as db:
            await outbox.save_turn(db, now)
            now = await self._time.look(db)
            # It may have been changed while this claim waited for its turn.
            if self._time.has_jumped(now) or jumped:
                await outbox.save_repaired(db, now, self._name, self._rhythm.lease)
            if waits:
                return []
            return await self._claim_at(db, now)

    async def _claim_at(self, db: AsyncConnection, now: datetime) -> list[tuple[float, Claimed]]:
        rhythm = self._rhythm
        claimed = await outbox.save_claim(db, now, self._name, rhythm.lease, rhythm.batch, rhythm.gaps)
        alone = [each.id for each in claimed if each.is_left_alone]
        late = [each.id for each in claimed if each.expires_at and each.expires_at <= now]
        await outbox.save_failed(db, alone, Failure.BLOCKED, now)
        await outbox.save_failed(db, late, Failure.EXPIRED, now)
        useful = [each for each in claimed if each.id not in {*alone, *late}]
        begin = await outbox.save_slots(db, now, len(useful) / rhythm.pace, self._charge())
        ahead = time.monotonic() + (begin - now).total_seconds()
        return [(ahead + number / rhythm.pace, each) for number, each in enumerate(useful)]

    def _charge(self) -> float:
        """Seconds of the pace that answers have used up, beyond the room that is left for them anyway."""
        since, self._answers_since = self._answers_since, time.monotonic()
        room = self._traffic.most_a_second - self._rhythm.pace
        beyond = self._traffic.take_answers() - room * (self._answers_since - since)
        return max(beyond, 0.0) / self._rhythm.pace

    async def _share_pause(self) -> None:
        """Tell all other senders of a pause that Telegram asked this process for."""
        asked = self._traffic.take_asked_to_wait()
        if asked == Asked():
            return
        async with self._database.act() as db:
            now = await self._time.look(db)
            everything = now + timedelta(seconds=asked.everything) if asked.everything else None
            await outbox.save_turn(db, now)
            await outbox.save_pause(db, Pause(now + timedelta(seconds=asked.deliveries), everything))

    def _obey(self, pause: Pause, now: datetime) -> None:
        """Wait as any of the processes was asked to."""
        left = [
            (until - now).total_seconds() if until else 0.0 for until in (pause.deliveries, pause.everything)
        ]
        self._traffic.pause(Asked(*left))

    async def _deliver(self, slot: float, delivery: Claimed) -> None:
        await asyncio.sleep(max(slot - time.monotonic(), 0))
        if not await self._may_send(delivery, slot):
            return
        try:
            screen = await self._made(delivery)
            # Last of all, so that nothing lies between taking one's place in the traffic and the call.
            await self._traffic.turn(delivery.telegram_id, self._rhythm.gap(delivery))
        except Exception as error:  # noqa: BLE001  # one bad message must not hold up the others
            await self._note_trouble(delivery, error)
        else:
            await self._finish(self._send(delivery, screen))

    async def _finish(self, sending: Coroutine[Any, Any, None]) -> None:
        """A stop of the bot waits for it: what was sent must be marked."""
        task = asyncio.create_task(sending)
        self._on_the_wire.add(task)
        task.add_done_callback(self._on_the_wire.discard)
        await asyncio.shield(task)

    async def _send(self, delivery: Claimed, screen: Screen) -> None:
        try:
            with delivering():
                await send(self._bot, delivery.telegram_id, screen, self._patience)
        except Exception as error:  # noqa: BLE001  # one bad message must not hold up the others
            await self._note_trouble(delivery, error)
        else:
            await self._insist_on_sent(delivery)

    async def _may_send(self, delivery: Claimed, slot: float) -> bool:
        """Whether it is still wanted, still ours, its slot not long past, and nobody asked to wait."""
        async with self._database.read() as db:
            pause = await outbox.find_pause(db)
            mine = await outbox.find_whether_mine(db, delivery.id, self._name)
        self._obey(pause, self._time.now())
        held = self._traffic.held_for(delivery.telegram_id)
        waits = held or self._traffic.pause_left > 0 or self._is_lost(slot)
        if mine and waits:
            async with self._database.act() as db:
                if held:
                    await self._hold_back(db, delivery, held)
                else:
                    await outbox.save_released(db, delivery.id, self._name)
        return mine and not waits

    async def _hold_back(self, db: AsyncConnection, delivery: Claimed, seconds: float) -> None:
        """Telegram asked for patience with this one chat: its messages wait, and no others."""
        await outbox.save_held_back(db, delivery, self._time.now() + timedelta(seconds=seconds))

    def _is_lost(self, slot: float) -> bool:
        """Whether a slot passed too long ago: what is sent late comes on top of what is sent in time."""
        spare = self._traffic.most_a_second / self._rhythm.pace - 1
        most = max(spare, SHARED_LATE_SECONDS) if self._time.is_shared else LATE_SECONDS
        return time.monotonic() - slot > most

    async def _made(self, delivery: Claimed) -> Screen:
        """The message in its recipient's language; links in it need the bot's own name."""
        me = await self._bot.me()
        with speaking(delivery.language):
            return self._renderers[delivery.kind]({**delivery.facts, "bot_username": me.username})

    async def _insist_on_sent(self, delivery: Claimed) -> None:
        """It is sent, so the mark must be made however long the database is busy."""
        while True:
            try:
                async with self._database.act() as db:
                    await outbox.save_sent(db, delivery.id, delivery.language, self._time.now())
            except Exception as error:
                if not passes(error):
                    raise
                await asyncio.sleep(IDLE_SECONDS)
            else:
                return

    async def _note_trouble(self, delivery: Claimed, error: Exception) -> None:
        now = self._time.now()
        async with self._database.act() as db:
            if isinstance(error, TelegramRetryAfter):
                await self._wait_as_asked(db, delivery, now + timedelta(seconds=error.retry_after))
            elif isinstance(error, TelegramMigrateToChat) and delivery.chat_id is not None:
                await outbox.save_moved_chat(db, delivery.chat_id, error.migrate_to_chat_id)
                await outbox.save_released(db, delivery.id, self._name)
            elif (failure := _failure(error)) in {Failure.BLOCKED, Failure.GONE}:
                await outbox.save_failed(db, [delivery.id], failure, now)
                await outbox.save_unreachable(db, delivery, now)
            elif failure is None and delivery.attempts < MOST_ATTEMPTS:
                backoff = min(timedelta(seconds=2**delivery.attempts), outbox.LONGEST_BACKOFF)
                await outbox.save_postponed(db, delivery.id, now + backoff)
            else:
                log.error("a delivery failed", delivery=delivery.id, exc_info=error)
                await outbox.save_failed(db, [delivery.id], Failure.REFUSED, now)

    async def _wait_as_asked(self, db: AsyncConnection, delivery: Claimed, until: datetime) -> None:
        """The traffic has decided whether this chat was meant, or all deliveries."""
        if held := self._traffic.held_for(delivery.telegram_id):
            await self._hold_back(db, delivery, held)
            return
        await outbox.save_turn(db, self._time.now())
        await outbox.save_pause(db, Pause(deliveries=until))
        await outbox.save_released(db, delivery.id, self._name)


def _failure(error: Exception) -> Failure | None:
    """Why the message will never arrive; None when it may arrive a little later."""
    if isinstance(error, TelegramBadRequest | TelegramForbiddenError) and any(
        words in str(error) for words in _GONE
    ):
        return Failure.GONE
    if isinstance(error, TelegramForbiddenError):
        return Failure.BLOCKED
    # Telegram is away, the token was changed, the answer could not be read: all that passes.
    if passes(error) or (isinstance(error, AiogramError) and not isinstance(error, TelegramBadRequest)):
        return None
    return Failure.REFUSED
