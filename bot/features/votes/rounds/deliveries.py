"""What residents are told about a vote without asking."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.ballot import Stage
from bot.features.votes.rounds import notice_screens as screens
from bot.telegram.screen import Screen

OPENED, CLOSED, UNFINISHED, COUNTED = "vote.opened", "vote.closed", "vote.unfinished", "vote.counted"
NOT_HEARD = "vote.not_heard"


def opened_facts(
    round_id: int,
    picks: int,
    closes_at: datetime,
    stage: Stage = Stage.DECIDING,
    left_out_reason: str | None = None,
) -> dict[str, Any]:
    return {
        "round_id": round_id,
        "picks": picks,
        "closes_at": closes_at.isoformat(),
        "stage": stage,
        "left_out_reason": left_out_reason,
    }


def closed_facts(stage: Stage, result_by: datetime) -> dict[str, Any]:
    return {"stage": stage, "result_by": result_by.isoformat()}


def unfinished_facts(round_id: int, closes_at: datetime) -> dict[str, Any]:
    return {"round_id": round_id, "closes_at": closes_at.isoformat()}


def not_heard_facts(round_id: int, since: datetime, until: datetime) -> dict[str, Any]:
    return {"round_id": round_id, "since": since.isoformat(), "until": until.isoformat()}


def opened(facts: Mapping[str, Any]) -> Screen:
    # Those queued before there were stages name none.
    stage = Stage(facts.get("stage", Stage.DECIDING))
    closes_at = datetime.fromisoformat(facts["closes_at"])
    return screens.opened(facts["round_id"], stage, facts["picks"], closes_at, facts.get("left_out_reason"))


def closed(facts: Mapping[str, Any]) -> Screen:
    return screens.closed(Stage(facts["stage"]), datetime.fromisoformat(facts["result_by"]))


def unfinished(facts: Mapping[str, Any]) -> Screen:
    return screens.unfinished(facts["round_id"], datetime.fromisoformat(facts["closes_at"]))


def counted(facts: Mapping[str, Any]) -> Screen:
    return screens.counted(facts["round_id"])


def not_heard(facts: Mapping[str, Any]) -> Screen:
    since, until = (datetime.fromisoformat(facts[each]) for each in ("since", "until"))
    return screens.not_heard(facts["round_id"], since, until)


RENDERERS: dict[str, Callable[[Mapping[str, Any]], Screen]] = {
    OPENED: opened,
    CLOSED: closed,
    UNFINISHED: unfinished,
    COUNTED: counted,
    NOT_HEARD: not_heard,
}
