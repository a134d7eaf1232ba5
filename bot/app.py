"""The composition root: what the bot is made of, in which order features are asked, what runs beside."""

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from bot.db.queries import list_staff
from bot.db.session import Database
from bot.domain.number_hashes import NumberHashes
from bot.features.hearings.announcing import (
    answering as announcing_answers,
    confirming,
    drafting,
    texts as announcing_texts,
    typing,
)
from bot.features.hearings.delivery_report import handlers as dispatch
from bot.features.hearings.delivery_report.jobs import show_progress
from bot.features.hearings.minutes import record
from bot.features.hearings.notices import (
    deliveries as hearing_deliveries,
    handlers as hearings,
    links as hearing_links,
)
from bot.features.hearings.notices.jobs import remind
from bot.features.hearings.officer_home import chats, deliveries as office_deliveries, handlers as office
from bot.features.hearings.officer_home.jobs import leave_unlinked
from bot.features.hearings.questions import (
    answering,
    asking,
    deliveries as question_deliveries,
    printing,
    reading,
    screening,
    texts as question_texts,
)
from bot.features.plan.documents import deliveries as document_deliveries, handlers as documents
from bot.features.plan.drafting import (
    adopting as plan_adopting,
    drafting as plan_drafting,
    importing as plan_importing,
    texts as planning_texts,
)
from bot.features.plan.guide import handlers as learning, texts as learning_texts
from bot.features.plan.problem_links import handlers as answers
from bot.features.plan.progress import (
    checking,
    deliveries as progress_deliveries,
    handlers as progress,
    texts as progress_texts,
)
from bot.features.plan.progress.jobs import remind_of_round
from bot.features.plan.reading import (
    deliveries as plan_deliveries,
    reading as plan_reading,
    taking as plan_taking,
    texts as plan_texts,
)
from bot.features.problems.audit_log import handlers as history
from bot.features.problems.author_questions import (
    answering as inquiry_answers,
    asking as inquiries,
    deliveries as inquiry_deliveries,
    texts as inquiry_texts,
)
from bot.features.problems.desk import (
    bulk,
    deliveries as moderation_deliveries,
    hiding,
    media,
    muting,
    published,
    queue,
    texts as moderation_texts,
    verdicts,
)
from bot.features.problems.editing import handlers as wording, redacting, texts as wording_texts
from bot.features.problems.likeness_queries import prepare_likeness
from bot.features.problems.merging import handlers as merging, texts as merging_texts
from bot.features.problems.outcomes import (
    deliveries as outcome_deliveries,
    handlers as outcomes,
    solved,
    texts as outcome_texts,
)
from bot.features.problems.printouts import handlers as papers
from bot.features.problems.printouts.jobs import erase_declined_texts
from bot.features.problems.reporting import (
    browse,
    disclosing,
    links as problem_links,
    offered,
    report,
    similar,
    similar_texts,
    texts as problem_texts,
    typed,
)
from bot.features.problems.sharing import inline
from bot.features.problems.status_notices import deliveries as word_back_deliveries
from bot.features.residents.erasure import handlers as forgetting
from bot.features.residents.erasure.jobs import forget_memories
from bot.features.residents.fallback import handlers as stale
from bot.features.residents.first_visit import handlers as start, places
from bot.features.residents.first_visit.steps import go_on, next_screen
from bot.features.residents.invitations import (
    deliveries as role_deliveries,
    handlers as roles,
    holders,
    texts as roles_texts,
)
from bot.features.residents.settings import handlers as preferences
from bot.features.votes.ballot import about_me, ballots, texts as voting_texts
from bot.features.votes.ballot_erasure.jobs import cut_at_night
from bot.features.votes.disputes import handlers as disputes
from bot.features.votes.paper_votes import entering, filling, listing as gatherings, texts as gathering_texts
from bot.features.votes.population import handlers as population
from bot.features.votes.ranking_files import handlers as ranking, texts as ranking_texts
from bot.features.votes.results import handlers as results, texts as result_texts
from bot.features.votes.rounds import (
    deliveries as voting_deliveries,
    publishing,
    rounds,
    texts as round_texts,
    turnout,
)
from bot.features.votes.rounds.jobs import close_due_rounds, publish_overdue_results, remind_unfinished
from bot.features.votes.rounds.missed import tell_of_missed_presses
from bot.features.votes.shortlist import shortlist, shortlist_texts
from bot.features.votes.tie_breaks import handlers as ties, texts as tie_texts
from bot.features.votes.voter_villages import deliveries as voter_deliveries, handlers as voters
from bot.i18n import load_catalogues
from bot.settings import Settings
from bot.telegram import texts as telegram_texts
from bot.telegram.commands import register_commands, register_own_commands, trouble_of
from bot.telegram.delivery import Courier, Renderer, Rhythm
from bot.telegram.errors import Answering, Wording, passes
from bot.telegram.first_call import insist
from bot.telegram.health import Health
from bot.telegram.inbox import Inbox
from bot.telegram.middlewares import Settled, Visit
from bot.telegram.ownership import claim_webhook
from bot.telegram.polling import Poller
from bot.telegram.prompts import Prompts
from bot.telegram.pulse import Pulse
from bot.telegram.session import Session
from bot.telegram.standing import Standing
from bot.telegram.traffic import Traffic
from bot.telegram.webhook import PATH, Watch, served, webhook_app
from bot.workplaces import show_workplace

