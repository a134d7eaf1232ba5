"""The desk and one problem a screen."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.moderation import Narrowing
from bot.domain.paging import page_of
from bot.domain.places import Name
from bot.domain.problem import DeclineReason, ProblemStatus
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.problems import card_texts as cards, inquiry_texts, privacy_texts
from bot.features.problems.audit_log.callbacks import ShowHistory, ShowWholeHistory
from bot.features.problems.author_questions.callbacks import AskAuthor
from bot.features.problems.desk import bulk_texts, hiding_texts, media_texts, muting_texts, texts
from bot.features.problems.desk.callbacks import (
    AskOwnReason,
    AskReason,
    AskWhyHide,
    AskWhyMute,
    DeclineProblem,
    FindDeskProblem,
    LiftSilence,
    ListDeskProblems,
    ListHidden,
    ListMedia,
    ListReopened,
    ListToMark,
    ListWaitingTopics,
    ListWaitingVillages,
    NarrowQueue,
    OpenDeskOf,
    PublishProblem,
    ShowAgain,
    ShowDeskProblem,
    ShowMore,
    ShowNextReport,
    ShowReport,
    ShowReportMedia,
    TakeProblem,
    UndoVerdict,
)
from bot.features.problems.desk.list_queries import DeskLine, DeskPage
from bot.features.problems.desk.queries import Desk, Report, Share
from bot.features.problems.editing.callbacks import AskRedaction, EditProblem, ShowOriginal
from bot.features.problems.merging.callbacks import ListMerged, OpenMerge, SplitProblem
from bot.features.problems.outcomes.callbacks import OpenOutcomes
from bot.features.problems.printouts.callbacks import OpenPapers
from bot.features.problems.problem_queries import ProblemCard
from bot.features.residents.invitations.callbacks import ListHolders
from bot.features.votes.rounds.callbacks import PlanVote, ShowTurnout
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

MOST_CHOICES = 8
# A line of a list, in characters: about two lines of a small phone.
LINE = 110


def which_desk(municipalities: Sequence[tuple[int, Name]]) -> Screen:
    choices = [button(named(name), OpenDeskOf(municipality_id=id_)) for id_, name in municipalities]
    return Screen(texts.which_desk(), [*stacked(choices), [home_button()]])


def desk(found: Desk) -> Screen:
    """The queue first, then what it is narrowed to, then all that is public, and the vote."""
    rows: list[Row] = []
    own = found.municipality_id
    if found.narrowed:
        queue = ShowNextReport(municipality_id=own, after=0)
        rows.append([button(texts.queue(found.narrowed), queue)])
    if found.waiting:
        rows.append(
            [
                button(texts.villages(), ListWaitingVillages(municipality_id=own, page=0)),
                button(texts.topics(), ListWaitingTopics(municipality_id=own, page=0)),
            ]
        )
    if found.is_narrowed:
        rows.append([button(texts.whole_queue(), NarrowQueue(municipality_id=own, village_id=0, topic_id=0))])
    find = button(texts.find(), FindDeskProblem(municipality_id=own))
    # Below the queue there are always so many rows that no report has its verdict under the same finger.
    if found.waiting > 1:
        rows.append([button(bulk_texts.decline_several(), ListToMark(municipality_id=own, page=0))])
    rows.append([find])
    if found.published:
        rows.append([button(texts.all_published(), ListDeskProblems(municipality_id=own, page=0))])
    if found.reopened:
        reopened = ListReopened(municipality_id=own, page=0)
        rows.insert(1, [button(texts.not_solved(found.reopened), reopened)])
    if found.hidden:
        hidden = ListHidden(municipality_id=own, page=0)
        rows.append([button(hiding_texts.hidden_problems(found.hidden), hidden)])
    return Screen(texts.desk(found), [*rows, *_vote(found), *_beside_the_queue(own)])


def _beside_the_queue(municipality_id: int) -> list[Row]:
    papers = button(texts.papers(), OpenPapers(municipality_id=municipality_id))
    plan = button(texts.plan(), OpenPlanning(municipality_id=municipality_id))
    holders = button(texts.holders(), ListHolders(municipality_id=municipality_id, page=0))
    history = button(texts.history(), ShowWholeHistory(municipality_id=municipality_id, page=0))
    return [*stacked([plan, papers], 2), [holders], [history, home_button()]]


def _vote(found: Desk) -> list[Row]:
    if found.round_id and found.round_is_open:
        return [[button(texts.turnout(), ShowTurnout(round_id=found.round_id))]]
    plan: Row = [button(texts.open_vote(), PlanVote(municipality_id=found.municipality_id))]
    if found.round_id:
        return [plan, [button(texts.last_vote(), ShowTurnout(round_id=found.round_id))]]
    return [plan]


def which_village(
    municipality_id: int, villages: Sequence[Share], narrowing: Narrowing, wanted: int
) -> Screen:
    shown, page = page_of(villages, wanted, MOST_CHOICES)
    topic_id = narrowing.topic_id or 0
    choices = [
        button(
            texts.share(each),
            NarrowQueue(municipality_id=municipality_id, village_id=each.id, topic_id=topic_id),
        )
        for each in shown
    ]
    every = NarrowQueue(municipality_id=municipality_id, village_id=0, topic_id=topic_id)
    turn = pager(page, lambda number: ListWaitingVillages(municipality_id=municipality_id, page=number))
    rows = [*stacked(choices), turn, [button(texts.every_village(), every)], _to_desk(municipality_id)]
    return Screen(texts.which_village(), rows)


def which_topic(municipality_id: int, topics: Sequence[Share], narrowing: Narrowing, wanted: int) -> Screen:
    shown, page = page_of(topics, wanted, MOST_CHOICES)
    village_id = narrowing.village_id or 0
    choices = [
        button(
            texts.share(each),
            NarrowQueue(municipality_id=municipality_id, village_id=village_id, topic_id=each.id),
        )
        for each in shown
    ]
    every = NarrowQueue(municipality_id=municipality_id, village_id=village_id, topic_id=0)
    turn = pager(page, lambda number: ListWaitingTopics(municipality_id=municipality_id, page=number))
    rows = [*stacked(choices), turn, [button(texts.every_topic(), every)], _to_desk(municipality_id)]
    return Screen(texts.which_topic(), rows)


def report(found: Report, waiting: int, holder: str = "") -> Screen:
    """One problem: decide on a waiting one, work on any; `holder` is the name of whoever has it."""
    problem = found.card
    waits = problem.status is ProblemStatus.SUBMITTED
    rows: list[Row] = []
    if found.holder is not None:
        rows.append([button(texts.take_over(), TakeProblem(problem_id=problem.id))])
    elif waits:
        rows.append(_verdict(problem))
        if privacy_texts.names_somebody(problem):
            rows.append([button(privacy_texts.take_out(), AskRedaction(problem_id=problem.id))])
    elif problem.hidden is not None:
        rows.append([button(hiding_texts.show_again(), ShowAgain(problem_id=problem.id))])
    rows.append(
        [
            button(texts.edit(), EditProblem(problem_id=problem.id)),
            button(texts.more(), ShowMore(problem_id=problem.id)),
        ]
    )
    if found.can_be_asked:
        rows.append([button(inquiry_texts.ask_author(), AskAuthor(problem_id=problem.id))])
    if problem.attachments or problem.kept_back or problem.status is ProblemStatus.REOPENED:
        rows.append([button(cards.show_attachments(), ShowReportMedia(problem_id=problem.id))])
    return Screen(texts.report(found, waiting, holder), [*rows, _on(found, waiting)])


def _verdict(problem: ProblemCard) -> Row:
    decline = button(texts.decline(), AskReason(problem_id=problem.id))
    return [button(texts.publish(), PublishProblem(problem_id=problem.id)), decline]


def _on(found: Report, waiting: int) -> Row:
    own, problem = found.municipality_id, found.card
    to_desk = button(texts.to_desk(), OpenDeskOf(municipality_id=own))
    if problem.is_public:
        return [to_desk, button(texts.all_public(), ListDeskProblems(municipality_id=own, page=0))]
    if problem.hidden is not None:
        return [to_desk, button(hiding_texts.hidden_list(), ListHidden(municipality_id=own, page=0))]
    if waiting > 1 or problem.status is not ProblemStatus.SUBMITTED:
        return [to_desk, button(texts.later(), ShowNextReport(municipality_id=own, after=problem.id))]
    return [to_desk]


def more(found: Report) -> Screen:
    """What is done more rarely, each in a room of its own."""
    return Screen(texts.more_of(found.card), [*_more_rows(found), _back_to(found.card)])


def _more_rows(found: Report) -> list[Row]:
    rows: list[Row] = [[button(texts.history(), ShowHistory(problem_id=found.card.id, page=0))]]
    if found.card.wording.original is not None:
        rows.append([button(texts.original(), ShowOriginal(problem_id=found.card.id))])
    if found.card.is_public:
        rows.append([button(texts.what_became(), OpenOutcomes(problem_id=found.card.id))])
        rows.append([button(hiding_texts.hide(), AskWhyHide(problem_id=found.card.id))])
    if found.has_media:
        rows.append([button(media_texts.take_out(), ListMedia(problem_id=found.card.id))])
    return [*rows, *_merging_rows(found.card), *_muting_rows(found)]


def _muting_rows(found: Report) -> list[Row]:
    if found.muted_until is not None:
        return [[button(muting_texts.lift(), LiftSilence(problem_id=found.card.id))]]
    if found.author_id is None:
        return []
    return [[button(muting_texts.mute(), AskWhyMute(problem_id=found.card.id))]]


def decided(found: Report, desk: Desk) -> Screen:
    """After a verdict. No button of it does the same to the next report, nor stands where that one will."""
    problem, own = found.card, found.municipality_id
    to_desk = button(texts.to_desk(), OpenDeskOf(municipality_id=own))
    on: Row = [to_desk]
    if desk.narrowed:
        on = [to_desk, button(texts.later(), ShowNextReport(municipality_id=own, after=problem.id))]
    rows: list[Row] = [[button(texts.numbered(problem.number), ShowDeskProblem(problem_id=problem.id))]]
    if problem.status in {ProblemStatus.PUBLISHED, ProblemStatus.DECLINED}:
        undo = UndoVerdict(problem_id=problem.id, status=problem.status)
        rows.append([button(texts.undo(), undo)])
    if not desk.narrowed and desk.is_narrowed and desk.waiting:
        every = NarrowQueue(municipality_id=own, village_id=0, topic_id=0)
        rows.append([button(texts.whole_queue(), every)])
    return Screen(texts.decided(found, desk), [*rows, on])


def _merging_rows(problem: ProblemCard) -> list[Row]:
    if problem.status is ProblemStatus.MERGED:
        return [[button(texts.split(), SplitProblem(problem_id=problem.id))]]
    rows: list[Row] = []
    if problem.status not in {ProblemStatus.DECLINED, ProblemStatus.HIDDEN}:
        rows.append([button(texts.join_to_other(), OpenMerge(problem_id=problem.id))])
    if problem.merged:
        merged = ListMerged(problem_id=problem.id, page=0)
        rows.append([button(texts.show_merged(problem.merged), merged)])
    return rows


def _back_to(problem: ProblemCard) -> Row:
    return [button(common.back(), ShowDeskProblem(problem_id=problem.id)), home_button()]


def _to_desk(municipality_id: int) -> Row:
    return [button(texts.to_desk(), OpenDeskOf(municipality_id=municipality_id))]


def queue_is_empty(found: Desk) -> Screen:
    rows: list[Row] = []
    if found.is_narrowed and found.waiting:
        every = NarrowQueue(municipality_id=found.municipality_id, village_id=0, topic_id=0)
        rows.append([button(texts.whole_queue(), every)])
    text = texts.nothing_is_free() if found.waiting else texts.queue_is_empty()
    return Screen(text, [*rows, _to_desk(found.municipality_id)])


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


List = type[ListDeskProblems] | type[ListReopened] | type[ListHidden]


def listed(municipality_id: int, found: DeskPage, to: List = ListDeskProblems) -> Screen:
    """All public problems, those that are not solved though they were said to be, or the hidden ones."""
    turn = pager(found.page, lambda page: to(municipality_id=municipality_id, page=page))
    return Screen(
        texts.listed(found, LINE, _TITLES[to](found.page.total)),
        [
            *_numbers(found.lines),
            turn,
            [button(texts.find(), FindDeskProblem(municipality_id=municipality_id))],
            _to_desk(municipality_id),
        ],
    )


_TITLES: dict[List, Callable[[int], Markup]] = {
    ListDeskProblems: texts.published_title,
    ListReopened: texts.not_solved_title,
    ListHidden: hiding_texts.listed,
}


def found(municipality_id: int, lines: Sequence[DeskLine], typed: str) -> Screen:
    return Screen(
        texts.found(lines, typed, LINE),
        [
            *_numbers(lines),
            [button(texts.find_again(), FindDeskProblem(municipality_id=municipality_id))],
            _to_desk(municipality_id),
        ],
    )


def ask_words(municipality_id: int) -> Screen:
    return Screen(texts.ask_words(), [_to_desk(municipality_id)])


def _numbers(lines: Sequence[DeskLine]) -> list[Row]:
    shown = [button(str(each.number), ShowDeskProblem(problem_id=each.id)) for each in lines]
    return [*stacked(shown, 4)]
