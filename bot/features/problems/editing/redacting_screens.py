"""Which words are to be taken out of a problem."""

from collections.abc import Sequence

from bot.domain.personal import Found
from bot.features.problems.desk.callbacks import ShowDeskProblem
from bot.features.problems.editing import redacting_texts as texts
from bot.features.problems.editing.callbacks import AskRedaction, EditProblem, RedactFound
from bot.features.problems.editing.queries import Sheet
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.screen import Row, Screen, button


def ask_words(found: Sheet, personal: Sequence[Found]) -> Screen:
    """With one press for all `personal` data that were found in it."""
    own = found.card.id
    all_found: Row = [button(texts.take_out_found(), RedactFound(problem_id=own))] if personal else []
    back = button(common.back(), EditProblem(problem_id=own))
    return Screen(texts.ask_words(found.card, personal), [all_found, [back, home_button()]])


def taken_out(found: Sheet) -> Screen:
    own = found.card.id
    return Screen(
        texts.taken_out(found.card),
        [
            [button(texts.take_out_more(), AskRedaction(problem_id=own))],
            [button(texts.to_problem(), ShowDeskProblem(problem_id=own)), home_button()],
        ],
    )
