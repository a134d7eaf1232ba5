"""What the votes plug into the bot."""

from bot.features.votes.ballot import (
    demographics,
    handlers as ballots,
    texts as ballot_texts,
)
from bot.features.votes.ballot_erasure.jobs import cut_at_night
from bot.features.votes.disputes import handlers as disputes
from bot.features.votes.paper_votes import entering, filling, listing, texts as paper_texts
from bot.features.votes.population import handlers as population
from bot.features.votes.ranking_files import handlers as ranking_files, texts as ranking_texts
from bot.features.votes.results import handlers as results, texts as result_texts
from bot.features.votes.rounds import (
    deliveries as round_deliveries,
    publishing,
    rounds,
    texts as round_texts,
    turnout,
)
from bot.features.votes.rounds.jobs import close_due_rounds, publish_overdue_results, remind_unfinished
from bot.features.votes.shortlist import (
    handlers as shortlist,
    texts as shortlist_texts,
)
from bot.features.votes.tie_breaks import handlers as tie_breaks, texts as tie_texts
from bot.features.votes.voter_villages import deliveries as village_deliveries, handlers as voter_villages
from bot.telegram.feature import HOURLY, Feature, Parts

CLOSING_SECONDS = 15.0
REMINDING_SECONDS = 20.0


async def _close(parts: Parts) -> None:
    await close_due_rounds(parts.database, parts.settings.counting_days, parts.clock())


async def _publish(parts: Parts) -> None:
    settings = parts.settings
    await publish_overdue_results(
        parts.database, settings.counting_days, settings.words_back_per_day, parts.clock()
    )


async def _cut(parts: Parts) -> None:
    await cut_at_night(parts.database, parts.hashes, parts.settings.ballots_kept_days, parts.clock())


FEATURE = Feature(
    # On the days of a vote most taps are votes.
    busiest=(ballots.router, demographics.router),
    routers=(
        rounds.router,
        turnout.router,
        shortlist.router,
        publishing.router,
        voter_villages.router,
        tie_breaks.router,
        listing.router,
        entering.router,
        filling.router,
        results.router,
        disputes.router,
        ranking_files.router,
        population.router,
    ),
    refusals=(
        ballot_texts.REFUSALS,
        round_texts.REFUSALS,
        shortlist_texts.REFUSALS,
        ranking_texts.REFUSALS,
        result_texts.REFUSALS,
        paper_texts.REFUSALS,
        tie_texts.REFUSALS,
    ),
    notices=(round_deliveries.RENDERERS, village_deliveries.RENDERERS),
    prompts=(
        rounds.PROMPTS,
        shortlist.PROMPTS,
        tie_breaks.PROMPTS,
        listing.PROMPTS,
        entering.PROMPTS,
        filling.PROMPTS,
        population.PROMPTS,
    ),
    jobs=(
        (CLOSING_SECONDS, _close),
        (REMINDING_SECONDS, lambda parts: remind_unfinished(parts.database, parts.clock())),
        (HOURLY, _publish),
        (HOURLY, _cut),
    ),
)
