"""The files and places of a problem, and one of them below which it can be taken out."""

from collections.abc import Sequence

from bot.features.problems.desk import media_texts as texts
from bot.features.problems.desk.callbacks import ListMedia, RemoveMedia, SeeMedia, ShowDeskProblem
from bot.features.problems.desk.media_queries import Kept
from bot.features.problems.problem_queries import ProblemCard
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Screen, button, stacked

MOST_LISTED = 8


def listed(problem: ProblemCard, kept: Sequence[Kept]) -> Screen:
    """The first of them; the others come up as these are taken out."""
    look = [
        button(texts.look_at(place, each), SeeMedia(problem_id=problem.id, attachment_id=each.id))
        for place, each in enumerate(kept[:MOST_LISTED], 1)
    ]
    back = button(common.back(), ShowDeskProblem(problem_id=problem.id))
    return Screen(texts.listed(problem, len(kept)), [*stacked(look), [back, home_button()]])


def seen(problem: ProblemCard, place: int, kept: Kept) -> Screen:
    remove = RemoveMedia(problem_id=problem.id, attachment_id=kept.id)
    back = button(common.back(), ListMedia(problem_id=problem.id))
    return Screen(
        texts.seen(problem, place, kept),
        [[back, home_button()], [button(texts.remove(), remove)]],
    )
