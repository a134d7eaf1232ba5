"""The files: the dispatch report as PDF and XLSX, and the notice for the board."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain.clock import utc_now
from bot.domain.exported import NothingToExport
from bot.domain.hearing import Wording
from bot.features.hearings.delivery_report import poster_texts, texts
from bot.features.hearings.delivery_report.callbacks import ExportDispatch, Form, MakePoster
from bot.features.hearings.delivery_report.exporting import export_dispatch, pdf, report, workbook
from bot.features.hearings.delivery_report.poster import (
    LONGEST_AGENDA,
    MOST_LINES,
    agenda_lines,
    poster,
    poster_data,
)
from bot.features.hearings.delivery_report.queries import Dispatch
from bot.features.hearings.delivery_report.table import tables
from bot.features.hearings.hearing_queries import HearingCard
from bot.i18n import LANGUAGES, speaking
from bot.prints.paper import pictures
from bot.telegram import texts as common
from tests.engines import pdftotext
from tests.features.hearings.delivery_report.broadcasts import (
    TOPIC,
    deliver,
    deliver_some,
    hearing,
    settle,
    tell,
)
from tests.features.records import journal
from tests.features.wording import worded
from tests.samples.data import NOW
from tests.samples.dispatch import CALLED_OFF, DISPATCHES, HEARING, HEARINGS, LONG_HEARING
from tests.stage import Stage

FORMULAS = ["=1+1", "+7 700 123", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\tтаб", "a\x00\x0bb"]


def read(content: bytes) -> str:
    """The text of a PDF, with single spaces and words that were broken put together."""
    done = subprocess.run([pdftotext(), "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


def opened(found: Dispatch) -> Workbook:
    return load_workbook(BytesIO(workbook(found, NOW)))


def values(book: Workbook) -> list[Any]:
    return [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", list(Form))
async def test_the_officer_gets_the_report_in_their_language(stage: Stage, language: str, form: Form) -> None:
    officer = await stage.officer(language=language)
    await settle(stage, 5)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await deliver(stage)
    await officer.press(ExportDispatch(hearing_id=hearing_id, form=form))

    sent = officer.screen
    assert sent.kind == "document"
    assert sent.media["file_name"] == f"dispatch-{hearing_id}.{form}"
    assert worded(language, texts.title) in (sent.caption or "")
    assert TOPIC in (sent.caption or "")
    assert officer.alert == worded(language, common.being_made)
    [line] = await journal(stage, "dispatch.exported")
    assert (line.subject_id, line.details) == (hearing_id, {"form": form})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_printed_report_says_that_dispatch_is_not_reading(language: str) -> None:
    with speaking(language):
        said = read(pdf(DISPATCHES[1], NOW))
        for words in (texts.title(), texts.not_reading(), texts.not_named(), texts.as_of(NOW)):
            assert words in said
        assert texts.sheet_villages() in said


def test_the_printed_report_holds_what_people_wrote_as_they_wrote_it() -> None:
    wild = "Суу #let $x$ *b* _i_ <lab> & `код` \\ \" '"
    found = replace(DISPATCHES[1], hearing=replace(HEARING, topic=Wording(ky=wild, ru=wild), place=wild))
    with speaking("ky"):
        assert read(pdf(found, NOW)).count("#let $x$ *b* _i_ <lab> & `код`") == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(len(DISPATCHES)))
def test_every_report_can_be_made(number: int, language: str) -> None:
    found = DISPATCHES[number]
    with speaking(language):
        assert pictures("report", report(found, NOW), 30)
        book, made = opened(found), tables(found)
    assert [sheet.title for sheet in book.worksheets] == [titled.title for titled in made]
    for sheet, titled in zip(book.worksheets, made, strict=True):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        assert rows == [list(row) for row in titled.table.rows]


@pytest.mark.parametrize("words", FORMULAS)
def test_nothing_in_the_workbook_can_become_a_formula(words: str) -> None:
    told = replace(HEARING, topic=Wording(words, words), place=words)
    village = replace(DISPATCHES[2], hearing=told)
    village = replace(
        village, village_names=dict.fromkeys(village.village_names, replace(told.municipality, ru=words))
    )
    with speaking("ru"):
        book = opened(village)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None
    assert words.replace("\x00", "").replace("\x0b", "") in values(book)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_the_workbook_says_of_itself_what_it_is(language: str) -> None:
    with speaking(language):
        for sheet in opened(DISPATCHES[2]).worksheets:
            assert texts.title() in str(sheet["A1"].value)
            assert texts.not_reading() in str(sheet["A2"].value)


async def test_the_operator_gets_both_files(stage: Stage) -> None:
    await settle(stage, 8)
    hearing_id = await hearing(stage)
    await tell(stage, hearing_id)
    await deliver_some(stage)
    made = await export_dispatch(stage.database, hearing_id, "ky", utc_now())

    assert set(made) == {f"dispatch-{hearing_id}.pdf", f"dispatch-{hearing_id}.xlsx"}
    with pytest.raises(NothingToExport):
        await export_dispatch(stage.database, 99_999, "ky", utc_now())
    with pytest.raises(NothingToExport):
        await export_dispatch(stage.database, await hearing(stage, status="draft"), "ky", utc_now())


async def test_the_officer_gets_the_notice_for_the_board(stage: Stage) -> None:
    officer = await stage.officer()
    hearing_id = await hearing(stage)
    await officer.press(MakePoster(hearing_id=hearing_id))

    sent = officer.screen
    assert sent.media["file_name"] == f"hearing-{hearing_id}.pdf"
    assert sent.caption == worded("ru", texts.for_the_board)
    assert officer.alert == worded("ru", common.being_made)


def test_the_notice_says_everything_in_both_languages() -> None:
    said = read(poster(HEARING, "bap_bot"))
    half = poster_data(HEARING, "bap_bot")["halves"]

    assert isinstance(half, list)
    for each in half:
        for part in ("municipality", "kind", "day", "time", "place"):
            assert str(each[part]) in said, part
        for line in each["agenda"]:
            assert line in said
    assert "23-сентябрь, шаршемби" in said
    assert "23 сентября, среда" in said
    assert "0555 12 34 56" in said
    assert "t.me/bap_bot?start=h_1" in said


@pytest.mark.parametrize("card", HEARINGS)
def test_the_notice_is_one_page_however_much_is_written(card: HearingCard) -> None:
    assert len(pictures("poster", poster_data(card, "bap_bot"), 30)) == 1


def test_a_notice_of_a_hearing_that_was_called_off_says_so() -> None:
    said = read(poster(CALLED_OFF, "bap_bot"))
    for language in LANGUAGES:
        with speaking(language):
            assert poster_texts.called_off().upper() in said
            assert poster_texts.reason("Суу ташкыны") in said
            assert poster_texts.square()[:20] not in said


def test_an_agenda_that_is_too_long_is_shortened_and_says_so() -> None:
    whole = "Бир\n\n  Эки  \nҮч"
    assert agenda_lines(whole) == (["Бир", "Эки", "Үч"], True)
    many, is_whole = agenda_lines("Суроо\n" * 40)
    assert (len(many), is_whole) == (MOST_LINES, False)
    one, is_whole = agenda_lines("жол " * 300)
    assert len(one) == 1
    assert one[0].endswith("\u2026")
    assert not is_whole
    long, is_whole = agenda_lines(("жол " * 30 + "\n") * 6)
    assert sum(map(len, long)) <= LONGEST_AGENDA
    assert not is_whole
    with speaking("ky"):
        assert poster_texts.whole_agenda() in read(poster(LONG_HEARING, "bap_bot"))


def test_a_hearing_told_in_one_language_is_printed_for_the_readers_of_both() -> None:
    both = poster_data(replace(HEARING, topic=Wording(ky="Бюджет"), agenda=Wording()), "bap_bot")["halves"]
    assert isinstance(both, list)
    assert [half["topic"] for half in both] == ["Бюджет", "Бюджет"]


def test_an_evening_is_printed_by_the_clock_of_bishkek() -> None:
    late = poster_data(replace(HEARING, starts_at=NOW + timedelta(hours=9, minutes=35)), "bap_bot")["halves"]
    assert isinstance(late, list)
    assert "06:05" in late[0]["time"]
    assert late[0]["day"] == "24-сентябрь, бейшемби"
