"""What the hearings plug into the bot."""

from bot.features.hearings.announcing import (
    button_answers,
    confirming,
    drafting,
    texts as announcing_texts,
    typed_answers,
)
from bot.features.hearings.delivery_report import handlers as delivery_report
from bot.features.hearings.delivery_report.jobs import show_progress
from bot.features.hearings.minutes import (
    deliveries as minutes_deliveries,
    handlers as record,
)
from bot.features.hearings.notices import deliveries as hearing_deliveries, handlers as notices, links
from bot.features.hearings.notices.jobs import remind
from bot.features.hearings.officer_home import (
    chats,
    deliveries as office_deliveries,
    handlers as officer_home,
)
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
from bot.telegram.feature import HOURLY, Feature

PROGRESS_SECONDS = 2.0
REMINDING_SECONDS = 20.0


FEATURE = Feature(
    open_to_all=(links.router,),
    in_chats=(chats.in_chats,),
    routers=(
        notices.router,
        officer_home.router,
        chats.router,
        drafting.router,
        button_answers.router,
        typed_answers.router,
        confirming.router,
        asking.router,
        reading.router,
        answering.router,
        screening.router,
        printing.router,
        record.router,
        delivery_report.router,
    ),
    refusals=(announcing_texts.REFUSALS, question_texts.REFUSALS),
    notices=(
        office_deliveries.RENDERERS,
        hearing_deliveries.RENDERERS,
        question_deliveries.RENDERERS,
        minutes_deliveries.RENDERERS,
    ),
    prompts=(typed_answers.PROMPTS, confirming.PROMPTS, asking.PROMPTS, answering.PROMPTS, record.PROMPTS),
    jobs=(
        (PROGRESS_SECONDS, lambda parts: show_progress(parts, parts.clock())),
        (REMINDING_SECONDS, lambda parts: remind(parts.database, parts.clock())),
        (HOURLY, lambda parts: leave_unlinked(parts.bot, parts.database, parts.clock())),
    ),
)
