"""What those who follow the documents hear."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.plan import PlanNotice
from bot.features.plan.documents import screens
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {PlanNotice.DOCUMENT: screens.heard_document}