log = structlog.get_logger()
WORDED_IN = (
    telegram_texts,
    problem_texts,
    similar_texts,
    voting_texts,
    round_texts,
    shortlist_texts,
    moderation_texts,
    wording_texts,
    merging_texts,
    outcome_texts,
    inquiry_texts,
    roles_texts,
    ranking_texts,
    result_texts,
    gathering_texts,
    tie_texts,
    announcing_texts,
    question_texts,
    plan_texts,
    planning_texts,
    progress_texts,
    learning_texts,
)
WORDING: Wording = {refusal: words for texts in WORDED_IN for refusal, words in texts.REFUSALS.items()}
RENDERERS: Mapping[str, Renderer] = {
    **word_back_deliveries.RENDERERS,
    **outcome_deliveries.RENDERERS,
    **moderation_deliveries.RENDERERS,
    **inquiry_deliveries.RENDERERS,
    **voting_deliveries.RENDERERS,
    **voter_deliveries.RENDERERS,
    **office_deliveries.RENDERERS,
    **role_deliveries.RENDERERS,
    **hearing_deliveries.RENDERERS,
    **question_deliveries.RENDERERS,
    **plan_deliveries.RENDERERS,
    **progress_deliveries.RENDERERS,
    **document_deliveries.RENDERERS,
}
# Open to everybody, in the order they are asked; an invitation and a link are more precise /starts.
OPEN_TO_ALL = (
    roles.router,
    hearing_links.router,
    problem_links.router,
    start.router,
    places.router,
    inline.router,
)
# The questions whose answers are typed or sent, by what is awaited.
PROMPTS: Prompts = {
    **similar.PROMPTS,
    **browse.PROMPTS,
    **verdicts.PROMPTS,
    **published.PROMPTS,
    **hiding.PROMPTS,
    **wording.PROMPTS,
    **redacting.PROMPTS,
    **merging.PROMPTS,
    **outcomes.PROMPTS,
    **solved.PROMPTS,
    **inquiries.PROMPTS,
    **inquiry_answers.PROMPTS,
    **rounds.PROMPTS,
    **shortlist.PROMPTS,
    **ties.PROMPTS,
    **gatherings.PROMPTS,
    **entering.PROMPTS,
    **filling.PROMPTS,
    **population.PROMPTS,
    **typing.PROMPTS,
    **confirming.PROMPTS,
    **asking.PROMPTS,
    **answering.PROMPTS,
    **record.PROMPTS,
    **plan_reading.PROMPTS,
    **plan_importing.PROMPTS,
    **plan_drafting.PROMPTS,
    **plan_adopting.PROMPTS,
    **answers.PROMPTS,
    **progress.PROMPTS,
    **checking.PROMPTS,
    **documents.PROMPTS,
    **learning.PROMPTS,
}
STANDING = Standing(PROMPTS, offered.find_offer, next_screen)
# Asked before all others: on the days of a vote most taps are votes, and each filter passed costs time.
BUSIEST = (ballots.router, about_me.router)
# For settled residents only. What nobody asked for is offered as a problem after all of them.
FOR_RESIDENTS = (
    report.router,
    disclosing.router,
    typed.router,
    offered.router,
    similar.router,
    browse.router,
    hearings.router,
    queue.router,
    verdicts.router,
    published.router,
    hiding.router,
    media.router,
    bulk.router,
    muting.router,
    redacting.router,
    wording.router,
    history.router,
    merging.router,
    outcomes.router,
    solved.router,
    inquiries.router,
    inquiry_answers.router,
    rounds.router,
    turnout.router,
    shortlist.router,
    publishing.router,
    voters.router,
    ties.router,
    gatherings.router,
    entering.router,
    filling.router,
    results.router,
    disputes.router,
    ranking.router,
    papers.router,
    population.router,
    office.router,
    chats.router,
    holders.router,
    drafting.router,
    announcing_answers.router,
    typing.router,
    confirming.router,
    asking.router,
    reading.router,
    answering.router,
    screening.router,
    printing.router,
    record.router,
    plan_reading.router,
    plan_taking.router,
    plan_importing.router,
    plan_drafting.router,
    plan_adopting.router,
    answers.router,
    progress.router,
    checking.router,
    documents.router,
    learning.router,
    dispatch.router,
    preferences.router,
    forgetting.router,
    offered.unasked,
)
ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "channel_post",
]
CLOSING_SECONDS = 15.0
REMINDING_SECONDS = 20.0
PRUNING_SECONDS = 3600.0
PROGRESS_SECONDS = 2.0
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
    show_progress: Callable[[], Awaitable[object]]
    hashes: NumberHashes


