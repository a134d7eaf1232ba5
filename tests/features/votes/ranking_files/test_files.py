"""The files of a ranking: what they show, and what they must never do."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import pairwise

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import update

from bot.db.models import Problem
from bot.domain.ballot import Stage as VoteStage
from bot.domain.clock import utc_now
from bot.domain.spreadsheet_safety import harmless
from bot.features.problems import problem_sheet_texts as records
from bot.features.votes import ranking_texts as cards
from bot.features.votes.ranking_files import printing, texts
from bot.features.votes.ranking_files.exporting import export_ranking
from bot.features.votes.ranking_files.open_data import RankingFile, as_json
from bot.features.votes.ranking_files.report import Report
from bot.features.votes.ranking_files.spreadsheet import workbook
from bot.features.votes.ranking_files.tables import comma_separated
from bot.i18n import LANGUAGES, speaking
from tests.features.people import close_vote, open_vote
from tests.features.records import change, publish
from tests.features.votes.rounds.stages import publish_result
from tests.samples.counts import NOW, Paper, Plain, Voters, a_vote, report
from tests.stage import Stage

FIRST_ROW = 4
BIG = Plain(
    problems=3,
    voters=[Voters(20, [0]), Voters(15, [0, 1], village=1, sex=1, age=2), Voters(3, [2], village=2)],
    papers=[Paper(10, {1: 9, 2: 2}, village=1, already_voted=2)],
    villages=3,
)


def opened(of: Report) -> Workbook:
    return load_workbook(BytesIO(workbook(of)))


def sheet_of(of: Report, name: str) -> Worksheet:
    return opened(of)[name]


def lines(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW)]


def rows_of(of: Report) -> list[list[str]]:
    return list(csv.reader(StringIO(comma_separated(of).decode("utf-8-sig")), delimiter=";"))


def test_the_workbook_has_a_sheet_for_each_table_the_ballots_and_the_method() -> None:
    sides = [Voters(10 + sex + age, [0], 0, sex, age) for sex in (1, 2) for age in (1, 2)]
    with speaking("ru"):
        book = opened(report(replace(BIG, voters=[*BIG.voters, *sides])))
        names = [
            texts.sheet_summary(),
            texts.sheet_ranking(),
            texts.sheet_villages(),
            texts.sheet_sexes(),
            texts.sheet_ages(),
            texts.sheet_ways(),
            texts.sheet_gatherings(),
            texts.sheet_groups(),
            texts.sheet_ballots(),
            texts.sheet_method(),
            texts.sheet_recount(),
        ]
    assert book.sheetnames == names


def test_the_ranking_has_places_ranges_shares_and_votes() -> None:
    sheet = sheet_of(report(BIG), texts.sheet_ranking())
    first, second, third = ([*row[:4], *row[10:14]] for row in lines(sheet))
    assert first[3:] == [101, 35, 35, 0, 48]
    assert second[3:] == [102, 24, 15, 9, 48]
    assert third[3:] == [103, 5, 3, 2, 48]
    shares = [row[7] for row in lines(sheet)]
    assert all(isinstance(each, float) for each in shares)
    assert all(low <= share <= high for share, low, high in (row[7:10] for row in lines(sheet)))  # type: ignore[operator]
    assert sheet.freeze_panes == "A4"
    assert len(sheet._charts) == 1


def test_below_thirty_voters_there_are_counts_and_no_shares() -> None:
    few = report(Plain(2, [Voters(20, [0]), Voters(9, [1])]))
    assert [row[7:10] for row in lines(sheet_of(few, texts.sheet_ranking()))] == [["", "", ""]] * 2
    with speaking("ru"):
        assert cards.whose_opinion(few.ranking) in str(opened(few).worksheets[1]["A2"].value)
    file = RankingFile.model_validate_json(as_json(few))
    assert [(each.share, each.interval, each.votes) for each in file.problems] == [
        (None, None, 20),
        (None, None, 9),
    ]


def test_of_fewer_than_ten_voters_nothing_is_shown_in_any_file() -> None:
    few = report(Plain(2, [Voters(9, [1])]))
    book = opened(few)
    assert "bap_ballots" not in book.defined_names
    assert texts.sheet_ballots() not in book.sheetnames
    assert lines(book[texts.sheet_ranking()]) == []
    assert cards.too_few() in str(book[texts.sheet_ranking()]["A2"].value)
    assert len(rows_of(few)) == 1
    assert RankingFile.model_validate_json(as_json(few)).problems == []
    assert printing.ranking_pages(few) == []
    assert printing.printed(few)["bars"] == []


def test_a_village_with_few_voters_is_not_shown_and_cannot_be_computed() -> None:
    header = [str(cell.value) for cell in sheet_of(report(BIG), texts.sheet_villages())[3]]
    assert len(header) == 4
    with speaking("ru"):
        together = cards.other_villages()
    assert ["Село 1" in header[2], together in header[3]] == [True, True]
    assert "20" in header[2]
    assert "28" in header[3]
    assert lines(sheet_of(report(BIG), texts.sheet_villages())) == [
        [101, BIG_TEXTS[0], 20, 15],
        [102, BIG_TEXTS[1], 0, 24],
        [103, BIG_TEXTS[2], 0, 5],
    ]


def test_beside_paper_few_votes_of_the_bot_are_in_no_figure_and_every_file_says_so() -> None:
    few = report(Plain(2, [Voters(9, [0])], [Paper(40, {1: 30})]))
    book = opened(few)
    assert texts.sheet_ways() not in book.sheetnames
    assert "bap_ballots" not in book.defined_names
    assert [row[10:14] for row in lines(book[texts.sheet_ranking()])] == [[30, 0, 30, 40], [0, 0, 0, 40]]
    [why] = cards.left_out(few.ranking)
    assert why in str(book[texts.sheet_ranking()]["A2"].value)
    assert why in printing.printed(few)["note"]
    assert cards.voted(few.ranking) == cards.voted(replace(few.ranking, voters=9, withheld=0))
    file = RankingFile.model_validate_json(as_json(few))
    assert (file.voters_in_bot, file.withheld_in_bot, file.voters_on_paper) == (0, 9, 40)
    assert [each.votes_in_bot for each in file.problems] == [0, 0]


def test_a_village_of_few_phones_shows_its_paper_alone_and_says_so() -> None:
    voters = [Voters(20, [0]), Voters(1, [1], village=1), Voters(30, [0], village=2)]
    apart = report(replace(BIG, voters=voters))
    sheet = sheet_of(apart, texts.sheet_villages())
    header = [str(cell.value) for cell in sheet[3]]
    assert cards.village("Село 2", is_paper=True) in header[2]
    assert cards.why_paper_alone() in str(sheet["A2"].value)
    assert [row[2:] for row in lines(sheet)] == [[0, 30, 20], [9, 0, 1], [2, 0, 0]]
    [village, *_others] = RankingFile.model_validate_json(as_json(apart)).problems[0].by_village
    assert (village.paper_alone, village.voters, village.voters_in_bot) == (True, 10, 0)
    assert cards.why_paper_alone() in printing.printed(apart)["villages_note"]
    groups = lines(sheet_of(apart, texts.sheet_groups()))
    assert [row[2:5] for row in groups] == [[10, 0, 10], [30, 30, 0], [21, 21, 0]]


def test_bot_and_paper_stand_side_by_side_with_the_bounds_of_both_together() -> None:
    row = lines(sheet_of(report(BIG), texts.sheet_ways()))[1]
    assert row[:1] + row[2:3] + row[4:6] == [102, 15, 9, 0.9]
    assert row[6:] == [pytest.approx(24 / 48), pytest.approx(22 / 46), pytest.approx(23 / 46)]


def test_a_screening_has_no_ballots_but_what_each_group_saw_and_chose() -> None:
    voters = [
        Voters(30, [0], shown=[0, 1]),
        Voters(10, [1], shown=[1], village=0),
        Voters(20, [1], shown=[1], village=1),
    ]
    seen = report(Plain(2, voters, villages=2), stage=VoteStage.SCREENING)
    book = opened(seen)
    assert texts.sheet_ballots() not in book.sheetnames
    assert "bap_ballots" not in book.defined_names
    assert lines(book[texts.sheet_tallies()]) == [
        [1, 101, 30, 30],
        [1, 102, 40, 10],
        [2, 101, 0, 0],
        [2, 102, 20, 20],
    ]
    [one, other] = lines(book[texts.sheet_villages()])
    assert (one[2:], other[2:]) == ([30, 0], [10, 20])


def test_a_screening_in_which_everybody_saw_everything_has_no_ballots_either() -> None:
    book = opened(report(BIG, stage=VoteStage.SCREENING))
    assert texts.sheet_ballots() not in book.sheetnames
    assert "bap_tallies" in book.defined_names


def test_the_ballots_hold_no_name_no_code_and_no_order_of_coming() -> None:
    rows = lines(sheet_of(a_vote(voters=300), texts.sheet_ballots()))
    assert len(rows) == 300
    assert {len(row) for row in rows} == {4}
    strata = [row[0] for row in rows]
    assert strata != sorted(strata)  # type: ignore[type-var]
    assert strata != [row[0] for row in lines(sheet_of(a_vote(voters=300), texts.sheet_ballots()))]


DANGEROUS = ["=1+1", "+7 700 123", "-2 айыл", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\tтаб"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_the_workbook(text: str) -> None:
    cell = sheet_of(report(BIG, [text, "Суу"]), texts.sheet_ranking())["E4"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", [*DANGEROUS, " =1+1", "\u00a0@СУММ(A1)", "\uff1d1+1"])
def test_no_text_becomes_a_formula_in_the_csv(text: str) -> None:
    assert rows_of(report(BIG, [text, "Суу"]))[1][4] == "'" + text
    assert harmless("Суу = жашоо") == "Суу = жашоо"


def test_the_csv_opens_in_a_spreadsheet_of_this_region() -> None:
    made = report(BIG, ["Суу; «таза»", "Жол"])
    assert comma_separated(made).startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in comma_separated(made)
    row = rows_of(made)[1]
    assert row[4] == "Суу; «таза»"
    assert row[7] == f"{made.ranking.rows[0].share:.4f}".replace(".", ",")
    assert row[-2:] == ["20", "15"]


def test_control_characters_do_not_break_the_files() -> None:
    made = report(BIG, ["Суу\x00\x0b жок", "Жол"])
    assert sheet_of(made, texts.sheet_ranking())["E4"].value == "Суу жок"
    assert printing.pdf(made).startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vote_without_voters_gives_files_that_say_so(language: str) -> None:
    nobody = report(Plain(2))
    with speaking(language):
        book = opened(nobody)
        assert cards.nobody_voted() in str(book[texts.sheet_ranking()]["A2"].value)
        assert printing.pdf(nobody).startswith(b"%PDF")
        assert len(rows_of(nobody)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_says_of_itself_when_and_of_whom_it_was_counted(language: str) -> None:
    with speaking(language):
        made = report(BIG)
        book = opened(made)
        said = [cards.voted(made.ranking), texts.counted(NOW), cards.advice()]
        for name in (
            texts.sheet_summary(),
            texts.sheet_ranking(),
            texts.sheet_villages(),
            texts.sheet_ways(),
        ):
            assert all(words in str(book[name]["A2"].value) for words in said)


def test_a_long_text_gets_a_row_high_enough_to_be_read() -> None:
    for name in (texts.sheet_ranking(), texts.sheet_villages()):
        sheet = sheet_of(report(BIG, ["Суу жок", "жолдун баары бузук, " * 45]), name)
        # The height of one line is the sheet's own, and not written down again.
        assert sheet.row_dimensions[4].height is None
        assert sheet.row_dimensions[5].height >= 15 * 15


def test_on_paper_the_chart_leaves_the_table_its_own_pages() -> None:
    sheet = sheet_of(report(BIG), texts.sheet_ranking())
    assert [each.id for each in sheet.col_breaks.brk] == [sheet._charts[0].anchor._from.col]
    assert sheet.print_title_rows == "$3:$3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_problems_are_six_pictures_of_the_size_a_telephone_shows(language: str) -> None:
    with speaking(language):
        made = a_vote(problems=60)
        ranking, villages = printing.ranking_pages(made), printing.village_pages(made)
    assert len(ranking) == 6
    assert len(villages) == 2
    assert {size_of(each) for each in ranking + villages} == {(960, 1280)}
    assert max(map(len, ranking)) < 1_000_000


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_the_bars_stand_in_the_order_of_the_ranking_and_fit_their_width() -> None:
    made = a_vote(problems=60)
    bars = printing.printed(made)["bars"]
    assert [each["number"] for each in bars] == [f"№{100 + row.problem_id}" for row in made.ranking.rows]
    assert all(one["bar"] >= after["bar"] for one, after in pairwise(bars))
    assert all(0 <= each["low"] <= each["bar"] <= each["high"] <= 1 for each in bars)


def test_the_open_data_say_all_that_the_ranking_says() -> None:
    made = a_vote()
    file = RankingFile.model_validate_json(as_json(made))
    assert [each.number for each in file.problems] == [100 + row.problem_id for row in made.ranking.rows]
    assert [each.share for each in file.problems] == [row.share for row in made.ranking.rows]
    assert sum(each.voters for each in file.problems[0].by_village) == 500
    assert sum(each.votes or 0 for each in file.problems[0].by_sex) == file.problems[0].votes


BIG_TEXTS = [problem.text for problem in report(BIG).material.vote.problems.values()]


async def test_a_real_ranking_has_the_record_of_every_problem_of_the_vote(stage: Stage) -> None:
    listed = await publish(stage, "Суу жок, кудук кургап калды", "=1+1 көпүрө бузук")
    facilitator = await stage.facilitator()
    record = {"causes": "=сел", "consequences": "айланып барат", "who": "children"}
    await change(stage, update(Problem).where(Problem.id == listed[1]).values(**record))
    await open_vote(facilitator)
    await publish(stage, "Добуштан кийинки көйгөй")
    for _voter in range(10):
        resident = await stage.resident("ky")
        await resident.send("/vote")
        await resident.tap("cast:", "2")
    await close_vote(facilitator)
    await publish_result(facilitator)
    made = await export_ranking(stage.database, "jazy", "ru", utc_now())

    assert {name.rpartition(".")[2] for name in made} == {"png", "pdf", "xlsx", "csv", "json"}
    [xlsx] = [content for name, content in made.items() if name.endswith(".xlsx")]
    with speaking("ru"):
        sheet = load_workbook(BytesIO(xlsx))[records.sheet_problems()]
    rows = lines(sheet)
    assert [row[0] for row in rows] == [2, 1]
    assert rows[0][1] == "=1+1 көпүрө бузук"
    assert rows[0][3:] == ["=сел", "айланып барат"]
    assert sheet["D4"].data_type == "s"
