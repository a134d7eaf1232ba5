"""The composition root: what the bot is made of, in which order features are asked, what runs beside."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError
from sqlalchemy import delete

from bot.db.likeness_queries import prepare_likeness
from bot.db.models import SeenUpdate
from bot.db.queries import list_staff
from bot.db.session import Database
from bot.features.announcing import answering as announcing_answers
from bot.features.announcing import confirming, drafting, typing
from bot.features.announcing import texts as announcing_texts
from bot.features.answers import handlers as answers
from bot.features.dispatch import handlers as dispatch
from bot.features.dispatch.jobs import show_progress
from bot.features.documents import deliveries as document_deliveries
from bot.features.documents import handlers as documents
from bot.features.forgetting import handlers as forgetting
from bot.features.gatherings import entering, filling
from bot.features.gatherings import listing as gatherings
from bot.features.gatherings import texts as gathering_texts
from bot.features.hearings import deliveries as hearing_deliveries
from bot.features.hearings import handlers as hearings
from bot.features.hearings import links as hearing_links
from bot.features.hearings.jobs import remind
from bot.features.history import handlers as history
from bot.features.inquiries import answering as inquiry_answers
from bot.features.inquiries import asking as inquiries
from bot.features.inquiries import deliveries as inquiry_deliveries
from bot.features.inquiries import texts as inquiry_texts
from bot.features.learning import handlers as learning
from bot.features.learning import texts as learning_texts
from bot.features.merging import handlers as merging
from bot.features.merging import texts as merging_texts
from bot.features.moderation import published, queue, verdicts
from bot.features.moderation import texts as moderation_texts
from bot.features.office import chats
from bot.features.office import deliveries as office_deliveries
from bot.features.office import handlers as office
from bot.features.outcomes import deliveries as outcome_deliveries
from bot.features.outcomes import handlers as outcomes
from bot.features.outcomes import solved
from bot.features.outcomes import texts as outcome_texts
from bot.features.papers import handlers as papers
from bot.features.plan import deliveries as plan_deliveries
from bot.features.plan import reading as plan_reading
from bot.features.plan import taking as plan_taking
from bot.features.plan import texts as plan_texts
from bot.features.planning import adopting as plan_adopting
from bot.features.planning import drafting as plan_drafting
from bot.features.planning import importing as plan_importing
from bot.features.planning import texts as planning_texts
from bot.features.population import handlers as population
from bot.features.preferences import handlers as preferences
from bot.features.problems import browse, report, similar, similar_texts, typed
from bot.features.problems import links as problem_links
from bot.features.problems import texts as problem_texts
from bot.features.progress import checking
from bot.features.progress import deliveries as progress_deliveries
from bot.features.progress import handlers as progress
from bot.features.progress import texts as progress_texts
from bot.features.progress.jobs import remind_of_round
from bot.features.questions import answering, asking, printing, reading, record
from bot.features.questions import deliveries as question_deliveries
from bot.features.questions import texts as question_texts
from bot.features.ranking import handlers as ranking
from bot.features.ranking import texts as ranking_texts
from bot.features.results import handlers as results
from bot.features.results import texts as result_texts
from bot.features.roles import handlers as roles
from bot.features.roles import texts as roles_texts
from bot.features.sharing import inline
from bot.features.stale import handlers as stale
from bot.features.start import handlers as start
from bot.features.start import places
from bot.features.start.steps import go_on
from bot.features.ties import handlers as ties
from bot.features.ties import texts as tie_texts
from bot.features.voters import deliveries as voter_deliveries
from bot.features.voters import handlers as voters
from bot.features.voting import about_me, ballots, publishing, rounds, shortlist, turnout
from bot.features.voting import deliveries as voting_deliveries
from bot.features.voting import texts as voting_texts
from bot.features.voting.jobs import close_due_rounds, publish_overdue_results, remind_unfinished
from bot.features.word_back import deliveries as word_back_deliveries
from bot.features.wording import handlers as wording
from bot.features.wording import texts as wording_texts
from bot.i18n import load_catalogues
from bot.settings import Settings
from bot.telegram import texts as telegram_texts
from bot.telegram.commands import register_commands, register_own_commands
from bot.telegram.delivery import Courier, Renderer, Rhythm
from bot.telegram.errors import Answering, Wording
from bot.telegram.first_call import insist
from bot.telegram.inbox import Inbox
from bot.telegram.middlewares import Settled, Visit
from bot.telegram.polling import Poller
from bot.telegram.traffic import Traffic
from bot.telegram.webhook import PATH, served, webhook_app

log = structlog.get_logger()
WORDED_IN = (
    telegram_texts,
    problem_texts,
    similar_texts,
    voting_texts,
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
    **inquiry_deliveries.RENDERERS,
    **voting_deliveries.RENDERERS,
    **voter_deliveries.RENDERERS,
    **office_deliveries.RENDERERS,
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
# Asked before all others: on the days of a vote most taps are votes, and each filter passed costs time.
BUSIEST = (ballots.router, about_me.router)
# For settled residents only. What nobody asked for is offered as a problem after all of them.
FOR_RESIDENTS = (
    report.router,
    typed.router,
    similar.router,
    browse.router,
    hearings.router,
    queue.router,
    verdicts.router,
    published.router,
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
    ranking.router,
    papers.router,
    population.router,
    office.router,
    chats.router,
    drafting.router,
    announcing_answers.router,
    typing.router,
    confirming.router,
    asking.router,
    reading.router,
    answering.router,
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
    typed.unasked,
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
# Telegram offers an update for a day at most.
REMEMBERED = timedelta(days=3)


@dataclass(frozen=True)
class App:
    """The parts of a running bot."""

    settings: Settings
    database: Database
    bot: Bot
    inbox: Inbox
    courier: Courier
    show_progress: Callable[[], Awaitable[object]]


def create_bot(settings: Settings, token: str) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api_url))
    return Bot(
        token,
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True),
    )


def create_app(settings: Settings, database: Database, bot: Bot) -> App:
    load_catalogues()
    inbox = Inbox(bot, create_dispatcher(), {"settings": settings, "database": database})
    traffic = Traffic(settings.messages_per_second)
    bot.session.middleware(traffic)
    rhythm = Rhythm.of(settings)
    courier = Courier(bot, database, RENDERERS, rhythm, traffic)
    progress = partial(show_progress, bot, database, rhythm, traffic)
    return App(settings, database, bot, inbox, courier, progress)


@cache
def create_dispatcher() -> Dispatcher:
    """All features in their order. It holds no state: settings and database travel with each update."""
    # aiogram's own conversation state is off: ours is a column read together with the resident.
    dispatcher = Dispatcher(disable_fsm=True, show_home=go_on, show_linked=problem_links.show_linked)
    dispatcher.update.outer_middleware(Visit())
    for observer in (
        dispatcher.message,
        dispatcher.callback_query,
        dispatcher.edited_message,
        dispatcher.inline_query,
    ):
        observer.outer_middleware(Answering(WORDING))
    for router in (*BUSIEST, *FOR_RESIDENTS):
        router.message.middleware(Settled())
        router.callback_query.middleware(Settled())
    dispatcher.include_routers(*BUSIEST, chats.in_chats, *OPEN_TO_ALL, *FOR_RESIDENTS, stale.router)
    return dispatcher


async def run(app: App) -> None:
    """Take updates in and send deliveries until cancelled."""
    # What the imports made stays for good: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(app.courier.run())
            for seconds, job in _jobs_of_votes(app):
                tasks.create_task(_every(seconds, job))
            tasks.create_task(_every(REMINDING_SECONDS, partial(remind, app.database)))
            tasks.create_task(_every(PRUNING_SECONDS, partial(remind_of_round, app.database)))
            tasks.create_task(_every(PRUNING_SECONDS, partial(_forget_old_updates, app.database)))
            tasks.create_task(_every(PROGRESS_SECONDS, app.show_progress))
            tasks.create_task(introduce(app.bot, app.database))
            tasks.create_task(prepare_likeness(app.database))
            tasks.create_task(_take_updates(app))
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
    ]


async def _take_updates(app: App) -> None:
    settings = app.settings
    if settings.webhook_url and settings.webhook_secret:
        await _take_by_webhook(app, settings.webhook_url + PATH, settings.webhook_secret.get_secret_value())
    else:
        await insist(app.bot.delete_webhook)
        log.info("taking updates by long polling")
        await Poller(app.bot, app.inbox, ALLOWED_UPDATES).run()


async def _take_by_webhook(app: App, url: str, secret: str) -> None:
    """Serve first, and only then tell Telegram where."""
    host, port = app.settings.webhook_host, app.settings.webhook_port
    async with served(webhook_app(app.bot, app.inbox, secret), host, port):
        allowed = ALLOWED_UPDATES
        await insist(partial(app.bot.set_webhook, url, secret_token=secret, allowed_updates=allowed))
        log.info("taking updates by webhook", port=port)
        await asyncio.Event().wait()


async def introduce(bot: Bot, database: Database) -> None:
    """Set the menus: everybody's, and those of the staff, who have more to choose from.

    The menu is a nicety: the bot works without it until the next start.
    """
    async with database.read() as db:
        staff = await list_staff(db)
    try:
        await register_commands(bot)
        for person in staff:
            await register_own_commands(bot, person.telegram_id, person.language, person.roles)
    except TelegramAPIError as error:
        log.warning("a menu of commands could not be set", trouble=type(error).__name__)


async def _every(seconds: float, job: Callable[[], Awaitable[object]]) -> None:
    """Run a job again and again; one failure does not end the next round."""
    while True:
        try:
            await job()
        except Exception:
            log.exception("a job failed")
        await asyncio.sleep(seconds)


async def _forget_old_updates(database: Database) -> None:
    async with database.act() as db:
        await db.execute(delete(SeenUpdate).where(SeenUpdate.at < datetime.now(UTC) - REMEMBERED))
