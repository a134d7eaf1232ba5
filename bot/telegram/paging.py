"""The one way to turn the pages of a list."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from bot.domain.paging import Page
from bot.telegram import texts
from bot.telegram.screen import Row, button

# Makes the button's data for a page, by its number from 0.
Leaf = Callable[[int], CallbackData]


def pager(page: Page, leaf: Leaf) -> Row:
    """The page before, this one as it is now, the page after; nothing where all stands on one page.

    It wraps at both ends: the buttons keep their places under the finger, and the last page is one tap away.
    """
    if page.pages == 1:
        return []
    return [
        button(texts.previous_page(), leaf((page.number - 1) % page.pages)),
        button(texts.page_number(page.number, page.pages), leaf(page.number)),
        button(texts.next_page(), leaf((page.number + 1) % page.pages)),
    ]


def growing_pager(page: Page, leaf: Leaf, more: str) -> Row:
    """For a list whose next page is drawn only when it is turned to; `more` is the label of that button.

    How many pages there will be is not known, so there is no number, and nothing to wrap to.
    """
    following = button(more, leaf(page.number + 1))
    if page.number == 0:
        return [following]
    return [button(texts.previous_page(), leaf(page.number - 1)), following]
