"""The files of a ranking: what a spreadsheet shows, and what it must never do."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import update

from bot.db.models import Problem
from bot.domain.cells import harmless
from bot.domain.places import Name
from bot.domain.ranking import Group
from bot.features.ranking import texts
from bot.features.ranking.exporting import export_ranking
from bot.features.ranking.queries import ListedProblem, Tally
from bot.features.ranking.spreadsheet import workbook
from bot.features.ranking.table import comma_separated
from bot.i18n import LANGUAGES, speaking
from tests.features.people import close_vote, open_vote
from tests.features.records import change, publish
from tests.stage import Stage

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
JAZY = Name("Жазы", "Жазы")


def tally(texts: Sequence[str], villages: Sequence[Group] = ()) -> Tally:
    problems = [
        ListedProblem(number, number, text, Name("Айыл", "Село"), None)
        for number, text in enumerate(texts, 1)
    ]
    names = {
        each.village_id or 0: Name(f"Айыл {each.village_id}", f"Село {each.village_id}") for each in villages
    }
    return Tally(1, 9, "jazy", JAZY, 3, NOW, NOW, NOW, problems, villages, names)


def opened(of: Tally) -> Workbook:
    return load_workbook(BytesIO(workbook(of, NOW)))


def rows_of(of: Tally) -> list[list[str]]:
    return list(csv.reader(StringIO(comma_separated(of).decode("utf-8-sig")), delimiter=";"))


BIG = [Group(1, 20, {1: 12, 2: 4}), Group(2, 9, {1: 1, 2: 8})]


def test_the_workbook_has_a_sheet_for_each_breakdown_and_one_for_the_method() -> None:
    book = opened(tally(["Суу жок", "Жол бузук"], BIG))

    assert len(book.worksheets) == 3
    total = book.worksheets[0]
    assert total.freeze_panes == "A4"
    assert [[cell.value for cell in row[:6]] for row in total.iter_rows(min_row=4)] == [
        ["1", 1, "Суу жок", "Село", "", 13],
        ["2", 2, "Жол бузук", "Село", "", 12],
    ]
    assert total["G4"].value == pytest.approx(13 / 29)
    assert len(total._charts) == 1


def test_villages_stand_side_by_side_in_the_order_of_the_total() -> None:
    sheet = opened(tally(["Суу жок", "Жол бузук"], BIG)).worksheets[1]

    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)] == [
        [1, "Суу жок", 12, 1],
        [2, "Жол бузук", 4, 8],
    ]


def test_a_village_with_few_voters_is_not_shown_and_cannot_be_computed() -> None:
    villages = [*BIG, Group(3, 2, {1: 2})]
    sheet = opened(tally(["Суу жок", "Жол бузук"], villages)).worksheets[1]
    header = [cell.value for cell in sheet[3]]

    assert len(header) == 4
    assert "20" in header[2]
    assert "11" in header[3]
    assert not any("Село 3" in str(title) or "Село 2" in str(title) for title in header)


DANGEROUS = ["=1+1", "+7 700 123", "-2 айыл", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\tтаб"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_the_workbook(text: str) -> None:
    cell = opened(tally([text, "Суу"], BIG)).worksheets[0]["C4"]

    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_in_the_csv(text: str) -> None:
    assert rows_of(tally([text, "Суу"], BIG))[1][2] == "'" + text
    assert harmless("Суу = жашоо") == "Суу = жашоо"


def test_the_csv_opens_in_a_spreadsheet_of_this_region() -> None:
    content = comma_separated(tally(["Суу; «таза»", "Жол"], BIG))

    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert rows_of(tally(["Суу; «таза»", "Жол"], BIG))[1][2] == "Суу; «таза»"


def test_control_characters_do_not_break_the_file() -> None:
    assert opened(tally(["Суу\x00\x0b жок", "Жол"], BIG)).worksheets[0]["C4"].value == "Суу жок"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vote_without_voters_gives_files_that_say_so(language: str) -> None:
    with speaking(language):
        book = opened(tally(["Суу жок", "Жол бузук"]))
        assert rows_of(tally(["Суу жок", "Жол бузук"]))[1][5] == "0"

    assert book.worksheets[0]["A2"].value
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=4)] == ["1–2", "1–2"]


def test_sixty_problems_get_a_chart_tall_enough_to_read() -> None:
    few, many = tally(["Суу", "Жол"], BIG), tally([f"Көйгөй {n}" for n in range(60)], BIG)

    def height(of: Tally) -> int:
        anchor = opened(of).worksheets[0]._charts[0].anchor
        return int(anchor.to.row - anchor._from.row)

    assert height(many) > 60
    assert height(few) < 25


def test_a_share_in_the_csv_is_a_number_to_a_spreadsheet_of_this_region() -> None:
    assert rows_of(tally(["Суу жок", "Жол бузук"], BIG))[1][6] == "0,4483"


def test_a_long_text_gets_a_row_high_enough_to_be_read() -> None:
    sheets = opened(tally(["Суу жок", "жолдун баары бузук, " * 45], BIG)).worksheets[:2]

    for sheet in sheets:
        # The height of one line is the sheet's own, and not written down again.
        assert sheet.row_dimensions[4].height is None
        assert sheet.row_dimensions[5].height >= 15 * 15


def test_a_header_of_several_lines_gets_a_row_for_all_of_them() -> None:
    sheet = opened(tally(["Суу жок", "Жол бузук"], [*BIG, Group(3, 2, {1: 2})])).worksheets[1]

    assert sheet.row_dimensions[3].height >= 30


def test_villages_put_together_without_any_left_over_are_no_column() -> None:
    few = tally(["Суу жок", "Жол бузук"], [Group(1, 10, {1: 9}), Group(2, 3, {2: 3})])

    assert [cell.value for cell in opened(few).worksheets[1][4]] == [1, "Суу жок"]
    assert len(rows_of(few)[0]) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_breakdown_says_of_itself_when_and_of_whom_it_was_counted(language: str) -> None:
    with speaking(language):
        total, villages = opened(tally(["Суу", "Жол"], [*BIG, Group(3, 2, {1: 2})])).worksheets[:2]
        said = [texts.voted(tally(["Суу"], [*BIG, Group(3, 2, {})])), texts.counted(NOW), texts.advice()]
        why = texts.why_together()

    for sheet in (total, villages):
        assert all(words in sheet["A2"].value for words in said)
    assert why in villages["A2"].value
    assert why not in total["A2"].value


def test_on_paper_the_chart_leaves_the_table_its_own_pages() -> None:
    total = opened(tally(["Суу", "Жол"], BIG)).worksheets[0]
    chart_column = total._charts[0].anchor._from.col

    assert [each.id for each in total.col_breaks.brk] == [chart_column]
    assert total.print_title_rows == "$3:$3"
    assert total._charts[0].anchor._from.row >= 3


def test_a_big_vote_of_two_hundred_problems_and_twelve_villages_is_all_there() -> None:
    villages = [Group(place, 10 * place, {place: 10 * place}) for place in range(1, 13)]
    big = tally([f"Көйгөй {n}" for n in range(200)], villages)
    total, by_village, _method = opened(big).worksheets

    assert total.max_row == by_village.max_row == 3 + 200
    assert by_village.max_column == 2 + 12
    assert len(rows_of(big)) == 1 + 200


async def test_a_real_ranking_has_the_record_of_every_problem_of_the_vote(stage: Stage) -> None:
    listed = await publish(stage, "Суу жок, кудук кургап калды", "=1+1 көпүрө бузук")
    facilitator = await stage.facilitator()
    record = {"causes": "=сел", "consequences": "айланып барат", "who": "children"}
    await change(stage, update(Problem).where(Problem.id == listed[1]).values(**record))
    await open_vote(facilitator)
    await publish(stage, "Добуштан кийинки көйгөй")
    resident = await stage.resident("ky")
    await resident.send("/vote")
    await resident.tap("cast:", "2")
    await close_vote(facilitator)
    made = await export_ranking(stage.database, "jazy", "ru")

    [xlsx] = [content for name, content in made.items() if name.endswith(".xlsx")]
    book = load_workbook(BytesIO(xlsx))
    assert len(book.worksheets) == 4
    rows = [[cell.value for cell in row] for row in book.worksheets[2].iter_rows(min_row=4)]
    assert [row[0] for row in rows] == [2, 1]
    assert rows[0][1] == "=1+1 көпүрө бузук"
    assert rows[0][3:] == ["=сел", "айланып барат"]
    assert book.worksheets[2]["D4"].data_type == "s"
