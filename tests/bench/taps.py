"""A voter's tap through the whole bot, against aiogram doing nothing but the same two calls."""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from aiogram import Bot
from aiogram.types import Update

from bot.app import create_app
from bot.commands import ready_database
from bot.db.session import Database
from bot.features.voting.callbacks import CastVote
from bot.settings import Settings
from tests.bench.statements import Count, counting
from tests.bench.town import Town, count_picks, settle
from tests.bench.traffic import Handle, Timing, bare_handler, drive, tap

AT_ONCE = 64
# Short rounds, and many: whatever else the machine does meanwhile then meets all contestants alike.
VOTERS = 256
ON_BALLOT = 20
ROUNDS = 16
BARE = "bare handler"
# What a tap must reach of the bare handler's pace.
LEAST_RATIO = 0.25


@dataclass
class Contestant:
    """Whoever handles the taps; a database only where there is a bot."""

    handle: Handle
    database: Database | None = None
    town: Town | None = None
    timings: list[Timing] = field(default_factory=list)
    one_tap: Count = field(default_factory=Count)

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


async def measure(bot: Bot, settings: Settings, urls: Mapping[str, str]) -> dict[str, Contestant]:
    """Rounds of all contestants in turn; what the imports made is frozen, as in the running bot."""
    contestants = {BARE: Contestant(bare_handler(bot))}
    for name, url in urls.items():
        database = await ready_database(url)
        town = await settle(database, VOTERS, 40, ON_BALLOT)
        handle = create_app(settings, database, bot).inbox.handle
        contestants[name] = Contestant(handle, database, town)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        await _warm_up(bot, contestants)
        for number in range(ROUNDS):
            for contestant in contestants.values():
                contestant.timings.append(await _round(bot, contestant, number))
    finally:
        for contestant in contestants.values():
            if contestant.database:
                await contestant.database.close()
    return contestants


async def _warm_up(bot: Bot, contestants: Mapping[str, Contestant]) -> None:
    """Open the connections, fill the caches, and look at the statements of a single tap."""
    for contestant in contestants.values():
        for number in (0, 1):
            await _round(bot, contestant, number)
        updates = _taps(bot, contestant, 0)[:1]
        with counting() as contestant.one_tap:
            await drive(contestant.handle, updates, 1)


async def _round(bot: Bot, contestant: Contestant, number: int) -> Timing:
    """Every voter taps once: chosen in even rounds, taken back in odd ones, and each tap has its effect."""
    timing = await drive(contestant.handle, _taps(bot, contestant, number), AT_ONCE)
    if contestant.database:
        picks = await count_picks(contestant.database)
        if picks != (0 if number % 2 else VOTERS):
            raise AssertionError(f"{VOTERS} voters tapped, and {picks} picks are there")
    return timing


def _taps(bot: Bot, contestant: Contestant, number: int) -> Sequence[Update]:
    people = contestant.town.people if contestant.town else range(1, VOTERS + 1)
    problems = contestant.town.problems if contestant.town else range(1, ON_BALLOT + 1)
    round_id = contestant.town.round_id if contestant.town else 1
    return [
        tap(
            bot,
            index + 1,
            person,
            CastVote(
                round_id=round_id, problem_id=problems[index % len(problems)], page=0, on=number % 2 == 0
            ),
        )
        for index, person in enumerate(people)
    ]
