"""A problem as a facilitator fills it in, and one question at a time."""

from collections.abc import Sequence

from bot.domain.moderation import Line
from bot.domain.paging import page_of
from bot.domain.places import Topic, Village
from bot.features.problems import card_texts as cards, privacy_texts
from bot.features.problems.desk.callbacks import ShowDeskProblem
from bot.features.problems.editing import texts
from bot.features.problems.editing.callbacks import (
    AskRedaction,
    ChangeTopic,
    ChangeVillage,
    EditProblem,
    SetCompetence,
    SetProblemTopic,
    SetProblemVillage,
    SetWordingLanguage,
    WriteLine,
)
from bot.features.problems.editing.queries import Sheet
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import LANGUAGES, named
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

MOST_CHOICES = 8


def sheet(found: Sheet) -> Screen:
    """Everything as it is now; what a vote has frozen has no button, but a note may be added."""
    own = found.card.id
    lines = [Line.NOTE] if found.is_frozen else [Line.WORDING]
    if not found.is_frozen and found.card.wording.text:
        lines.append(Line.TRANSLATION)
    lines += [Line.CAUSES, Line.CONSEQUENCES, *([] if found.is_frozen else [Line.WHO])]
    buttons = [button(texts.line(line), WriteLine(problem_id=own, line=line)) for line in lines]
    if not found.is_frozen:
        buttons.append(button(texts.topic(), ChangeTopic(problem_id=own, page=0)))
        buttons.append(button(texts.village(), ChangeVillage(problem_id=own, page=0)))
    outside = not found.card.is_outside_competence
    competence: Row = [button(texts.competence(outside), SetCompetence(problem_id=own, outside=outside))]
    back: Row = [button(texts.ready(), ShowDeskProblem(problem_id=own)), home_button()]
    cut: Row = [button(privacy_texts.take_out(), AskRedaction(problem_id=own))]
    return Screen(texts.sheet(found), [*stacked(buttons, 2), cut, competence, back])


def write(found: Sheet, line: Line) -> Screen:
    own, words = found.card.id, found.card.wording
    rows: list[Row] = []
    if line is Line.WORDING:
        others = [each for each in LANGUAGES if each != words.language]
        rows.append(
            [
                button(texts.it_is_in(each), SetWordingLanguage(problem_id=own, language=each))
                for each in others
            ]
        )
    return Screen(texts.write(found, line), [*rows, [button(common.back(), EditProblem(problem_id=own))]])


def which_village(problem: ProblemCard, villages: Sequence[Village], wanted: int) -> Screen:
    shown, page = page_of(villages, wanted, MOST_CHOICES)
    choices = [
        button(named(each.name), SetProblemVillage(problem_id=problem.id, village_id=each.id))
        for each in shown
    ]
    turn = pager(page, lambda number: ChangeVillage(problem_id=problem.id, page=number))
    return Screen(texts.which_village(problem), [*stacked(choices, 2), turn, _back(problem)])


def which_topic(problem: ProblemCard, topics: Sequence[Topic], wanted: int) -> Screen:
    shown, page = page_of(topics, wanted, MOST_CHOICES)
    choices = [
        button(cards.topic_words(each), SetProblemTopic(problem_id=problem.id, topic_id=each.id))
        for each in shown
    ]
    turn = pager(page, lambda number: ChangeTopic(problem_id=problem.id, page=number))
    return Screen(texts.which_topic(problem), [*stacked(choices, 2), turn, _back(problem)])


def original(problem: ProblemCard) -> Screen:
    return Screen(
        texts.both_wordings(problem),
        [[button(common.back(), ShowDeskProblem(problem_id=problem.id)), home_button()]],
    )


def _back(problem: ProblemCard) -> Row:
    return [button(common.back(), EditProblem(problem_id=problem.id)), home_button()]
