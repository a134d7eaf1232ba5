"""What residents hear of the plan, in their language."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.plan import PlanNotice
from bot.features.plan.reading import notice_screens as screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    PlanNotice.ADOPTED: screens.heard_adopted,
    PlanNotice.AMENDED: screens.heard_amended,
    PlanNotice.DISCUSSED: screens.heard_discussed,
    PlanNotice.ANSWERED: screens.heard_answered,
}
