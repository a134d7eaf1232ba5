"""What the plan plugs into the bot."""

from bot.features.plan.documents import deliveries as document_deliveries, handlers as documents
from bot.features.plan.drafting import adopting, drafting, importing, texts as drafting_texts
from bot.features.plan.guide import handlers as guide, texts as guide_texts
from bot.features.plan.problem_links import handlers as problem_links
from bot.features.plan.progress import (
    checking,
    deliveries as progress_deliveries,
    handlers as progress,
    texts as progress_texts,
)
from bot.features.plan.progress.jobs import remind_of_round
from bot.features.plan.reading import (
    deliveries as plan_deliveries,
    downloads,
    reading,
    texts as reading_texts,
)
from bot.telegram.feature import HOURLY, Feature

FEATURE = Feature(
    routers=(
        reading.router,
        downloads.router,
        importing.router,
        drafting.router,
        adopting.router,
        problem_links.router,
        progress.router,
        checking.router,
        documents.router,
        guide.router,
    ),
    refusals=(
        reading_texts.REFUSALS,
        drafting_texts.REFUSALS,
        progress_texts.REFUSALS,
        guide_texts.REFUSALS,
    ),
    notices=(plan_deliveries.RENDERERS, progress_deliveries.RENDERERS, document_deliveries.RENDERERS),
    prompts=(
        reading.PROMPTS,
        importing.PROMPTS,
        drafting.PROMPTS,
        adopting.PROMPTS,
        problem_links.PROMPTS,
        progress.PROMPTS,
        checking.PROMPTS,
        documents.PROMPTS,
        guide.PROMPTS,
    ),
    jobs=((HOURLY, lambda parts: remind_of_round(parts.database, parts.clock())),),
)