def create_bot(settings: Settings, token: str) -> Bot:
    return Bot(
        token,
        session=Session(TelegramAPIServer.from_base(settings.api_url)),
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )


def create_app(settings: Settings, database: Database, bot: Bot) -> App:
    load_catalogues()
    hashes = number_hashes(settings, bot)
    inbox = Inbox(bot, create_dispatcher(), database, {"settings": settings, "hashes": hashes})
    pulse = Pulse(database, tell_of_missed_presses)
    traffic = Traffic(settings.messages_per_second)
    bot.session.middleware(traffic)
    rhythm = Rhythm.of(settings)
    courier = Courier(bot, database, RENDERERS, rhythm, traffic)
    progress = partial(show_progress, bot, database, rhythm, traffic)
    return App(settings, database, bot, inbox, pulse, courier, progress, hashes)


def number_hashes(settings: Settings, bot: Bot) -> NumberHashes:
    """Keyed by a setting of their own, or else by the token, which is in no backup of the database either."""
    return NumberHashes(settings.hash_key.get_secret_value() if settings.hash_key else bot.token)


@cache
def create_dispatcher() -> Dispatcher:
    """All features in their order. It holds no state: settings and database travel with each update."""
    # aiogram's own conversation state is off: ours is a column read together with the resident.
    dispatcher = Dispatcher(
        disable_fsm=True,
        show_home=go_on,
        show_linked=problem_links.show_linked,
        show_workplace=show_workplace,
    )
    dispatcher.update.outer_middleware(Visit())
    for observer in (
        dispatcher.message,
        dispatcher.callback_query,
        dispatcher.edited_message,
        dispatcher.inline_query,
    ):
        observer.outer_middleware(Answering(WORDING, STANDING))
    for router in (*BUSIEST, *FOR_RESIDENTS):
        router.message.middleware(Settled())
        router.callback_query.middleware(Settled())
    dispatcher.include_routers(*BUSIEST, chats.in_chats, *OPEN_TO_ALL, *FOR_RESIDENTS, stale.router)
    return dispatcher


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
            for seconds, job in (*_jobs_of_votes(app), *_other_jobs(app)):
                tasks.create_task(_every(seconds, job))
            tasks.create_task(_until_done(partial(introduce, app.bot, app.database)))
            tasks.create_task(_until_done(partial(prepare_likeness, app.database)))
            tasks.create_task(_take_updates(app, take_over=take_over))
    finally:
        await app.bot.session.close()
        await app.database.close()


def _jobs_of_votes(app: App) -> list[tuple[float, Callable[[], Awaitable[object]]]]:
    database, days = app.database, app.settings.counting_days
    publish = partial(publish_overdue_results, database, days, app.settings.words_back_per_day)
    return [
        (CLOSING_SECONDS, partial(close_due_rounds, database, days)),
        (REMINDING_SECONDS, partial(remind_unfinished, database)),
        (PRUNING_SECONDS, publish),
        (PRUNING_SECONDS, partial(cut_at_night, database, app.hashes, app.settings.ballots_kept_days)),
    ]


def _other_jobs(app: App) -> list[tuple[float, Callable[[], Awaitable[object]]]]:
    return [
        (REMINDING_SECONDS, partial(remind, app.database)),
        (PRUNING_SECONDS, partial(remind_of_round, app.database)),
        (PRUNING_SECONDS, app.inbox.forget_old),
        (PRUNING_SECONDS, partial(erase_declined_texts, app.database, app.settings.declined_text_days)),
        (PRUNING_SECONDS, partial(leave_unlinked, app.bot, app.database)),
        (PROGRESS_SECONDS, app.show_progress),
        (PRUNING_SECONDS, partial(forget_memories, app.database)),
        (SCRUBBING_SECONDS, app.database.scrub),
        (PRUNING_SECONDS, app.database.write_anew_at_night),
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
        await asyncio.sleep(CLOSING_SECONDS)


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
