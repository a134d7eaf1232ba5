"""The composition root: what the bot is made of, in which order features are asked, what runs beside."""

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TypeVar

import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot.db.queries import list_staff
from bot.db.session import Database
from bot.domain.clock import Clock, utc_now
from bot.domain.number_hashes import NumberHashes
from bot.features.hearings.feature import FEATURE as HEARINGS
from bot.features.plan.feature import FEATURE as PLAN
from bot.features.problems.feature import FEATURE as PROBLEMS
from bot.features.problems.reporting.links import show_linked
from bot.features.problems.reporting.offered import find_offer
from bot.features.residents.feature import FEATURE as RESIDENTS
from bot.features.residents.first_visit.steps import go_on, next_screen
from bot.features.votes.feature import FEATURE as VOTES
from bot.features.votes.rounds.missed import tell_of_missed_presses
from bot.i18n import load_catalogues
from bot.settings import Settings
from bot.telegram import texts as telegram_texts
from bot.telegram.commands import register_commands, register_own_commands, trouble_of
from bot.telegram.delivery import Courier, Renderer, Rhythm
from bot.telegram.errors import Answering, Wording, passes
from bot.telegram.feature import HOURLY, Feature, Parts
from bot.telegram.health import Health
from bot.telegram.inbox import Inbox
from bot.telegram.middlewares import Settled, Visit
from bot.telegram.ownership import claim_webhook
from bot.telegram.polling import Poller
from bot.telegram.prompts import Prompts
from bot.telegram.pulse import Pulse
from bot.telegram.session import Session
from bot.telegram.standing import Standing
from bot.telegram.startup import insist
from bot.telegram.traffic import Traffic
from bot.telegram.webhook import PATH, Watch, served, webhook_app
from bot.workplaces import show_workplace

log = structlog.get_logger()
K = TypeVar("K")
V = TypeVar("V")


def merged(parts: Iterable[Mapping[K, V]]) -> dict[K, V]:
    """All of them; ValueError when two features claim the same."""
    found: dict[K, V] = {}
    for part in parts:
        if twice := found.keys() & part.keys():
            raise ValueError(f"declared twice: {twice}")
        found |= part
    return found


# Links to a problem or a hearing are more precise /starts, so the residents come last.
FEATURES: tuple[Feature, ...] = (PROBLEMS, VOTES, HEARINGS, PLAN, RESIDENTS)
WORDING: Wording = merged([telegram_texts.REFUSALS, *(words for each in FEATURES for words in each.refusals)])
RENDERERS: Mapping[str, Renderer] = merged(notices for each in FEATURES for notices in each.notices)
PROMPTS: Prompts = merged(prompts for each in FEATURES for prompts in each.prompts)
STANDING = Standing(PROMPTS, find_offer, next_screen)
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "channel_post",
]
RETRYING_SECONDS = 15.0
# So long after it was deleted, what somebody wrote is overwritten in all files of SQLite (see `scrubbing`).
SCRUBBING_SECONDS = 5.0
# A stop waits so long for the acts at work. What they have not done by then is done after the next start.
LAST_ACTS_SECONDS = 10.0


@dataclass(frozen=True)
class App:
    """The parts of a running bot."""

    settings: Settings
    database: Database
    bot: Bot
    inbox: Inbox
    pulse: Pulse
    courier: Courier
    hashes: NumberHashes
    # For the jobs beside the updates.
    parts: Parts


def create_bot(settings: Settings, token: str) -> Bot:
    return Bot(
        token,
        session=Session(TelegramAPIServer.from_base(settings.api_url)),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )


def create_app(settings: Settings, database: Database, bot: Bot, clock: Clock = utc_now) -> App:
    """`clock` gives each act and each round of a job its moment; the machinery around them has its own."""
    load_catalogues()
    hashes = number_hashes(settings, bot)
    given = {"settings": settings, "hashes": hashes, "clock": clock}
    inbox = Inbox(bot, create_dispatcher(), database, given)
    pulse = Pulse(database, lambda db, since, until: tell_of_missed_presses(db, since, until, clock()))
    traffic = Traffic(settings.messages_per_second)
    bot.session.middleware(traffic)
    rhythm = Rhythm.of(settings)
    courier = Courier(bot, database, RENDERERS, rhythm, traffic)
    parts = Parts(settings, database, bot, hashes, rhythm, traffic, clock)
    return App(settings, database, bot, inbox, pulse, courier, hashes, parts)


def number_hashes(settings: Settings, bot: Bot) -> NumberHashes:
    """Keyed by a setting of their own, or else by the token, which is in no backup of the database either."""
    return NumberHashes(settings.hash_key.get_secret_value() if settings.hash_key else bot.token)


