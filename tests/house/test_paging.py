"""Every list turns its pages by the one pager, whatever room it is in."""

import ast
import re
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.domain.paging import Page
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts
from bot.telegram.paging import growing_pager, pager
from bot.telegram.screen import Row
from tests.samples.everything import GALLERY

BOT = Path(__file__).parents[2] / "bot"
# Where the arrows are worded, and where they are made into buttons.
ALLOWED = {BOT / "telegram" / "texts.py", BOT / "telegram" / "paging.py"}
NAMES = {texts.previous_page.__name__, texts.next_page.__name__}
ARROWS = {texts.previous_page(), texts.next_page()}


class Turn(CallbackData, prefix="turn"):
    page: int


def leaf(page: int) -> Turn:
    return Turn(page=page)


def shown(row: Row) -> list[tuple[str, str | None]]:
    return [(each.text, each.callback_data) for each in row]


def uses_of_arrows(source: str) -> list[str]:
    """The names of the arrow texts and the bare arrows themselves, as a module uses them."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in NAMES:
            found.append(node.attr)
        elif isinstance(node, ast.alias) and node.name in NAMES:
            found.append(node.name)
        elif isinstance(node, ast.Constant) and node.value in ARROWS:
            found.append(node.value)
    return found


def test_only_the_pager_uses_the_arrows() -> None:
    others = [file for file in BOT.rglob("*.py") if file not in ALLOWED]
    used = {str(file): found for file in others if (found := uses_of_arrows(file.read_text("utf-8")))}
    assert used == {}


def test_the_guard_itself_sees_an_arrow() -> None:
    assert uses_of_arrows("button(common.next_page(), more)") == ["next_page"]
    assert uses_of_arrows("from bot.telegram.texts import previous_page") == ["previous_page"]
    assert uses_of_arrows('button("➡️", more)') == ["➡️"]
    assert uses_of_arrows('_("Go on ➡️")') == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_arrow_of_every_screen_is_one_of_the_pager_s(language: str) -> None:
    turning = 0
    for sample in GALLERY:
        with speaking(language):
            rows = sample().rows
        for row in rows:
            if len(row) != 3 or row[2].text != texts.next_page():
                # A ballot that grows goes back without a number.
                assert row[1:] or not {each.text for each in row} & ARROWS
                continue
            turning += 1
            assert row[0].text == texts.previous_page()
            assert re.fullmatch(r"\d+ / \d+", row[1].text)
            assert len({(each.callback_data or "").split(":")[0] for each in row}) == 1
    assert turning > 100


def test_one_page_has_nothing_to_turn() -> None:
    for total in (0, 1, 6):
        assert pager(Page(total, 0, 6), leaf) == []


def test_the_number_stands_between_the_arrows_and_shows_the_page_again() -> None:
    assert shown(pager(Page(25, 1, 6), leaf)) == [("⬅️", "turn:0"), ("2 / 5", "turn:1"), ("➡️", "turn:2")]


def test_both_ends_lead_to_each_other() -> None:
    assert shown(pager(Page(25, 0, 6), leaf)) == [("⬅️", "turn:4"), ("1 / 5", "turn:0"), ("➡️", "turn:1")]
    assert shown(pager(Page(25, 4, 6), leaf)) == [("⬅️", "turn:3"), ("5 / 5", "turn:4"), ("➡️", "turn:0")]


def test_a_page_past_the_end_is_the_last() -> None:
    assert shown(pager(Page(25, 99, 6), leaf)) == shown(pager(Page(25, 4, 6), leaf))


def test_a_list_that_grows_has_no_number_and_no_end() -> None:
    assert shown(growing_pager(Page(5, 0, 5), leaf, "More")) == [("More", "turn:1")]
    assert shown(growing_pager(Page(10, 1, 5), leaf, "More")) == [("⬅️", "turn:0"), ("More", "turn:2")]
