"""The desk and one reported problem a screen."""

from collections.abc import Sequence

from bot.cards import texts as cards
from bot.db.problem_queries import ProblemCard
from bot.domain.places import Name
from bot.domain.problem import DeclineReason, ProblemStatus
from bot.features.moderation import texts
from bot.features.moderation.callbacks import (
    AskOwnReason,
    AskReason,
    DeclineProblem,
    OpenDeskOf,
    PublishProblem,
    ShowNextReport,
    ShowReport,
    ShowReportMedia,
)
from bot.features.moderation.queries import Desk
from bot.features.papers.callbacks import OpenPapers
from bot.features.start.callbacks import GoHome
from bot.features.voting.callbacks import PlanVote, ShowTurnout
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.screen import Row, Screen, button, stacked


def which_desk(municipalities: Sequence[tuple[int, Name]]) -> Screen:
    choices = [button(named(name), OpenDeskOf(municipality_id=id_)) for id_, name in municipalities]
    return Screen(texts.which_desk(), [*stacked(choices), [button(common.home(), GoHome())]])


def desk(found: Desk) -> Screen:
    rows: list[Row] = []
    if found.waiting:
        queue = ShowNextReport(municipality_id=found.municipality_id, after=0)
        rows.append([button(texts.queue(found.waiting), queue)])
    if found.round_id and found.round_is_open:
        rows.append([button(texts.turnout(), ShowTurnout(round_id=found.round_id))])
    else:
        rows.append([button(texts.open_vote(), PlanVote(municipality_id=found.municipality_id))])
        if found.round_id:
            rows.append([button(texts.last_vote(), ShowTurnout(round_id=found.round_id))])
    rows.append([button(texts.papers(), OpenPapers(municipality_id=found.municipality_id))])
    return Screen(texts.desk(found), [*rows, [button(common.home(), GoHome())]])


def report(problem: ProblemCard, municipality_id: int, waiting: int) -> Screen:
    """One waiting problem: decide, or leave it for later."""
    if problem.status is not ProblemStatus.SUBMITTED:
        return decided(problem, municipality_id)
    rows: list[Row] = [
        [
            button(texts.publish(), PublishProblem(problem_id=problem.id)),
            button(texts.decline(), AskReason(problem_id=problem.id)),
        ]
    ]
    if problem.attachments:
        rows.append([button(cards.show_attachments(), ShowReportMedia(problem_id=problem.id))])
    way = [button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))]
    if waiting > 1:
        way.append(button(texts.later(), ShowNextReport(municipality_id=municipality_id, after=problem.id)))
    return Screen(texts.report(problem, waiting), [*rows, way])


def decided(problem: ProblemCard, municipality_id: int) -> Screen:
    return Screen(
        texts.decided(problem),
        [
            [button(texts.later(), ShowNextReport(municipality_id=municipality_id, after=problem.id))],
            [button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))],
        ],
    )


def queue_is_empty(municipality_id: int) -> Screen:
    return Screen(
        texts.queue_is_empty(), [[button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))]]
    )


def why(problem: ProblemCard) -> Screen:
    reasons = [
        button(texts.reason_button(reason), DeclineProblem(problem_id=problem.id, reason=reason))
        for reason in DeclineReason
        if reason is not DeclineReason.OWN_WORDS
    ]
    return Screen(
        texts.why(problem),
        [
            *stacked(reasons, 2),
            [button(texts.own_words(), AskOwnReason(problem_id=problem.id))],
            [button(common.back(), ShowReport(problem_id=problem.id))],
        ],
    )


def write_reason(problem: ProblemCard) -> Screen:
    return Screen(texts.write_reason(problem), [[button(common.back(), AskReason(problem_id=problem.id))]])
