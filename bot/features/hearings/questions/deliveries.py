"""What askers, followers and officers are told without asking."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.hearing import HearingNotice
from bot.features.hearings.questions import answer_screens, screening_screens
from bot.features.hearings.questions.telling import ASKED
from bot.features.hearings.questions.telling_authors import HIDDEN, SHOWN
from bot.telegram.screen import Screen

RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    ASKED: answer_screens.heard_asked,
    HIDDEN: screening_screens.heard_hidden,
    SHOWN: screening_screens.heard_shown,
    HearingNotice.ANSWERED: answer_screens.heard_answer,
}
