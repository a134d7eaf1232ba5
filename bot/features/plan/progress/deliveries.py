"""What followers and officers hear of how far the measures are."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.plan import PlanNotice
from bot.features.plan.progress import screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    PlanNotice.NEWS: screens.heard_news,
    PlanNotice.CONTRADICTED: screens.heard_contradicted,
    PlanNotice.ROUND: screens.heard_round,
}
