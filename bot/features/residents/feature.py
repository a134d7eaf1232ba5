"""What the residents plug into the bot."""

from bot.features.residents.erasure import handlers as erasure
from bot.features.residents.erasure.jobs import forget_memories
from bot.features.residents.fallback import handlers as fallback
from bot.features.residents.first_visit import handlers as first_visit, places
from bot.features.residents.invitations import (
    deliveries as role_deliveries,
    handlers as invitations,
    holders,
    texts as role_texts,
)
from bot.features.residents.settings import handlers as settings, language
from bot.telegram.feature import HOURLY, Feature

FEATURE = Feature(
    # An invitation is a more precise /start.
    open_to_all=(invitations.router, first_visit.router, language.router, places.router),
    routers=(holders.router, settings.router, erasure.router),
    fallback=(fallback.router,),
    refusals=(role_texts.REFUSALS,),
    notices=(role_deliveries.RENDERERS,),
    jobs=((HOURLY, lambda parts: forget_memories(parts.database, parts.clock())),),
)
