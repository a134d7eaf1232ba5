"""No ballot can be read from what is published or exported, whatever is added to and taken off what."""

import csv
import re
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from openpyxl import load_workbook

from bot.domain import breakdown, secrecy, strata as stratifying
from bot.domain.ballot import Stage
from bot.domain.breakdown import by_side
from bot.domain.count import Ballots, Count
from bot.domain.gathering import People
from bot.domain.ranking import Ranked
from bot.domain.secrecy import countable
from bot.domain.strata import stratified
from bot.features.votes.ranking_files import texts
from bot.features.votes.ranking_files.open_data import as_json
from bot.features.votes.ranking_files.report import Report, report_of
from bot.features.votes.ranking_files.spreadsheet import workbook
from bot.features.votes.ranking_files.tables import comma_separated
from bot.i18n import speaking
from tests.attacker import SECRET, Attack, Figure, attack, fewest_told, figures_in, figures_of, pinned
from tests.samples.counts import NOW, Paper, Plain, count_of, material_of

PROBLEMS = 7
VILLAGES_OF = (0, 0, 1, 1, 2, 5, 9, 10, 13, 25, 40, 60)
KINDS = ("deciding", "screening")


def drawn(seed: int, kind: str) -> tuple[Report, Count]:
    """Any vote: villages of any size, few or many who tell of themselves, gatherings of any kind."""
    chance = np.random.default_rng(seed)
    villages = int(chance.integers(1, 5))
    sizes = chance.choice(VILLAGES_OF, villages)
    papers = [] if kind == "screening" else _papers(chance, villages)
    people = chance.integers(5, 400, villages * 4).tolist() if chance.random() < 0.5 else None
    plain = Plain(PROBLEMS, (), papers, villages, people)
    made = material_of(plain, stage=Stage(kind))
    ballots = _ballots(chance, np.repeat(np.arange(villages), sizes), in_part=kind == "screening")
    count = replace(made.count, ballots=ballots)
    return report_of(replace(made, count=count), NOW), count


def _papers(chance: np.random.Generator, villages: int) -> list[Paper]:
    def votes(voted: int) -> dict[int, int]:
        return {place: int(chance.integers(0, voted + 1)) for place in range(PROBLEMS)}

    sizes = [(int(chance.integers(0, villages)), int(chance.integers(5, 40))) for _each in range(villages)]
    kinds = list(People)
    return [
        Paper(voted, votes(voted), village, 0, kinds[int(chance.integers(0, len(kinds)))])
        for village, voted in sizes
        if chance.random() < 0.6
    ]


def _ballots(chance: np.random.Generator, village: NDArray[np.int64], *, in_part: bool) -> Ballots:
    voters, silent = len(village), chance.random() * 0.5
    shown = np.ones((voters, PROBLEMS), np.bool_)
    if in_part:
        shown = chance.random(shown.shape) < chance.choice([0.6, 0.9, 0.98])
        shown[~shown.any(axis=1), 0] = True
    luck = chance.random(shown.shape) * shown
    # At most three, the luckiest of what they saw.
    picked = (luck > 0.5) & (luck >= np.sort(luck, axis=1)[:, -3:-2])
    # Whoever picked nothing has no ballot.
    nothing = ~picked.any(axis=1)
    picked[nothing, shown[nothing].argmax(axis=1)] = True
    woman, young = chance.random(2)
    sex = np.where(chance.random(voters) < woman, 1, 2) * (chance.random(voters) >= silent)
    age = np.where(chance.random(voters) < young, 1, 2) * (chance.random(voters) >= silent)
    return Ballots(shown, picked, village.astype(np.int32), sex.astype(np.int8), age.astype(np.int8))


def in_files(report: Report) -> list[Figure]:
    return figures_in(workbook(report), as_json(report))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("begin", range(0, 150, 30))
def test_no_combination_of_all_figures_tells_of_fewer_than_ten_ballots(kind: str, begin: int) -> None:
    for seed in range(begin, begin + 30):
        report, count = drawn(seed, kind)
        assert attack(figures_of(report), count).told == 0, seed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(900, 908))
def test_nor_does_it_from_the_files_as_they_are_handed_out(kind: str, seed: int) -> None:
    report, count = drawn(seed, kind)
    found = attack(in_files(report), count)
    assert found.told == 0
    assert np.array_equal(found.rows, attack(figures_of(report), count).rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(900, 908))
def test_tables_for_people_hold_the_same_figures_and_no_more(kind: str, seed: int) -> None:
    """Every number of votes in the sheets and in the CSV is one of those that were attacked above."""
    report, _count = drawn(seed, kind)
    if not report.is_shown:
        return
    columns = {each.votes for each in figures_of(report)}
    columns |= {tuple(int(each.bot) for each in _by_id(report)), tuple(each.paper for each in _by_id(report))}
    with speaking("ru"):
        book = load_workbook(BytesIO(workbook(report)))
        rows = list(csv.reader(StringIO(comma_separated(report).decode("utf-8-sig")), delimiter=";"))
    tables = [list(book[name].iter_rows(min_row=3, values_only=True)) for name in _sheets(book.sheetnames)]
    for table in [*tables, rows]:
        header, *lines = table
        lines = sorted(lines, key=lambda row: int(row[list(header).index("№")]))
        for place, title in enumerate(header):
            if re.search(r"\(голосовало: [\d\s]+\)$", str(title)):
                assert tuple(int(row[place]) for row in lines) in columns, title


