"""Sheets of a vote on paper: what cannot be is told, all of it at once; what was typed is understood."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.gathering import Flaw, Line, Method, Mistake, People, Tally, flaws, read_numbers, read_votes

OPENED, TODAY = date(2026, 11, 10), date(2026, 11, 20)
SOUND = Tally(
    village_id=1,
    held_on=date(2026, 11, 15),
    place="Мектеп",
    people=People.MIXED,
    method=Method.SHEETS,
    women=20,
    men=14,
    voted=30,
    already_voted=4,
    first_signatory="Төрага",
    second_signatory="Катчы",
    votes={7: 30, 8: 25, 9: 0},
)


def of(tally: Tally) -> list[Flaw]:
    return flaws(tally, 3, OPENED, TODAY)


def test_a_sound_sheet_has_no_flaws() -> None:
    assert of(SOUND) == []
    assert of(replace(SOUND, voted=34, already_voted=34, votes={7: 34, 8: 34, 9: 34})) == []
    assert of(replace(SOUND, held_on=OPENED)) == of(replace(SOUND, held_on=TODAY)) == []


def test_everything_that_cannot_be_is_told_at_once() -> None:
    wrong = replace(
        SOUND, held_on=date(2026, 11, 21), voted=35, already_voted=36, votes={7: 36, 8: 35, 9: 35, 10: 1}
    )
    assert of(wrong) == [
        Flaw(Line.DAY, Mistake.IN_FUTURE),
        Flaw(Line.VOTED, Mistake.MORE_THAN_PRESENT, 35, 34),
        Flaw(Line.ALREADY, Mistake.MORE_THAN_VOTED, 36, 35),
        Flaw(Line.VOTES, Mistake.MORE_THAN_VOTED, 36, 35, 7),
        Flaw(Line.VOTES, Mistake.TOO_MANY_VOTES, 107, 105),
    ]
    assert of(replace(SOUND, held_on=date(2026, 11, 9)))[0].mistake is Mistake.TOO_EARLY
    assert of(replace(SOUND, men=100_001))[0].mistake is Mistake.TOO_MANY_PEOPLE


def test_so_few_voters_that_their_votes_would_show_are_no_sheet() -> None:
    few = replace(SOUND, voted=4, already_voted=0, votes={7: 4})
    assert of(few) == [Flaw(Line.VOTED, Mistake.TOO_FEW_VOTED, 4, 5)]


def test_zeros_make_no_other_sheet() -> None:
    assert SOUND.says_the_same(replace(SOUND, votes={8: 25, 7: 30}))
    assert not SOUND.says_the_same(replace(SOUND, votes={8: 26, 7: 30}))
    assert not SOUND.says_the_same(replace(SOUND, men=15))


@pytest.mark.parametrize(
    "typed",
    [
        "12 - 30\n7 - 22",
        "12 30, 7 22",
        "№12: 30; №7: 22",
        "12=30\n\n7=22",
        "12 — 30\n7) 22",
        " 12.30\n 7 . 22 ",
    ],
)
def test_votes_are_understood_as_people_write_them(typed: str) -> None:
    found = read_votes(typed, [7, 12, 15])
    assert found.is_sound
    assert found.votes == {12: 30, 7: 22}


def test_whatever_is_not_understood_is_told_piece_by_piece() -> None:
    found = read_votes("12 - отуз\n7 - 22\n99 - 3\n7 - 5\nсуу", [7, 12])
    assert found.not_understood == ["12 - отуз", "суу"]
    assert found.not_listed == [99]
    assert found.repeated == [7]
    assert not found.is_sound


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("34 21 50 6", [34, 21, 50, 6]),
        ("аялдар 34, эркектер 21, добуш 50, ботто 6", [34, 21, 50, 6]),
        ("34 21 50", None),
        ("34 21 50 6 7", None),
        ("", None),
    ],
)
def test_numbers_are_found_among_words(typed: str, numbers: list[int] | None) -> None:
    assert read_numbers(typed, 4) == numbers
