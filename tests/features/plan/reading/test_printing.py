"""What stands on the pictures and on the paper of a plan."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from bot.domain.plan import MeasureStatus, PlannedProblem, PlanText, Resolution
from bot.features.plan.plan_queries import Share
from bot.features.plan.reading import print_texts, printing
from bot.features.plan.reading.queries import Whole
from bot.i18n import LANGUAGES, speaking
from bot.prints.paper import fill, pictures
from tests.samples.data import TOPIC_LIST, TWELVE_VILLAGES, WILD
from tests.samples.plans import FULL, MEASURE, TODAY, WIDE, WIDE_MEASURE, WIDE_PROBLEM

MEASURES = tuple(
    replace(MEASURE, number=number, due_on=date(2026, number % 12 + 1, 28)) for number in range(1, 121)
)
TEXT = PlanText(
    "БАП",
    "ky",
    2026,
    2027,
    (
        PlannedProblem(1, TOPIC_LIST[0].id, "Көпүрө", measures=MEASURES),
        replace(WIDE_PROBLEM, measures=(WIDE_MEASURE,)),
    ),
)
STATUSES = list(MeasureStatus)
PROGRESS = MappingProxyType({each.number: (STATUSES[each.number % 4], None) for each in MEASURES})
WHOLE = Whole(replace(WIDE, title="БАП", resolution=Resolution("1", TODAY, WILD)), TEXT, FULL, PROGRESS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_shows_each_measure_in_the_month_of_its_term(language: str) -> None:
    with speaking(language):
        data = printing.year_data(WHOLE, TODAY)
        [months] = data["pages"]
        assert len(months) == 12
        assert [len(each["items"]) for each in months] == [10] * 12
        assert [each["now"] for each in months].index(True) == TODAY.month - 1
        states = {item["state"] for each in months for item in each["items"]}
        assert states == {"done", "doing", "planned", "late", "not_done"}
    assert len(pictures("plan_year", data, 72)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_shows_a_bar_for_each_direction(language: str) -> None:
    shares = [Share(topic, 120, 30, 7) for topic in TOPIC_LIST]
    with speaking(language):
        data = printing.progress_data(WHOLE, shares)
    assert data["bars"][0]["done"] == 30 / 120
    assert data["bars"][0]["doing"] == 30 / 120
    assert len(pictures("plan_progress", data, 72)) == -(-len(shares) // printing.BARS_A_PAGE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_holds_every_measure_with_how_far_it_is(language: str) -> None:
    with speaking(language):
        data = printing.paper_data(WHOLE, TOPIC_LIST, TWELVE_VILLAGES, TODAY)
        done = print_texts.state("done")
    [direction] = data["directions"]
    assert [len(problem["measures"]) for problem in direction["problems"]] == [120, 1]
    third = direction["problems"][0]["measures"][1]
    assert third[0] == "2"
    assert third[-1].lower() == done
    assert fill("plan_paper", data).startswith(b"%PDF")
