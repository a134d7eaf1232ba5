"""The ranking as plain tables, for the workbook, the report and the CSV alike."""

from collections.abc import Callable, Sequence

from bot.domain import bands
from bot.domain.breakdown import Part
from bot.features.problems.public import BESIDE_A_RANKING, line_text, record_header, record_row
from bot.features.votes import gathering_texts, ranking_pictures
from bot.features.votes.ranking_files import texts
from bot.features.votes.ranking_files.report import Report
from bot.i18n import named
from bot.prints import spreadsheets
from bot.prints.spreadsheets import Cell, Table

# Stands for the share of a problem that nobody was shown.
NO_SHARE = "·"


def ranking_table(report: Report) -> Table:
    """One row a problem. Without enough voters for an estimate the shares are left empty."""
    return Table(_ranking_header(), _RANKING_WIDTHS, list(_ranking_rows(report)))


_RANKING_WIDTHS = (8, 8, 8, 6, 56, 18, 20, 10, 10, 10, 9, 9, 9, 10)


def _ranking_header() -> list[str]:
    return [
        texts.column_place(),
        texts.column_first(),
        texts.column_last(),
        texts.column_number(),
        texts.column_problem(),
        texts.column_village(),
        texts.column_topic(),
        texts.column_share(),
        texts.column_low(),
        texts.column_high(),
        texts.column_votes(),
        texts.column_bot(),
        texts.column_paper(),
        texts.column_shown(),
    ]


def _ranking_rows(report: Report) -> Sequence[Sequence[Cell]]:
    problems, is_estimated = report.material.vote.problems, report.ranking.is_estimated
    rows = []
    for _column, each in report.rows:
        problem = problems[each.problem_id]
        shares = (each.share, each.low, each.high) if is_estimated else ("", "", "")
        rows.append(
            [
                bands.places(each.band),
                each.first,
                each.last,
                problem.number,
                line_text(problem),
                named(problem.village),
                named(problem.topic) if problem.topic else "",
                *shares,
                each.bot + each.paper,
                each.bot,
                each.paper,
                each.shown,
            ]
        )
    return rows


def village_table(report: Report) -> Table:
    """Votes by village, in the order of the ranking."""
    vote = report.material.vote
    named_parts = ranking_pictures.village_parts(report.count.village_ids, vote, report.villages)
    header = [texts.village_column(name, part.voters) for name, part in named_parts]
    return _by_parts(report, [part for _name, part in named_parts], header, with_shares=False)


def sex_table(report: Report) -> Table:
    return _group_table(report, report.sexes, texts.sex)


def age_table(report: Report) -> Table:
    return _group_table(report, report.ages, texts.age)


def _group_table(report: Report, parts: Sequence[Part], word: Callable[[int], str]) -> Table:
    """Votes and shares of each part."""
    names = [texts.village_column(", ".join(word(key) for key in part.keys), part.voters) for part in parts]
    header = [title for name in names for title in (name, texts.column_share_of(name))]
    return _by_parts(report, parts, header, with_shares=True)


def _by_parts(report: Report, parts: Sequence[Part], header: Sequence[str], *, with_shares: bool) -> Table:
    rows = [
        [
            report.material.vote.problems[ranked.problem_id].number,
            line_text(report.material.vote.problems[ranked.problem_id]),
            *(cell for part in parts for cell in _cells(part, column, with_share=with_shares)),
        ]
        for column, ranked in report.rows
    ]
    titles = [texts.column_number(), texts.column_problem(), *header]
    return Table(titles, (6, 56, *[14] * len(header)), rows if parts else [])


def _cells(part: Part, column: int, *, with_share: bool) -> Sequence[Cell]:
    share, votes = part.share(column), int(part.votes[column])
    return (votes, NO_SHARE if share is None else share) if with_share else (votes,)


def ways_table(report: Report) -> Table:
    """Bot, paper, and both together with their bounds; empty where nobody voted on paper, or only there."""
    header = [
        texts.column_number(),
        texts.column_problem(),
        texts.column_bot(),
        texts.column_share_of(texts.column_bot()),
        texts.column_paper(),
        texts.column_share_of(texts.column_paper()),
        texts.column_together(),
        texts.column_least(),
        texts.column_most(),
    ]
    both = report.ranking.voters and report.ranking.paper_voters
    rows = [_ways(report, column) for column, _ranked in report.rows] if both else []
    return Table(header, (6, 50, 9, 10, 9, 10, 12, 14, 14), rows)


def _ways(report: Report, column: int) -> list[Cell]:
    problem_id = report.count.problem_ids[column]
    problem = report.material.vote.problems[problem_id]
    bot = int(report.count.ballots.picked[:, column].sum())
    seen = int(report.count.ballots.shown[:, column].sum())
    paper = sum(sheet.votes[column] for sheet in report.count.sheets)
    bounds = [float(each) for each in report.bounds[column]]
    on_paper = paper / max(report.ranking.paper_voters, 1)
    return [problem.number, line_text(problem), bot, bot / max(seen, 1), paper, on_paper, *bounds]


def gathering_table(report: Report) -> Table:
    rows: list[list[Cell]] = [
        [
            named(each.village),
            each.held_on,
            each.place,
            gathering_texts.people(each.people),
            gathering_texts.method(each.method),
            each.women,
            each.men,
            each.voted,
            each.already_voted,
            f"{each.first_signatory}, {each.second_signatory}",
            texts.is_counted() if each.counts else texts.taken_back(each.reason or ""),
        ]
        for each in report.material.gatherings
    ]
    return Table(texts.gathering_columns(), (18, 12, 24, 14, 16, 9, 9, 9, 12, 30, 20), rows)


def group_table(report: Report) -> Table:
    """The strata in words."""
    strata = report.strata
    groups = zip(strata.village, strata.sex, strata.age, strata.voters, strata.on_paper, strict=True)
    rows: list[list[Cell]] = [
        [
            place,
            texts.group(_village(report, int(village)), int(sex), int(age), is_paper=not in_bot),
            int(in_bot + on_paper),
            int(in_bot),
            int(on_paper),
            float(weight),
        ]
        for place, ((village, sex, age, in_bot, on_paper), weight) in enumerate(
            zip(groups, strata.weight, strict=True), 1
        )
    ]
    header = [
        texts.column_group(),
        texts.column_village(),
        texts.column_voters(),
        texts.column_bot(),
        texts.column_paper(),
        texts.column_weight(),
    ]
    return Table(header, (8, 44, 10, 10, 10, 12), rows)


def _village(report: Report, village: int) -> str:
    if village < 0:
        return texts.small_villages()
    return named(report.material.vote.villages[report.count.village_ids[village]])


def record_table(report: Report) -> Table:
    """What the facilitator has put down of every problem of the list, in the order of the ranking."""
    by_id = {each.id: each for each in report.material.records}
    columns = BESIDE_A_RANKING
    # Where the ranking is not shown, the order must not give it away either.
    order = [each.problem_id for _column, each in report.rows] or sorted(by_id)
    rows = [record_row(columns, by_id[problem_id]) for problem_id in order if problem_id in by_id]
    return Table(record_header(columns), [column.width for column in columns], rows)


def comma_separated(report: Report) -> bytes:
    """One row a problem: the ranking, then the villages."""
    ranking, villages = ranking_table(report), village_table(report)
    beside = [row[2:] for row in villages.rows] or [[] for _row in ranking.rows]
    rows = [[*row, *more] for row, more in zip(ranking.rows, beside, strict=False)]
    more_titles = villages.header[2:] if villages.rows else []
    return spreadsheets.comma_separated([[*ranking.header, *more_titles], *rows])
