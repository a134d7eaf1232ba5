"""What the problems plug into the bot."""

from bot.features.problems.audit_log import handlers as audit_log
from bot.features.problems.author_questions import (
    answering as inquiry_answers,
    asking as inquiries,
    deliveries as inquiry_deliveries,
    texts as inquiry_texts,
)
from bot.features.problems.desk import (
    bulk,
    deliveries as desk_deliveries,
    hiding,
    media,
    muting,
    published,
    queue,
    texts as desk_texts,
    verdicts,
)
from bot.features.problems.editing import handlers as editing, redacting, texts as editing_texts
from bot.features.problems.likeness_queries import prepare_likeness
from bot.features.problems.merging import handlers as merging, texts as merging_texts
from bot.features.problems.outcomes import (
    author_confirmation,
    deliveries as outcome_deliveries,
    handlers as outcomes,
    texts as outcome_texts,
)
from bot.features.problems.printouts import handlers as printouts
from bot.features.problems.printouts.jobs import erase_declined_texts
from bot.features.problems.reporting import (
    browse,
    disclosing,
    links,
    offered,
    report,
    similar,
    similar_texts,
    texts as reporting_texts,
    typed,
)
from bot.features.problems.sharing import inline
from bot.features.problems.status_notices import deliveries as status_deliveries
from bot.telegram.feature import HOURLY, Feature, Parts


async def _erase(parts: Parts) -> None:
    await erase_declined_texts(parts.database, parts.settings.declined_text_days, parts.clock())


FEATURE = Feature(
    open_to_all=(links.router, inline.router),
    routers=(
        report.router,
        disclosing.router,
        typed.router,
        offered.router,
        similar.router,
        browse.router,
        queue.router,
        verdicts.router,
        published.router,
        hiding.router,
        media.router,
        bulk.router,
        muting.router,
        redacting.router,
        editing.router,
        audit_log.router,
        merging.router,
        outcomes.router,
        author_confirmation.router,
        inquiries.router,
        inquiry_answers.router,
        printouts.router,
    ),
    unasked=(offered.unasked,),
    refusals=(
        reporting_texts.REFUSALS,
        similar_texts.REFUSALS,
        desk_texts.REFUSALS,
        editing_texts.REFUSALS,
        merging_texts.REFUSALS,
        outcome_texts.REFUSALS,
        inquiry_texts.REFUSALS,
    ),
    notices=(
        status_deliveries.RENDERERS,
        outcome_deliveries.RENDERERS,
        desk_deliveries.RENDERERS,
        inquiry_deliveries.RENDERERS,
    ),
    prompts=(
        similar.PROMPTS,
        browse.PROMPTS,
        verdicts.PROMPTS,
        published.PROMPTS,
        hiding.PROMPTS,
        editing.PROMPTS,
        redacting.PROMPTS,
        merging.PROMPTS,
        outcomes.PROMPTS,
        author_confirmation.PROMPTS,
        inquiries.PROMPTS,
        inquiry_answers.PROMPTS,
    ),
    jobs=((HOURLY, _erase),),
    preparations=(lambda parts: prepare_likeness(parts.database),),
)
