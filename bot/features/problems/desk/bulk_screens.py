"""Declining several waiting reports at once."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.problem import DeclineReason
from bot.features.problems.desk import bulk_texts as texts
from bot.features.problems.desk.bulk_queries import MarkablePage, Marked, digest
from bot.features.problems.desk.callbacks import (
    AskSureMarked,
    AskWhyMarked,
    ClearMarks,
    DeclineMarked,
    ListToMark,
    MarkReport,
    OpenDeskOf,
)
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked


def to_mark(municipality_id: int, found: MarkablePage, lost: Sequence[Marked] = ()) -> Screen:
    """A page of what waits; `lost` are those of the marked ones that nobody can decline here any more."""
    marks = [
        button(
            texts.choice(each), MarkReport(problem_id=each.id, page=found.page.number, on=not each.is_marked)
        )
        for each in found.lines
    ]
    turn = pager(found.page, lambda page: ListToMark(municipality_id=municipality_id, page=page))
    act: list[Row] = []
    if found.marked:
        decline = AskWhyMarked(municipality_id=municipality_id)
        act.append([button(texts.decline_marked(found.marked), decline)])
        act.append([button(texts.clear(), ClearMarks(municipality_id=municipality_id))])
    words = [*([texts.lost(lost)] if lost else []), texts.to_mark(found)]
    return Screen(Markup("\n\n").join(words), [*stacked(marks), turn, *act, _to_desk(municipality_id)])


def why(municipality_id: int, marked: int) -> Screen:
    reasons = [
        button(texts.reason_button(reason), AskSureMarked(municipality_id=municipality_id, reason=reason))
        for reason in DeclineReason
        if reason is not DeclineReason.OWN_WORDS
    ]
    return Screen(texts.why(marked), [*stacked(reasons, 2), _back(municipality_id)])


def sure(municipality_id: int, reason: DeclineReason, marked: Sequence[Marked]) -> Screen:
    decline = DeclineMarked(municipality_id=municipality_id, reason=reason, marks=digest(marked))
    return Screen(
        texts.sure(marked, reason),
        [_back(municipality_id), [button(texts.yes_decline(len(marked)), decline)]],
    )


def declined(municipality_id: int, count: int) -> Screen:
    more = button(texts.decline_several(), ListToMark(municipality_id=municipality_id, page=0))
    return Screen(texts.declined(count), [[more], _to_desk(municipality_id)])


def _back(municipality_id: int) -> Row:
    return [
        button(common.back(), ListToMark(municipality_id=municipality_id, page=0)),
        button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id)),
    ]


def _to_desk(municipality_id: int) -> Row:
    return [button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))]
