"""The table of the plan's columns says of each what the plan itself says."""

from dataclasses import fields
from datetime import date
from types import UnionType
from typing import Any

import pytest

from bot.domain.plan import (
    COLUMNS,
    OF_MEASURE,
    OF_PROBLEM,
    Column,
    Funding,
    Kind,
    Measure,
    Part,
    PlannedProblem,
    PlanText,
)
from bot.domain.plan_changes import changes

FIELDS = [(each, PlannedProblem) for each in OF_PROBLEM] + [(each, Measure) for each in OF_MEASURE]
TYPES: dict[Kind, type | UnionType] = {Kind.WORDS: str, Kind.SUM: int | None}
# Of an item, what no column tells by itself: the last day of the term, the kind of the source, the measures.
TOLD_BESIDE = {"due_on", "funding", "measures"}


def test_every_part_has_one_column_in_the_order_of_the_spreadsheet() -> None:
    assert [each.part for each in COLUMNS] == list(Part)


@pytest.mark.parametrize(("column", "item"), FIELDS, ids=[each.part for each in COLUMNS])
def test_what_a_column_holds_is_what_its_item_keeps(column: Column, item: type) -> None:
    kept = item.__annotations__[column.field]
    assert column.kind is Kind.OWN or kept == TYPES[column.kind]


@pytest.mark.parametrize(("columns", "item"), [(OF_PROBLEM, PlannedProblem), (OF_MEASURE, Measure)])
def test_all_that_an_item_keeps_stands_in_a_column(columns: tuple[Column, ...], item: type) -> None:
    names = {each.name for each in fields(item)}
    assert names - TOLD_BESIDE == {each.field for each in columns}


def test_a_change_of_any_column_is_told_by_its_part() -> None:
    before = PlannedProblem(1, 1, "p", measures=(Measure(1, "m"),))
    cells: dict[str, Any] = {each.field: 5 if each.kind is Kind.SUM else "x" for each in OF_MEASURE[1:]}
    measure = Measure(number=1, due_on=date(2026, 1, 1), funding=Funding.OTHER, **cells)
    after = PlannedProblem(
        number=1,
        topic_id=2,
        villages=(3,),
        reported=(4,),
        measures=(measure,),
        **{each.field: "x" for each in OF_PROBLEM if each.kind is not Kind.OWN},
    )
    [of_problem, of_measure] = changes(_plan(before), _plan(after))
    assert list(of_problem.parts) == [each.part for each in OF_PROBLEM[1:]]
    assert list(of_measure.parts) == [each.part for each in OF_MEASURE[1:]]


def _plan(problem: PlannedProblem) -> PlanText:
    return PlanText("t", "ky", 2026, 2027, (problem,))