def _by_id(report: Report) -> list[Ranked]:
    return sorted(report.ranking.rows, key=lambda row: row.problem_id)


def _sheets(names: list[str]) -> list[str]:
    with speaking("ru"):
        by_part = {texts.sheet_villages(), texts.sheet_sexes(), texts.sheet_ages()}
    return [name for name in names if name in by_part]


# --- beyond adding and subtracting ---


def has_full_sums(found: Attack, count: Count) -> bool:
    """Whether a figure takes some ballots of a stratum and leaves others."""
    stratum = stratified(count).stratum
    return any(len(np.unique(found.rows[:, stratum == each], axis=1).T) > 1 for each in np.unique(stratum))


def test_of_a_deciding_vote_every_figure_is_made_of_whole_strata() -> None:
    """So whoever has the ballots of each stratum learns nothing from any figure."""
    for seed in range(100):
        report, count = drawn(seed, "deciding")
        assert not has_full_sums(attack(figures_of(report), count), countable(count)), seed


def test_between_bounds_no_group_of_a_screening_is_pinned_down_but_by_being_of_one_mind() -> None:
    tried = 0
    for seed in range(1000, 1060):
        report, count = drawn(seed, "screening")
        found, count = attack(figures_of(report), count), countable(count)
        if not len(found.rows):
            continue
        tried += has_full_sums(found, count)
        for seen, picked in zip(count.ballots.shown.T, count.ballots.picked.T, strict=True):
            groups = [group for group in pinned(found.rows, seen, picked) if group.sum() < SECRET]
            assert not groups, seed
    assert tried >= 5


def test_with_ballots_at_hand_a_full_sum_would_name_those_of_the_few() -> None:
    """Why there are none beside ballots: the audit, which knows of sums alone, would clear this one.

    Five women of 13 voters and six of 13 make up what is left of the women's sum; there is one way only.
    """
    chance = np.random.default_rng(3)
    picked = np.zeros((66, 20), np.bool_)
    np.put_along_axis(picked, chance.random(picked.shape).argsort(axis=1)[:, :3], True, axis=1)
    sex = np.repeat([1, 2, 1, 2, 1, 2], [20, 20, 5, 8, 6, 7]).astype(np.int8)
    village = np.repeat([0, 1, 2], [40, 13, 13]).astype(np.int32)
    ballots = Ballots(np.ones_like(picked), picked, village, sex, np.ones(66, np.int8))
    count = replace(count_of(Plain(20, villages=3)), ballots=ballots)
    strata = stratified(count)
    assert [part.in_bot for part in by_side(count, strata, in_full=False).sexes] == [20, 20, 26]
    women = by_side(count, strata, in_full=True).sexes[0]
    assert women.in_bot == 31
    left = women.votes - picked[:20].sum(axis=0)
    of_second = {bytes(votes): who for who, votes in _sums(picked[53:], 6)}
    fits = [(who, of_second.get(bytes(left - votes))) for who, votes in _sums(picked[40:53], 5)]
    assert [each for each in fits if each[1]] == [((0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5))]


def _sums(picked: NDArray[np.bool_], number: int) -> list[tuple[tuple[int, ...], NDArray[np.int64]]]:
    return [(each, picked[list(each)].sum(axis=0)) for each in combinations(range(len(picked)), number)]


def test_two_exports_of_one_count_differ_in_nothing() -> None:
    for seed in range(20):
        report, count = drawn(seed, KINDS[seed % 2])
        order = np.random.default_rng(seed).permutation(len(count.ballots.village))
        turned = replace(
            count,
            ballots=Ballots(
                count.ballots.shown[order],
                count.ballots.picked[order],
                count.ballots.village[order],
                count.ballots.sex[order],
                count.ballots.age[order],
            ),
        )
        again = report_of(replace(report.material, count=turned), NOW)
        assert figures_of(again) == figures_of(report)


# --- the attack itself ---


def test_it_finds_what_smaller_limits_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrecy, "FEWEST", 1)
    monkeypatch.setattr(stratifying, "FEWEST", 1)
    for kind in KINDS:
        broken = [attack(figures_of(report), count).told for report, count in _several(kind)]
        assert sum(map(bool, broken)) > len(broken) / 2
        assert min(filter(None, broken)) < 5


def test_it_finds_what_the_audit_holds_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdown, "is_cleared", lambda _numbers: True)
    assert sum(attack(figures_of(report), count).told > 0 for report, count in _several("screening", 40)) >= 2


def _several(kind: str, number: int = 12) -> list[tuple[Report, Count]]:
    return [drawn(seed, kind) for seed in range(number)]


def test_it_sees_a_group_told_by_sums_alone_and_by_bounds_alone() -> None:
    # Ten and twelve; the difference of both is two ballots.
    rows = np.array([[1] * 10 + [0] * 2, [1] * 12], np.bool_)
    assert fewest_told(rows) == 2
    # Of eleven in one sum and of eleven in another five are shared; nobody but these can have picked.
    both = np.zeros((2, 17), np.bool_)
    both[0, :11] = both[1, 6:] = True
    picked = np.zeros(17, np.bool_)
    picked[6:11] = True
    assert fewest_told(both) == 0
    assert pinned(both, np.ones(17, np.bool_), picked) == []
