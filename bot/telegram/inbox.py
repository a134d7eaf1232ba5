"""Takes updates in, however they come: kept first, then handled, one person's one after another.

What is taken is committed to the table `inbox` and only then confirmed to Telegram. From there on nobody
waits for somebody else's update, and a process that dies loses none: another or its successor handles what
it held. One person's updates keep their order whichever process takes them: the next waits until the one
before is handled, or taken over from the dead. While the database is away nothing is taken, and so nothing
confirmed: Telegram keeps it.
"""

import asyncio
import json
import secrets
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any

import structlog
from aiogram import Bot, Dispatcher
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from bot.db import inbox_queries as queries
from bot.db.inbox_queries import LeftBehind
from bot.db.session import Database
from bot.telegram.apologies import apologise, say_too_many, say_unreadable
from bot.telegram.errors import passes
from bot.telegram.raw_updates import Line, Raw, is_unread, kind_of, line_of, number_of, read, without_content
from bot.telegram.watchdog import ActTimedOut, Places, Watchdog

log = structlog.get_logger()
# Waits between the tries of an update that met a passing trouble, in seconds.
WAITS = (0.5, 1, 2, 5, 10, 20)
LAST_WAIT = 30.0
# So many of the longest waits until it is no use to apologise any more.
MOST_TELLING = 10
# Until Telegram itself would have forgotten it: by then the person has long gone on.
LIFETIMES = {"callback_query": timedelta(seconds=150), "inline_query": timedelta(seconds=30)}
LIFETIME = timedelta(days=1)
# Of one person: whoever sends more at once is told so, and what is beyond is not read.
MOST_WAITING = 20
# That the bot was blocked is sent once, and nobody can be asked to send it again.
_ALWAYS_READ = {"my_chat_member"}
# Acts share one processor and few connections: with fewer of them at once the first are answered sooner and
# the last no later. What waits for Telegram takes no place.
MOST_AT_WORK = 32
LOOK_SECONDS = 0.2
BEAT_SECONDS = 5.0
# A stop does not wait for a database that is away: what is held is free once this process counts as dead.
GIVING_BACK_SECONDS = 3.0
# Telegram brings an update again for a day at most, and numbers begin anew after a week at the earliest.
REMEMBERED = timedelta(days=3)


@dataclass(slots=True)
class Taken:
    """An update that is kept and waits in its person's line."""

    update_id: int
    raw: Raw
    taken_at: datetime
    handled: "asyncio.Future[None]"
    is_begun: bool = False
    # Of one that is not read: those that came after it, which are not read either and are told of together.
    more: list[int] = field(default_factory=list)
    # What another process had taken of this person before and has not handled yet.
    earlier: set[int] = field(default_factory=set)

    @property
    def is_read(self) -> bool:
        return not is_unread(self.raw)

    @property
    def can_take_more(self) -> bool:
        """Whether its person is still to be told that some are not read."""
        return not self.is_read and not self.is_begun

    @property
    def is_too_old(self) -> bool:
        """Whether Telegram would have forgotten it by now."""
        return datetime.now(UTC) - self.taken_at > LIFETIMES.get(kind_of(self.raw), LIFETIME)


@dataclass(slots=True)
class _Batch:
    """What is stored with one statement; all who brought something to it wait for the same task."""

    raws: list[Any] = field(default_factory=list)
    task: "asyncio.Task[list[Taken]] | None" = None


