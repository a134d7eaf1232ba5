"""Lists of problems and the card of one."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.paging import page_of
from bot.domain.places import Name, Topic, Village
from bot.domain.problem import ProblemStatus
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards, inquiry_texts, sharing_texts as sharing
from bot.features.problems.author_questions.callbacks import AnswerInquiry
from bot.features.problems.inquiry_queries import InquiryCard
from bot.features.problems.outcomes.callbacks import AnswerSolved
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting import similar_texts, texts
from bot.features.problems.reporting.callbacks import (
    BrowseProblems,
    ListBrowseTopics,
    ListBrowseVillages,
    ListMyProblems,
    ListSupported,
    SearchProblems,
    SetSupport,
    ShowAttachments,
    ShowMyProblem,
    ShowProblem,
    StartReport,
)
from bot.features.problems.reporting.queries import ProblemLine, ProblemPage
from bot.i18n import named
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Screen, button, link, stacked

MOST_CHOICES = 8
# A line of a list, in characters: about two lines of a small phone.
LINE = 110


def mine(found: ProblemPage) -> Screen:
    lines = [texts.line_with_status(each.number, each.status, _told(each)) for each in found.lines]
    numbers = [
        button(str(each.number), ShowMyProblem(problem_id=each.id, page=found.page.number))
        for each in found.lines
    ]
    turn = pager(found.page, lambda page: ListMyProblems(page=page))
    report = [
        button(texts.another_report(), StartReport()),
    ]
    supported = [button(similar_texts.i_support(), ListSupported(page=0))]
    return Screen(
        _listed(texts.mine(found.page.total), lines),
        [*stacked(numbers, 6), turn, report, supported, [home_button()]],
    )


def browse(found: ProblemPage, village: Village | None, topic: Topic | None) -> Screen:
    village_id, topic_id = village.id if village else 0, topic.id if topic else 0

    def to(page: int) -> BrowseProblems:
        return BrowseProblems(village_id=village_id, topic_id=topic_id, page=page)

    numbers = [
        button(
            str(each.number),
            ShowProblem(problem_id=each.id, village_id=village_id, topic_id=topic_id, page=found.page.number),
        )
        for each in found.lines
    ]
    filters = [
        button(
            named(village.name) if village else texts.every_village(),
            ListBrowseVillages(topic_id=topic_id, page=0),
        ),
        button(
            cards.topic_words(topic) if topic else texts.every_topic(),
            ListBrowseTopics(village_id=village_id, page=0),
        ),
    ]
    return Screen(
        _listed(texts.published(found.page.total), _lines(found.lines)),
        [
            *stacked(numbers, 6),
            pager(found.page, to),
            *stacked(filters, 2),
            [button(texts.search(), SearchProblems()), home_button()],
        ],
    )


def _lines(lines: Sequence[ProblemLine]) -> list[Markup]:
    return [texts.line(each.number, each.emoji, _told(each)) for each in lines]


def _told(line: ProblemLine) -> str:
    """No line is empty: what nobody has put into words yet says so."""
    if line.is_erased:
        return cards.removed()
    return shortened(line.text, LINE) or cards.wordless()


def _listed(title: Markup, lines: Sequence[Markup]) -> Markup:
    return Markup("\n\n").join([title, *lines])


def browse_villages(villages: Sequence[Village], topic_id: int, wanted: int) -> Screen:
    shown, page = page_of(villages, wanted, MOST_CHOICES)
    choices = [
        button(named(each.name), BrowseProblems(village_id=each.id, topic_id=topic_id, page=0))
        for each in shown
    ]
    turn = pager(page, lambda number: ListBrowseVillages(topic_id=topic_id, page=number))
    every = button(texts.every_village(), BrowseProblems(village_id=0, topic_id=topic_id, page=0))
    return Screen(texts.choose_village(), [*stacked(choices, 2), turn, [every]])


def browse_topics(topics: Sequence[Topic], village_id: int, wanted: int) -> Screen:
    shown, page = page_of(topics, wanted, MOST_CHOICES)
    choices = [
        button(cards.topic_words(each), BrowseProblems(village_id=village_id, topic_id=each.id, page=0))
        for each in shown
    ]
    turn = pager(page, lambda number: ListBrowseTopics(village_id=village_id, page=number))
    every = button(texts.every_topic(), BrowseProblems(village_id=village_id, topic_id=0, page=0))
    return Screen(texts.choose_topic(), [*stacked(choices, 2), turn, [every]])


def ask_words() -> Screen:
    return Screen(
        texts.type_words(), [[button(texts.to_list(), BrowseProblems(village_id=0, topic_id=0, page=0))]]
    )


def found(lines: Sequence[ProblemLine], typed: str) -> Screen:
    numbers = [
        button(str(each.number), ShowProblem(problem_id=each.id, village_id=0, topic_id=0, page=0))
        for each in lines
    ]
    return Screen(
        Markup("\n\n").join([texts.found(typed, len(lines)), *_lines(lines)]),
        [
            *stacked(numbers, 4),
            [button(texts.search_again(), SearchProblems())],
            [button(texts.to_list(), BrowseProblems(village_id=0, topic_id=0, page=0))],
        ],
    )


def card(
    problem: ProblemCard, back: CallbackData, username: str, support: bool | None
) -> Screen:  # three states
    """`username` is the bot's, for the link by which the problem is shared.

    `support` is whether the reader stands behind it; None for their own problem.
    """
    rows = _card_rows(problem, back, username)
    if support is not None:
        words = similar_texts.take_back() if support else similar_texts.mine_too()
        rows.insert(0, [button(words, SetSupport(problem_id=problem.id, on=not support))])
    return Screen(texts.card(problem), rows)


def my_card(problem: ProblemCard, page: int, username: str, inquiry: InquiryCard | None = None) -> Screen:
    """`inquiry` waits for its answer: whoever left the question finds it here again."""
    own = replace(problem, attachments=problem.attachments + problem.kept_back)
    text = [texts.card(own), *([texts.kept_back()] if problem.kept_back else []), texts.state(problem)]
    rows = _card_rows(own, ListMyProblems(page=page), username)
    if problem.merged_into is not None:
        into = ShowProblem(problem_id=problem.id, village_id=0, topic_id=0, page=0)
        rows.insert(0, [button(texts.see_joined(problem.merged_into), into)])
    if problem.status is ProblemStatus.DONE and not problem.is_confirmed:
        rows.insert(0, _is_it_solved(problem.id))
    if inquiry is not None:
        text.append(inquiry_texts.open_question(inquiry))
        rows.insert(0, [button(inquiry_texts.answer(), AnswerInquiry(inquiry_id=inquiry.id))])
    return Screen(Markup("\n\n").join(text), rows)


def _is_it_solved(problem_id: int) -> list[InlineKeyboardButton]:
    return [
        button(texts.really_solved(), AnswerSolved(problem_id=problem_id, solved=True)),
        button(texts.not_solved(), AnswerSolved(problem_id=problem_id, solved=False)),
    ]


def card_from_elsewhere(problem: ProblemCard, municipality: Name, username: str) -> Screen:
    """For who followed a link from another municipality: to be read and passed on, no more."""
    read_only = replace(problem, attachments=0)
    text = Markup("\n\n").join([texts.card(read_only), texts.from_elsewhere(municipality)])
    return Screen(text, [_share(problem, username), [home_button()]])


def _card_rows(problem: ProblemCard, back: CallbackData, username: str) -> list[list[InlineKeyboardButton]]:
    media = (
        [button(cards.show_attachments(), ShowAttachments(problem_id=problem.id))]
        if problem.attachments
        else []
    )
    share = _share(problem, username) if problem.is_public else []
    return [media, share, [button(texts.to_list(), back)], [home_button()]]


def _share(problem: ProblemCard, username: str) -> list[InlineKeyboardButton]:
    return [link(sharing.share(), sharing.passing_on(username, problem))]
