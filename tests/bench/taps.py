"""A voter's tap through the whole bot, against aiogram doing nothing but the same two calls."""

import gc
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from bot.commands import ready_database
from bot.db.session import Database
from bot.features.votes.ballot.callbacks import CastVote
from bot.settings import Settings
from tests.bench.statements import Count, counting
from tests.bench.town import Town, count_picks, settle
from tests.bench.traffic import Handle, Raw, Timing, at_work, bare_handler, drive, talking, tap

AT_ONCE = 64
# Short rounds, and many: whatever else the machine does meanwhile then meets all contestants alike.
VOTERS = 256
ON_BALLOT = 20
ROUNDS = 16
BARE = "bare handler"
# What a tap must reach of the bare handler's pace.
LEAST_RATIO = 0.25
# A hall full of people, who all tap when they are asked to; so many times.
HALL, SHOWS_OF_HANDS = 300, 6
# Half of them must have their answers within so many times what the bare handler takes for it.
MOST_PATIENCE = 6.0


@dataclass
class Contestant:
    """Whoever handles the taps; a database only where there is a bot."""

    handle: Handle
    database: Database | None = None
    town: Town | None = None
    timings: list[Timing] = field(default_factory=list)
    halls: list[Timing] = field(default_factory=list)
    one_tap: Count = field(default_factory=Count)

    def __post_init__(self) -> None:
        # Telegram gives every update a number of its own.
        self._numbers = count(1)

    @property
    def per_second(self) -> float:
        return median(timing.per_second for timing in self.timings)

    @property
    def slow(self) -> float:
        return median(timing.slow for timing in self.timings)

    @property
    def cpu(self) -> float:
        """Seconds of this process for one tap."""
        return median(timing.cpu / len(timing.each) for timing in self.timings)

    def ratios(self, bare: "Contestant") -> list[float]:
        """To the bare handler's pace in the same round, so that the machine's moods cancel out."""
        rounds = zip(self.timings, bare.timings, strict=True)
        return [mine.per_second / theirs.per_second for mine, theirs in rounds]

    def ratio(self, bare: "Contestant") -> float:
        return median(self.ratios(bare))

    @property
    def hall_median(self) -> float:
        """Seconds within which half of a hall that taps at once is answered."""
        return median(timing.median for timing in self.halls)

    @property
    def hall_last(self) -> float:
        """Seconds until the last one is."""
        return median(max(timing.each) for timing in self.halls)

    def patience(self, bare: "Contestant") -> float:
        """How many times as long as with the bare handler half of a hall waits."""
        return self.hall_median / bare.hall_median

    def is_good(self, bare: "Contestant") -> bool:
        return self.ratio(bare) >= LEAST_RATIO and self.patience(bare) <= MOST_PATIENCE

    def taps(self, voters: int, *, on: bool) -> Sequence[Raw]:
        people = self.town.people if self.town else range(1, HALL + 1)
        problems = self.town.problems if self.town else range(1, ON_BALLOT + 1)
        round_id = self.town.round_id if self.town else 1
        return [
            tap(
                next(self._numbers),
                person,
                CastVote(round_id=round_id, problem_id=problems[index % len(problems)], page=0, on=on),
            )
            for index, person in enumerate(people[:voters])
        ]

    async def let_tap(self, voters: int, at_once: int, *, on: bool) -> Timing:
        """So many voters tap once each: they choose, or take it back, and each tap has its effect."""
        timing = await drive(self.handle, self.taps(voters, on=on), at_once)
        if self.database:
            picks = await count_picks(self.database)
            if picks != (voters if on else 0):
                raise AssertionError(f"{voters} voters tapped, and {picks} picks are there")
        return timing


async def measure(settings: Settings, urls: Mapping[str, str]) -> dict[str, Contestant]:
    """Rounds of all contestants in turn; what the imports made is frozen, as in the running bot."""
    async with gathered(settings, urls) as contestants:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        await _warm_up(contestants)
        for number in range(ROUNDS):
            for each in contestants.values():
                each.timings.append(await each.let_tap(VOTERS, AT_ONCE, on=number % 2 == 0))
        for number in range(SHOWS_OF_HANDS):
            for each in contestants.values():
                each.halls.append(await each.let_tap(HALL, HALL, on=number % 2 == 0))
    return contestants


@asynccontextmanager
async def gathered(settings: Settings, urls: Mapping[str, str]) -> AsyncIterator[dict[str, Contestant]]:
    """The bare handler, and the bot on each database; each with a session of its own."""
    async with AsyncExitStack() as stack:
        bare = await stack.enter_async_context(talking(settings))
        contestants = {BARE: Contestant(bare_handler(bare))}
        for name, url in urls.items():
            database = await ready_database(url)
            stack.push_async_callback(database.close)
            town = await settle(database, HALL, 40, ON_BALLOT)
            handle = await stack.enter_async_context(at_work(settings, database))
            contestants[name] = Contestant(handle, database, town)
        yield contestants


async def _warm_up(contestants: Mapping[str, Contestant]) -> None:
    """Open the connections, fill the caches, and look at the statements of a single tap."""
    for each in contestants.values():
        for on in (True, False):
            await each.let_tap(HALL, HALL, on=on)
        with counting() as each.one_tap:
            await drive(each.handle, each.taps(1, on=True), 1)
