"""The ranking as plain tables, for the workbook and the CSV alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import record_texts as records
from bot.domain.ranking import Group, ranked, without_small_cells
from bot.features.ranking import texts
from bot.features.ranking.queries import Tally
from bot.i18n import named
from bot.prints import spreadsheets
from bot.prints.spreadsheets import Table


@dataclass(frozen=True, slots=True)
class VillageTable(Table):
    """`groups` are those the columns stand for."""

    groups: Sequence[Group] = ()


def total_table(tally: Tally) -> Table:
    problems = {problem.id: problem for problem in tally.problems}
    rows = []
    for place in ranked(tally.votes, tally.voters):
        problem = problems[place.problem_id]
        topic = named(problem.topic) if problem.topic else ""
        words = (problem.text, named(problem.village), topic)
        rows.append([texts.place(place), problem.number, *words, place.votes, float(place.share)])
    header = [
        texts.column_place(),
        texts.column_number(),
        texts.column_problem(),
        texts.column_village(),
        texts.column_topic(),
        texts.column_votes(),
        texts.column_share(),
    ]
    return Table(header, (8, 6, 60, 18, 22, 9, 12), rows)


def village_table(tally: Tally) -> VillageTable:
    """Votes by village, in the order of the total; villages too small to show are put together."""
    groups = without_small_cells(tally.villages)
    if all(group.village_id is None for group in groups):
        # Everything put together is the total once more.
        groups = []
    problems = {problem.id: problem for problem in tally.problems}
    rows = [
        [
            problems[place.problem_id].number,
            problems[place.problem_id].text,
            *(group.votes.get(place.problem_id, 0) for group in groups),
        ]
        for place in ranked(tally.votes, tally.voters)
    ]
    header = [texts.column_number(), texts.column_problem(), *(_group_name(tally, group) for group in groups)]
    return VillageTable(header, (6, 60, *[16] * len(groups)), rows, groups)


def _group_name(tally: Tally, group: Group) -> str:
    village_id = group.village_id
    name = texts.other_villages() if village_id is None else named(tally.village_names[village_id])
    return texts.village_column(name, group.voters)


def record_table(tally: Tally) -> Table:
    """What the facilitator has put down of every problem of the list, in the order of the total."""
    by_number = {each.number: each for each in tally.records}
    numbers = {problem.id: problem.number for problem in tally.problems}
    ordered = [numbers[place.problem_id] for place in ranked(tally.votes, tally.voters)]
    columns = records.BESIDE_A_RANKING
    rows = [records.row(columns, by_number[number]) for number in ordered if number in by_number]
    return Table(records.header(columns), [column.width for column in columns], rows)


def comma_separated(tally: Tally) -> bytes:
    """One row a problem."""
    total, villages = total_table(tally), village_table(tally)
    rows = [(*row, *by_village[2:]) for row, by_village in zip(total.rows, villages.rows, strict=True)]
    return spreadsheets.comma_separated([(*total.header, *villages.header[2:]), *rows])
