"""The recount: from an exported workbook alone, in any language, and no change of it stays unnoticed."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from bot.__main__ import main
from bot.features.votes.ranking_files import texts
from bot.features.votes.ranking_files.recount import NotAnExport, recount
from bot.features.votes.ranking_files.report import Report
from bot.features.votes.ranking_files.spreadsheet import workbook
from bot.i18n import LANGUAGES, speaking
from tests.samples.counts import Plain, Voters, a_vote, report

PLAIN = Plain(3, [Voters(20, [0]), Voters(9, [0, 1])])
REPORTS = {
    "deciding": a_vote(),
    "screening": a_vote(problems=60, voters=150, screening=True),
    "unweighted": report(replace(PLAIN, voters=[Voters(20, [0]), Voters(15, [1, 2], village=1)], villages=2)),
    "few": report(PLAIN),
    "ties": report(replace(PLAIN, problems=6, supporters=[0, 0, 0, 3, 1, 1])),
}


def exported(folder: Path, of: Report, change: Callable[[Workbook], None] | None = None) -> Path:
    content = workbook(of)
    if change:
        book = load_workbook(BytesIO(content))
        change(book)
        changed = BytesIO()
        book.save(changed)
        content = changed.getvalue()
    file = folder / "export.xlsx"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REPORTS)
def test_the_ranking_follows_from_the_ballots(kind: str, language: str, tmp_path: Path) -> None:
    with speaking(language):
        file = exported(tmp_path, REPORTS[kind])
    found = recount(file)
    assert found.differences == []
    assert found.ballots == REPORTS[kind].ranking.voters
    assert found.problems == len(REPORTS[kind].ranking.rows)
    assert found.sheets == len(REPORTS[kind].count.sheets)
    assert found.has_ranges == (kind != "screening")


def test_a_file_that_a_spreadsheet_has_saved_again_still_matches(tmp_path: Path) -> None:
    assert recount(exported(tmp_path, REPORTS["screening"], lambda _book: None)).differences == []


def test_a_file_that_libreoffice_has_saved_is_read_as_well(tmp_path: Path) -> None:
    def without_quotes(book: Workbook) -> None:
        sheet = book[texts.sheet_ranking()]
        sheet.title = "Рейтинг"
        for name in ("bap_meta", "bap_ranking"):
            place = book.defined_names[name]
            place.attr_text = (place.attr_text or "").replace(texts.sheet_ranking(), "Рейтинг")
        ranking = book.defined_names["bap_ranking"]
        ranking.attr_text = ranking.attr_text.replace("'", "")
        assert ranking.attr_text.startswith("Рейтинг!$A$4")

    assert recount(exported(tmp_path, REPORTS["deciding"], without_quotes)).differences == []


def test_a_file_of_a_deciding_vote_in_the_first_format_is_read(tmp_path: Path) -> None:
    """There the groups did not tell how many voters they have."""

    def older(book: Workbook) -> None:
        sheet = book[texts.sheet_recount()]
        sheet["B4"].value = 1
        place = book.defined_names["bap_strata"]
        place.attr_text = place.attr_text.replace("$E$", "$D$")

    assert recount(exported(tmp_path, REPORTS["deciding"], older)).differences == []


def test_a_file_of_a_first_vote_in_the_first_format_is_refused_in_words(tmp_path: Path) -> None:
    def older(book: Workbook) -> None:
        place = book.defined_names["bap_ballots"]
        place.attr_text = place.attr_text.replace("$D$", "$E$")

    with pytest.raises(NotAnExport, match="older version"):
        recount(exported(tmp_path, REPORTS["deciding"], older))


def test_changed_sums_of_a_screening_are_noticed(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        book[texts.sheet_tallies()]["D4"].value -= 1

    def impossible(book: Workbook) -> None:
        book[texts.sheet_tallies()]["D4"].value = 9999

    found = recount(exported(tmp_path, REPORTS["screening"], forge)).differences
    assert any("share" in each for each in found)
    with pytest.raises(NotAnExport, match="saw it"):
        recount(exported(tmp_path, REPORTS["screening"], impossible))


def test_the_command_says_that_ranges_of_a_screening_are_not_recounted(tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["recount", str(exported(tmp_path, REPORTS["screening"]))])
    assert good.exit_code == 0, good.output
    assert "150 ballots" in good.output
    assert "ranges of places are not" in good.output


def test_two_problems_that_changed_places_are_noticed(tmp_path: Path) -> None:
    def swap(book: Workbook) -> None:
        sheet = book[texts.sheet_ranking()]
        sheet["D4"].value, sheet["D5"].value = sheet["D5"].value, sheet["D4"].value

    assert len(recount(exported(tmp_path, REPORTS["deciding"], swap)).differences) == 2


def test_a_changed_ballot_is_noticed(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        sheet = book[texts.sheet_ballots()]
        for row in range(4, 24):
            sheet.cell(row, 2).value = 125
            sheet.cell(row, 3).value = None

    assert recount(exported(tmp_path, REPORTS["deciding"], forge)).differences


@pytest.mark.parametrize(("column", "name"), [("L", "in the bot"), ("M", "on paper"), ("N", "saw it")])
def test_every_number_of_the_ranking_is_looked_at(column: str, name: str, tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        book[texts.sheet_ranking()][f"{column}4"].value += 1

    found = recount(exported(tmp_path, REPORTS["deciding"], forge)).differences
    assert [name in each for each in found] == [True]


def test_a_group_that_says_it_has_other_voters_than_it_has_ballots_is_no_count(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        place = book.defined_names["bap_strata"].attr_text or ""
        row = int(place.split("$")[2].strip(":"))
        book[texts.sheet_recount()][f"E{row}"].value += 1

    with pytest.raises(NotAnExport, match="more or fewer ballots"):
        recount(exported(tmp_path, REPORTS["deciding"], forge))


def test_a_deleted_ballot_is_noticed(tmp_path: Path) -> None:
    def cut(book: Workbook) -> None:
        book[texts.sheet_ballots()].delete_rows(10)

    file = exported(tmp_path, REPORTS["deciding"], cut)
    with pytest.raises(NotAnExport):
        recount(file)


def test_a_pick_of_a_problem_that_is_not_on_the_list_is_no_count(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        book[texts.sheet_ballots()]["B5"].value = 999

    with pytest.raises(NotAnExport, match="999"):
        recount(exported(tmp_path, REPORTS["deciding"], forge))


def test_shares_of_groups_that_were_changed_are_no_count(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        sheet = book[texts.sheet_recount()]
        for row in sheet.iter_rows():
            if isinstance(row[3].value, str):
                row[3].value = "0.9"

    with pytest.raises(NotAnExport, match="add up"):
        recount(exported(tmp_path, REPORTS["deciding"], forge))


def test_the_command_says_that_it_matches_or_what_does_not(tmp_path: Path) -> None:
    def forge(book: Workbook) -> None:
        book[texts.sheet_ranking()]["K4"].value += 1

    good = CliRunner().invoke(main, ["recount", str(exported(tmp_path, REPORTS["deciding"]))])
    assert good.exit_code == 0, good.output
    assert "400 ballots" in good.output
    bad = CliRunner().invoke(main, ["recount", str(exported(tmp_path, REPORTS["deciding"], forge))])
    assert bad.exit_code == 1
    assert "Line 1, votes" in bad.output
    assert "NOT" in bad.output


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"name;votes\r\n"])
def test_any_other_file_is_told_in_a_line(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.xlsx"
    file.write_bytes(content)
    told = CliRunner().invoke(main, ["recount", str(file)])
    assert told.exit_code == 1
    assert len(told.output.splitlines()) == 1
    empty = BytesIO()
    Workbook().save(empty)
    file.write_bytes(empty.getvalue())
    assert "holds no count" in CliRunner().invoke(main, ["recount", str(file)]).output
