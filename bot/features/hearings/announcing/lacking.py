"""What a draft still lacks."""

from bot.domain.hearing_draft import REQUIRED, Step
from bot.features.hearings.hearing_queries import HearingCard


def lacking_lines(draft: HearingCard) -> list[Step]:
    """The questions without whose answers it cannot be announced."""
    has: dict[Step, object] = {
        Step.KIND: draft.kind,
        Step.TOPIC: draft.topic.languages,
        Step.DAY: draft.starts_at,
        Step.TIME: draft.starts_at,
        Step.PLACE: draft.place,
    }
    return [step for step in REQUIRED if not has[step]]
