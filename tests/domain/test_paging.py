"""Pages of a list."""

import pytest
from hypothesis import given, strategies as st

from bot.domain.paging import Page, page_of


@pytest.mark.parametrize(
    ("total", "wanted", "number", "pages", "offset"),
    [
        (0, 0, 0, 1, 0),
        (0, 7, 0, 1, 0),
        (1, 0, 0, 1, 0),
        (6, 0, 0, 1, 0),
        (6, 1, 0, 1, 0),
        (7, 0, 0, 2, 0),
        (7, 1, 1, 2, 6),
        (7, 2, 1, 2, 6),
        (12, 1, 1, 2, 6),
        (13, 1, 1, 3, 6),
        (13, 999, 2, 3, 12),
        (13, -1, 0, 3, 0),
        (2400, 399, 399, 400, 2394),
        (2400, 10**18, 399, 400, 2394),
    ],
)
def test_a_page_stands_where_its_number_says(
    total: int, wanted: int, number: int, pages: int, offset: int
) -> None:
    page = Page(total, wanted, 6)

    assert (page.number, page.pages, page.offset, page.limit) == (number, pages, offset, 6)


@given(st.integers(0, 30), st.integers(-3, 20), st.integers(1, 8))
def test_the_items_of_a_page_are_those_between_its_offset_and_the_next(
    total: int, wanted: int, size: int
) -> None:
    shown, page = page_of(range(total), wanted, size)

    assert 0 <= page.number < page.pages
    assert list(shown) == list(range(total))[page.offset : page.offset + size]


@given(st.integers(0, 30), st.integers(1, 8))
def test_all_pages_together_are_the_whole_list_once(total: int, size: int) -> None:
    pages = [page_of(range(total), wanted, size)[0] for wanted in range(Page(total, 0, size).pages)]

    assert [each for shown in pages for each in shown] == list(range(total))
    assert all(pages) or not total
