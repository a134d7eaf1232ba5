"""What residents are told of the plan without asking."""

from collections.abc import Mapping
from typing import Any

from bot.domain.plan_changes import ChangeKind
from bot.features.plan.reading import notice_texts as texts
from bot.features.plan.reading.callbacks import OpenPlan, OpenPlanOf, ShowChanges
from bot.features.problems.reporting.callbacks import BrowseProblems
from bot.telegram.navigation import fewer_button
from bot.telegram.screen import Row, Screen, button


def heard_adopted(facts: Mapping[str, Any]) -> Screen:
    words = texts.heard_adopted(facts, facts["measures"], facts["cost"])
    return Screen(words, [_read(facts), _fewer()])


def heard_discussed(facts: Mapping[str, Any]) -> Screen:
    read: Row = [button(texts.read_draft(), OpenPlanOf(version_id=facts["version_id"]))]
    return Screen(texts.heard_discussed(facts), [read, _fewer()])


def heard_amended(facts: Mapping[str, Any]) -> Screen:
    changed = [(ChangeKind(kind), number, title) for kind, number, title in facts["changes"]]
    all_of_it: Row = [button(texts.what_changed(), ShowChanges(version_id=facts["version_id"], page=0))]
    return Screen(texts.heard_amended(facts, changed, facts["count"]), [all_of_it, _read(facts), _fewer()])


def heard_answered(facts: Mapping[str, Any]) -> Screen:
    rows: list[Row] = [
        [button(texts.read_plan(), OpenPlan())],
        [button(texts.all_problems(), BrowseProblems(village_id=0, topic_id=0, page=0))],
    ]
    return Screen(texts.heard_answered(facts["items"], facts["count"]), [*rows, _fewer()])


def _read(facts: Mapping[str, Any]) -> Row:
    return [button(texts.read_plan(), OpenPlanOf(version_id=facts["version_id"]))]


def _fewer() -> Row:
    return [fewer_button()]
