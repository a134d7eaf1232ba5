"""The year of planning and budget, as it usually goes. It is practice, not law: every date can be changed."""

from enum import StrEnum

from bot.domain.dates import Asked, read
from bot.domain.refusals import DateNotUnderstood, DaysNotUnderstood


class YearStep(StrEnum):
    """In the order of a year that begins in autumn."""

    NEEDS = "needs"
    VOTE = "vote"
    GATHERING = "gathering"
    PLAN = "plan"
    DRAFT_BUDGET = "draft_budget"
    BUDGET = "budget"
    GRANTS = "grants"
    REPORT = "report"


# The first and the last day of each step, as MMDD.
USUAL: dict[YearStep, tuple[int, int]] = {
    YearStep.NEEDS: (901, 1015),
    YearStep.VOTE: (1001, 1031),
    YearStep.GATHERING: (1015, 1130),
    YearStep.PLAN: (1115, 1215),
    YearStep.DRAFT_BUDGET: (1115, 1210),
    YearStep.BUDGET: (1201, 1231),
    YearStep.GRANTS: (115, 315),
    YearStep.REPORT: (115, 331),
}


def read_days(typed: str, asked: Asked) -> tuple[int, int]:
    """Read "15.10 - 30.11" as 1015 and 1130; one day alone is the first and the last."""
    try:
        found = read(typed, asked)
    except DateNotUnderstood as error:
        raise DaysNotUnderstood from error
    if not 1 <= len(found.days) <= 2 or found.at is not None or found.has_limit:
        raise DaysNotUnderstood
    first, last = (day.month * 100 + day.day for day in (found.days[0], found.days[-1]))
    return first, last