class Inbox:
    """`context` is handed to every handler by name."""

    def __init__(
        self, bot: Bot, dispatcher: Dispatcher, database: Database, context: Mapping[str, Any]
    ) -> None:
        self.name = secrets.token_hex(8)
        self._bot = bot
        self._dispatcher = dispatcher
        self._database = database
        self._context = {"database": database, **context}
        self._batch = _Batch()
        self._storing = asyncio.Lock()
        self._places = Places(MOST_AT_WORK)
        self._lines: dict[Line, deque[Taken]] = {}
        self._known: set[int] = set()
        self._handled: list[int] = []
        self._serving: set[asyncio.Task[None]] = set()
        self._is_closing = False
        # Whether a commit may have happened although an error came instead of its answer.
        self._is_unsure = False
        # Whether another process may hold something of a person who writes to this one.
        self._has_company = False

    # Taking in

    async def take(self, raws: Sequence[Any]) -> list[Taken]:
        """Return once they are kept; raise what the database raised when they are not.

        Each that is new has a future that is done once it is handled.
        """
        batch = self._batch
        batch.raws += raws
        if batch.task is None:
            batch.task = asyncio.create_task(self._store_in_turn(batch))
        # Whoever brought one may go away; what is being stored is stored.
        kept = await asyncio.shield(batch.task)
        mine = {number_of(raw) for raw in raws}
        return [each for each in kept if each.update_id in mine]

    async def _store_in_turn(self, batch: _Batch) -> list[Taken]:
        async with self._storing:
            self._batch = _Batch()
            return await self._store(batch.raws)

    async def _store(self, raws: Sequence[Any]) -> list[Taken]:
        now = datetime.now(UTC)
        taken = self._admit(raws, now)
        if not taken:
            return []
        rows = [queries.Kept(each.update_id, _named(line_of(each.raw)), _as_json(each.raw)) for each in taken]
        try:
            async with self._database.act() as db:
                new = await queries.insert_taken(db, rows, self.name, now)
                if self._has_company:
                    elsewhere = await queries.list_elsewhere(db, {row.line for row in rows}, self.name)
                    for each, row in zip(taken, rows, strict=True):
                        each.earlier = elsewhere.get(row.line, set())
                struck = await self._strike_off(db)
        except Exception:
            self._is_unsure = True
            raise
        del self._handled[:struck]
        return self._queue([each for each in taken if each.update_id in new])

    def _admit(self, raws: Sequence[Any], now: datetime) -> list[Taken]:
        """Those that are not known yet; without their content when too many of one person wait already."""
        loop = asyncio.get_running_loop()
        places: Counter[Line] = Counter()
        admitted: dict[int, Taken] = {}
        for raw in raws:
            number = number_of(raw)
            if number is None or number in admitted or number in self._known:
                continue
            person = line_of(raw)
            places[person] += 1
            is_read = kind_of(raw) in _ALWAYS_READ or not self._is_too_much(person, places[person])
            kept = raw if is_read else without_content(raw)
            admitted[number] = Taken(number, kept, now, loop.create_future())
        return list(admitted.values())

    def _is_too_much(self, person: Line, new: int) -> bool:
        """Whether the last of so many new ones is not to be read."""
        line = self._lines.get(person)
        waiting = len(line) if line else 0
        # What comes after one that is not read would be answered before the person hears of that one.
        return waiting + new > MOST_WAITING or bool(line and line[-1].can_take_more)

    def _queue(self, taken: Sequence[Taken]) -> list[Taken]:
        """Let each wait for its turn; return those that have one of their own."""
        queued = []
        for each in taken:
            person = line_of(each.raw)
            self._known.add(each.update_id)
            line = self._lines.setdefault(person, deque())
            if line and line[-1].can_take_more and not each.is_read:
                line[-1].more.append(each.update_id)
                continue
            line.insert(_place_in(line, each), each)
            queued.append(each)
            if len(line) == 1:
                self._keep(self._serve(person, line))
        return queued

    def _keep(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    # Handling

    async def _serve(self, person: Line, line: deque[Taken]) -> None:
        """Handle one person's updates in their order."""
        while line and not self._is_closing:
            if line[0].earlier:
                await self._wait_for_earlier(line[0])
                continue
            taken = line[0]
            taken.is_begun = True
            with bound_contextvars(update_id=taken.update_id):
                await self._handle(taken)
            line.popleft()
            self._known.difference_update((taken.update_id, *taken.more))
            self._handled += (taken.update_id, *taken.more)
            for each in line:
                each.earlier.discard(taken.update_id)
            if not taken.handled.done():
                taken.handled.set_result(None)
        if not line:
            del self._lines[person]

    async def _wait_for_earlier(self, taken: Taken) -> None:
        """Look once more, a moment later, what is still to come before it.

        What this process takes over meanwhile is put before it in the line.
        """
        await asyncio.sleep(LOOK_SECONDS)
        try:
            async with self._database.read() as db:
                unhandled = await queries.list_unhandled(db, taken.earlier)
        except Exception as error:
            if not passes(error):
                raise
        else:
            taken.earlier &= unhandled

    async def _handle(self, taken: Taken) -> None:
        """Act and answer, or fail for good, which is logged and told."""
        try:
            if taken.is_read:
                await self._persist(taken)
            else:
                await self._say_too_many(taken)
        except Exception:
            log.exception("an update could not even be given up", kind=kind_of(taken.raw))

    async def _persist(self, taken: Taken) -> None:
        was_committed = False
        for wait in chain(WAITS, repeat(LAST_WAIT)):
            try:
                async with Watchdog(places=self._places):
                    await self._act(taken)
                return
            except ActTimedOut as error:
                # What was committed is not to be done again; the next try shows where the person stands.
                if was_committed or not await self._was_committed(taken):
                    await self._give_up(taken, error)
                    return
                was_committed = True
            except Exception as error:  # noqa: BLE001  # whatever it was: told from those that pass
                if taken.is_too_old or not passes(error):
                    await self._give_up(taken, error)
                    return
                log.warning("an update is tried again", trouble=type(error).__name__)
                await asyncio.sleep(max(wait, getattr(error, "retry_after", 0)))

    async def _act(self, taken: Taken) -> None:
        update = read(taken.raw, self._bot)
        if update is None:
            log.warning("an update cannot be read", kind=kind_of(taken.raw))
            await say_unreadable(self._bot, self._database, taken.raw)
        else:
            await self._dispatcher.feed_update(self._bot, update, **self._context)

    async def _was_committed(self, taken: Taken) -> bool:
        try:
            async with self._database.read() as db:
                return await queries.find_whether_acted(db, taken.update_id)
        except Exception:  # noqa: BLE001  # then nobody knows, and an apology says so
            return False

    async def _give_up(self, taken: Taken, error: Exception) -> None:
        code = secrets.token_hex(3).upper()
        log.error("an update was given up", kind=kind_of(taken.raw), code=code, exc_info=error)
        await self._insist(lambda: apologise(self._bot, self._database, taken.raw, code))

    async def _say_too_many(self, taken: Taken) -> None:
        number = 1 + len(taken.more)
        log.warning("one person has sent too many updates at once", not_read=number)
        await self._insist(lambda: say_too_many(self._bot, self._database, taken.raw, number))

    async def _insist(self, tell: Callable[[], Awaitable[None]]) -> None:
        """Tell a person, over a passing trouble too; raise when it does not pass for minutes."""
        for wait in (*WAITS, *repeat(LAST_WAIT, MOST_TELLING), None):
            try:
                async with Watchdog():
                    return await tell()
            except Exception as error:
                if wait is None or not passes(error):
                    raise
                await asyncio.sleep(max(wait, getattr(error, "retry_after", 0)))
        return None

    # Beside it

    async def begin(self, *, alone: bool) -> None:
        """Say that this process is alive, and go on with what its predecessors left.

        `alone`: no other process can be alive, so what any of them held is free at once.
        """
        wait = iter(chain(WAITS, repeat(LAST_WAIT)))
        while True:
            try:
                await self._beat(alone=alone)
            except Exception as error:
                if not passes(error):
                    raise
                log.warning("the inbox is not ready yet", trouble=type(error).__name__)
                await asyncio.sleep(next(wait))
            else:
                return

    async def run(self) -> None:
        """Strike off what is handled, say now and then that this process is alive, and take over what
        others left behind; until cancelled.
        """
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + BEAT_SECONDS
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if loop.time() >= beat_at:
                    beat_at = loop.time() + BEAT_SECONDS
                    await self._beat()
                elif self._handled:
                    await self.strike_off()
            except Exception as error:
                if not passes(error):
                    log.exception("the inbox stumbled")

    async def _beat(self, *, alone: bool = False) -> None:
        async with self._storing:
            async with self._database.act() as db:
                now = await queries.update_alive(db, self.name)
                if alone:
                    await queries.delete_other_processes(db, self.name)
                left = await queries.update_left_behind(db, self.name, now)
                await queries.delete_dead(db, self.name, now)
                self._has_company = await queries.find_whether_others(db, self.name)
                if self._is_unsure:
                    left += await queries.list_held(db, self.name, now)
                struck = await self._strike_off(db)
            self._is_unsure = False
            struck_off = set(self._handled[:struck])
            del self._handled[:struck]
            self._resume([each for each in left if each.update_id not in struck_off])

    def _resume(self, left: Sequence[LeftBehind]) -> None:
        loop = asyncio.get_running_loop()
        fresh = {each.update_id: each for each in left if each.update_id not in self._known}
        self._queue(
            [
                Taken(each.update_id, json.loads(each.raw), each.taken_at, loop.create_future())
                for each in fresh.values()
            ]
        )

    async def strike_off(self) -> None:
        """Note what is handled, so that nobody handles it again."""
        async with self._storing:
            async with self._database.act() as db:
                struck = await self._strike_off(db)
            del self._handled[:struck]

    async def _strike_off(self, db: AsyncConnection) -> int:
        """How many it was; they are forgotten here once that is committed."""
        # More may be handled while the database is at it.
        handled = list(self._handled)
        if handled:
            await queries.update_handled(db, handled)
        return len(handled)

    async def forget_old(self) -> None:
        """Forget the numbers of what was handled long ago."""
        async with self._database.act() as db:
            await queries.delete_handled(db, datetime.now(UTC) - REMEMBERED)

    async def close(self, seconds: float) -> None:
        """Let the acts at work finish for so long; what is left is given back for the next process."""
        self._is_closing = True
        if self._serving:
            _done, unfinished = await asyncio.wait(self._serving, timeout=seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
        try:
            async with asyncio.timeout(GIVING_BACK_SECONDS):
                await self.strike_off()
                async with self._database.act() as db:
                    await queries.update_given_back(db, self.name, datetime.now(UTC))
        except Exception as error:
            if not passes(error):
                raise
            log.warning("the inbox could not be handed over", trouble=type(error).__name__)


def _named(line: Line) -> str:
    person, is_private = line
    return str(person) if is_private else f"{person}@"


def _place_in(line: Sequence[Taken], new: Taken) -> int:
    """Before those that wait for it, or else at the end."""
    return next((place for place, each in enumerate(line) if new.update_id in each.earlier), len(line))


def _as_json(raw: Raw) -> str | None:
    """None for what is nested beyond all measure, which nobody could read either."""
    try:
        return json.dumps(raw, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None
