"""Muting the author of a problem, and what they hear of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.places import Name
from bot.domain.silence import SILENCE_DAYS, SilenceReason
from bot.features.problems.desk import muting_texts as texts
from bot.features.problems.desk.callbacks import AskHowLong, AskWhyMute, MuteAuthor, ShowDeskProblem
from bot.features.problems.problem_queries import ProblemCard
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Screen, button, stacked


def why_mute(problem: ProblemCard) -> Screen:
    reasons = [
        button(texts.reason_button(why), AskHowLong(problem_id=problem.id, why=why)) for why in SilenceReason
    ]
    back = button(common.back(), ShowDeskProblem(problem_id=problem.id))
    return Screen(texts.why_mute(problem), [*stacked(reasons), [back, home_button()]])


def how_long(problem: ProblemCard, why: SilenceReason) -> Screen:
    lengths = [
        button(texts.length(days), MuteAuthor(problem_id=problem.id, why=why, days=days))
        for days in SILENCE_DAYS
    ]
    back = button(common.back(), AskWhyMute(problem_id=problem.id))
    return Screen(texts.how_long(problem, why), [[back, home_button()], lengths])


def heard_muted(facts: Mapping[str, Any]) -> Screen:
    until, why = datetime.fromisoformat(facts["until"]), SilenceReason(facts["why"])
    words = texts.heard_muted(Name(facts["ky"], facts["ru"]), until, why)
    return Screen(words, [[home_button()]])


def heard_unmuted(facts: Mapping[str, Any]) -> Screen:
    return Screen(texts.heard_unmuted(Name(facts["ky"], facts["ru"])), [[home_button()]])
