"""What differs between two versions of a plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.plan import OF_MEASURE, OF_PROBLEM, Column, Measure, Part, PlannedProblem, PlanText


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one problem or measure from one version to the next.

    `parts` are the columns that differ, each with its words before and after.
    """

    kind: ChangeKind
    is_measure: bool
    number: int
    title: str
    parts: Mapping[Part, tuple[str, str]] = field(default_factory=dict)


def changes(before: PlanText, after: PlanText) -> list[Change]:
    """Item by item, in the order of the new version; what was taken out comes last."""
    return [
        *_compared(_problems(before), _problems(after), OF_PROBLEM, is_measure=False),
        *_compared(_measures(before), _measures(after), OF_MEASURE, is_measure=True),
    ]


def _problems(plan: PlanText) -> dict[int, PlannedProblem]:
    return {each.number: each for each in plan.problems}


def _measures(plan: PlanText) -> dict[int, Measure]:
    return {measure.number: measure for _problem, measure in plan.measures()}


def _compared(
    before: Mapping[int, PlannedProblem | Measure],
    after: Mapping[int, PlannedProblem | Measure],
    columns: Iterable[Column],
    *,
    is_measure: bool,
) -> Iterator[Change]:
    for number, now in after.items():
        old = before.get(number)
        if old is None:
            yield Change(ChangeKind.ADDED, is_measure, number, now.title)
        elif different := _different(old, now, columns):
            yield Change(ChangeKind.CHANGED, is_measure, number, now.title, different)
    for number, old in before.items():
        if number not in after:
            yield Change(ChangeKind.REMOVED, is_measure, number, old.title)


def _different(
    before: PlannedProblem | Measure, after: PlannedProblem | Measure, columns: Iterable[Column]
) -> dict[Part, tuple[str, str]]:
    pairs = {each.part: (_written(before, each.field), _written(after, each.field)) for each in columns}
    return {part: pair for part, pair in pairs.items() if pair[0] != pair[1]}


def _written(item: PlannedProblem | Measure, name: str) -> str:
    value = getattr(item, name)
    if value is None:
        return ""
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
