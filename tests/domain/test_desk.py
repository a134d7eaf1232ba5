"""The lines that a facilitator fills in."""

import pytest

from bot.domain.moderation import Line
from bot.domain.text import LONGEST_TEXT, SHORTEST_TEXT


@pytest.mark.parametrize(
    ("line", "is_public"),
    [
        (Line.WORDING, True),
        (Line.TRANSLATION, True),
        (Line.WHO, True),
        (Line.CAUSES, False),
        (Line.CONSEQUENCES, False),
        (Line.NOTE, False),
    ],
)
def test_what_voters_read_is_public_and_nothing_else(line: Line, *, is_public: bool) -> None:
    assert line.is_public is is_public


@pytest.mark.parametrize(
    ("line", "bounds"),
    [
        (Line.WORDING, (10, 1000)),
        (Line.TRANSLATION, (10, 1000)),
        (Line.WHO, (3, 200)),
        (Line.CAUSES, (3, 600)),
        (Line.CONSEQUENCES, (3, 600)),
        (Line.NOTE, (3, 300)),
    ],
)
def test_every_line_has_its_bounds(line: Line, bounds: tuple[int, int]) -> None:
    assert line.bounds == bounds


def test_a_wording_may_be_as_long_as_what_a_resident_wrote() -> None:
    assert Line.WORDING.bounds == Line.TRANSLATION.bounds == (SHORTEST_TEXT, LONGEST_TEXT)
