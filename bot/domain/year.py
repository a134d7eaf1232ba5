"""The year of planning and budget, as it usually goes. It is practice, not law: every date can be changed."""

import re
from datetime import date
from enum import StrEnum

from bot.domain.refusals import DaysNotUnderstood


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
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})")
# Has a 29th of February.
_LEAP_YEAR = 2024


def read_days(typed: str) -> tuple[int, int]:
    """Read "15.10 - 30.11" as 1015 and 1130; one day alone is the first and the last."""
    found = _DAY.findall(typed)
    if not 1 <= len(found) <= 2:
        raise DaysNotUnderstood
    days = []
    for day, month in found:
        try:
            date(_LEAP_YEAR, int(month), int(day))
        except ValueError as error:
            raise DaysNotUnderstood from error
        days.append(int(month) * 100 + int(day))
    return days[0], days[-1]
