"""What other capabilities may ask of hearings."""

from bot.features.hearings.hearing_queries import find_hearing
from bot.features.hearings.hearing_texts import kind as hearing_kind

__all__ = [
    "find_hearing",
    "hearing_kind",
]
