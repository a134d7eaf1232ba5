"""The dispatch report as plain tables, for paper and for the workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.dispatch import Counts, total
from bot.domain.notices import Failure
from bot.features.hearings.delivery_report import texts
from bot.features.hearings.delivery_report.queries import Dispatch, Told
from bot.i18n import LANGUAGES, named, speaking
from bot.prints.spreadsheets import Cell, Table
from bot.telegram.texts import own_language

WORDS_WIDTH, NUMBER_WIDTH = 26, 14


@dataclass(frozen=True, slots=True)
class TitledTable:
    """`words` is how many of the first columns hold words; numbers stand in the others."""

    title: str
    words: int
    table: Table


def tables(found: Dispatch) -> list[TitledTable]:
    """Those that have anything to say."""
    posts = [each for each in found.told if each.posts.recipients]
    people = [each for each in found.told if not each.posts.recipients or each.counts.recipients]
    every = [
        _told(people),
        _causes(found.told),
        _villages(found, people),
        _languages([each for each in people if each.languages]),
        _posts(posts),
        _answers(found),
    ]
    return [each for each in every if each.table.rows]


def _titled(title: str, header: Sequence[str], words: int, rows: Sequence[Sequence[Cell]]) -> TitledTable:
    widths = [WORDS_WIDTH if column < words else NUMBER_WIDTH for column in range(len(header))]
    return TitledTable(title, words, Table(header, widths, rows))


def _told(told: Sequence[Told]) -> TitledTable:
    header = [
        *_head(),
        texts.column_first(),
        texts.column_last(),
        texts.column_recipients(),
        *_counted(),
    ]
    rows = [
        [
            *_row(each),
            texts.moment(each.first_sent),
            texts.moment(each.last_sent),
            each.counts.recipients,
            *_numbers(each.counts),
        ]
        for each in told
    ]
    return _titled(texts.sheet_told(), header, 4, rows)


def _causes(told: Sequence[Told]) -> TitledTable:
    rows: list[list[Cell]] = []
    for each in told:
        counts = total([each.counts, each.posts])
        causes = [(texts.failure(why), counts.failures[why]) for why in Failure if counts.failures.get(why)]
        rows += [[*_row(each), cause, number] for cause, number in causes]
    return _titled(texts.sheet_causes(), [*_head(), texts.column_cause(), texts.column_number()], 3, rows)


def _villages(found: Dispatch, told: Sequence[Told]) -> TitledTable:
    rows: list[list[Cell]] = []
    for each in told:
        places = [(_name(found, village_id), counts) for village_id, counts in each.villages.items()]
        rows += [
            [*_row(each), name, counts.recipients, *_numbers(counts)]
            for name, counts in sorted(places, key=lambda place: place[0])
        ]
    header = [*_head(), texts.column_village(), texts.column_recipients(), *_counted()]
    return _titled(texts.sheet_villages(), header, 3, rows)


def _languages(told: Sequence[Told]) -> TitledTable:
    rows: list[list[Cell]] = [
        [*_row(each), *(each.languages.get(language, 0) for language in LANGUAGES), each.counts.sent]
        for each in told
    ]
    header = [*_head(), *map(_language_name, LANGUAGES), texts.column_sent()]
    return _titled(texts.sheet_languages(), header, 2, rows)


def _posts(told: Sequence[Told]) -> TitledTable:
    rows: list[list[Cell]] = [[*_row(each), each.posts.recipients, *_numbers(each.posts)] for each in told]
    return _titled(texts.sheet_posts(), [*_head(), texts.column_posts(), *_counted()], 2, rows)


def _answers(found: Dispatch) -> TitledTable:
    rows: list[list[Cell]] = [[what, many] for what, many in texts.answer_lines(found.answers)]
    return _titled(texts.sheet_answers(), [texts.sheet_answers(), texts.column_number()], 1, rows)


def _head() -> list[str]:
    return [texts.column_what(), texts.column_begun()]


def _row(told: Told) -> list[Cell]:
    return [texts.kind(told.kind), texts.moment(told.begun_at)]


def _counted() -> list[str]:
    return [texts.column_sent(), texts.column_waiting(), texts.column_not_sent()]


def _numbers(counts: Counts) -> list[Cell]:
    return [counts.sent, counts.waiting, counts.not_sent]


def _name(found: Dispatch, village_id: int | None) -> str:
    name = found.village_names.get(village_id) if village_id is not None else None
    return named(name) if name else texts.no_village()


def _language_name(language: str) -> str:
    with speaking(language):
        return own_language()
