"""What a capability of the bot plugs in, declared in its `feature.py`; `bot/app.py` puts them in order."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiogram import Bot, Router

from bot.db.session import Database
from bot.domain.clock import Clock, utc_now
from bot.domain.number_hashes import NumberHashes
from bot.settings import Settings
from bot.telegram.delivery import Renderer, Rhythm
from bot.telegram.errors import Wording
from bot.telegram.prompts import Prompts
from bot.telegram.traffic import Traffic


@dataclass(frozen=True, slots=True)
class Parts:
    """What a job may use of the running bot. A round of a job has one moment, read from the clock once."""

    settings: Settings
    database: Database
    bot: Bot
    hashes: NumberHashes
    rhythm: Rhythm
    traffic: Traffic
    clock: Clock = utc_now


# Seconds between two rounds of a job that need not be prompt.
HOURLY = 3600.0
Job = Callable[[Parts], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """`routers` are asked in their order, after those of the capabilities before this one."""

    # For settled residents; whoever is none yet is led through the first visit.
    routers: tuple[Router, ...] = ()
    # The same, asked before all others: each filter that is passed costs time.
    busiest: tuple[Router, ...] = ()
    # For everybody.
    open_to_all: tuple[Router, ...] = ()
    # What is written in groups and channels.
    in_chats: tuple[Router, ...] = ()
    # Takes from settled residents what nobody asked for.
    unasked: tuple[Router, ...] = ()
    # Takes whatever is left, from everybody.
    fallback: tuple[Router, ...] = ()
    # How its refusals are worded, by their kind.
    refusals: tuple[Wording, ...] = ()
    # How its notices are shown, by their kind.
    notices: tuple[Mapping[str, Renderer], ...] = ()
    # The questions whose answers are typed or sent, by what is awaited.
    prompts: tuple[Prompts, ...] = ()
    # What runs beside the updates, by how many seconds lie between two rounds.
    jobs: tuple[tuple[float, Job], ...] = ()
    # What is done once, beside the first updates.
    preparations: tuple[Job, ...] = ()