@cache
def create_dispatcher() -> Dispatcher:
    """All features in their order. It holds no state: settings and database travel with each update."""
    # aiogram's own conversation state is off: ours is a column read together with the resident.
    dispatcher = Dispatcher(
        disable_fsm=True, show_home=go_on, show_linked=show_linked, show_workplace=show_workplace
    )
    dispatcher.update.outer_middleware(Visit())
    for observer in (
        dispatcher.message,
        dispatcher.callback_query,
        dispatcher.edited_message,
        dispatcher.inline_query,
    ):
        observer.outer_middleware(Answering(WORDING, STANDING))
    busiest, settled = routers("busiest"), [*routers("routers"), *routers("unasked")]
    for router in (*busiest, *settled):
        router.message.middleware(Settled())
        router.callback_query.middleware(Settled())
    in_order = (*busiest, *routers("in_chats"), *routers("open_to_all"), *settled, *routers("fallback"))
    dispatcher.include_routers(*in_order)
    return dispatcher


def routers(kind: str) -> list[Router]:
    """One kind of routers, of all features in their order."""
    return [router for feature in FEATURES for router in getattr(feature, kind)]


async def run(app: App, *, take_over: bool = False) -> None:
    """Take updates in and send deliveries until cancelled.

    `take_over`: a webhook that somebody else has set for this token is taken away from them.
    """
    # What the imports made stays for good: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(app.courier.run())
            for seconds, job in _jobs(app):
                tasks.create_task(_every(seconds, job))
            tasks.create_task(_until_done(partial(introduce, app.bot, app.database)))
            for prepare in (each for feature in FEATURES for each in feature.preparations):
                tasks.create_task(_until_done(partial(prepare, app.parts)))
            tasks.create_task(_take_updates(app, take_over=take_over))
    finally:
        await app.bot.session.close()
        await app.database.close()


def _jobs(app: App) -> list[tuple[float, Callable[[], Awaitable[object]]]]:
    """Those of the features, and those that keep the house."""
    return [
        *((seconds, partial(job, app.parts)) for feature in FEATURES for seconds, job in feature.jobs),
        (HOURLY, app.inbox.forget_old),
        (HOURLY, app.database.write_anew_at_night),
        (SCRUBBING_SECONDS, app.database.scrub),
    ]


async def _take_updates(app: App, *, take_over: bool) -> None:
    """By webhook or by polling; then let the acts at work finish."""
    url = app.settings.webhook_url + PATH if app.settings.webhook_url else None
    await insist(partial(claim_webhook, app.bot, app.database, url, take_over=take_over))
    # Only one process can poll, and only one should have an SQLite database.
    alone = url is None or app.database.url.startswith("sqlite")
    await app.inbox.begin(alone=alone)
    beside = asyncio.gather(app.inbox.run(), app.pulse.run())
    try:
        await (_poll(app) if url is None else _serve_webhook(app, url))
    finally:
        await app.inbox.close(LAST_ACTS_SECONDS)
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside
        await app.pulse.close()


async def _poll(app: App) -> None:
    log.info("taking updates by long polling")
    await Poller(app.bot, app.inbox, app.pulse, ALLOWED_UPDATES).run()


async def _serve_webhook(app: App, url: str) -> None:
    """Serve first, and only then tell Telegram where."""
    settings = app.settings
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    watch = Watch(app.bot, app.pulse, url, secret, ALLOWED_UPDATES)
    health = Health(app.database, lambda: watch.is_set, Rhythm.of(settings).is_quiet)
    page = webhook_app(app.inbox, app.pulse, health, secret)
    async with served(page, settings.webhook_host, settings.webhook_port):
        await insist(watch.set)
        log.info("taking updates by webhook", port=settings.webhook_port)
        await watch.run()


async def introduce(bot: Bot, database: Database) -> None:
    """Set the menus: everybody's, and those of the staff, who have more to choose from.

    The menu is a nicety: the bot works without it until the next start.
    """
    async with database.read() as db:
        staff = await list_staff(db)
    menus = [partial(register_commands, bot)]
    menus += [
        partial(register_own_commands, bot, each.telegram_id, each.language, each.roles) for each in staff
    ]
    troubles = Counter([trouble for menu in menus if (trouble := await trouble_of(menu))])
    if troubles:
        log.warning("menus of commands could not be set", troubles=dict(troubles))


async def _every(seconds: float, job: Callable[[], Awaitable[object]]) -> None:
    """Run a job again and again; one failure does not end the next round."""
    while True:
        await _is_done(job)
        await asyncio.sleep(seconds)


async def _until_done(job: Callable[[], Awaitable[object]]) -> None:
    """Run a job once, after a passing trouble again."""
    while True:
        if await _is_done(job):
            return
        await asyncio.sleep(RETRYING_SECONDS)


async def _is_done(job: Callable[[], Awaitable[object]]) -> bool:
    """Run a job; False where it may well succeed later."""
    try:
        await job()
    except Exception as error:
        if passes(error):
            log.warning("a job has to wait", trouble=type(error).__name__)
            return False
        log.exception("a job failed")
    return True
