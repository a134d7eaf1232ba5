"""Pages of a list: which one is shown of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list of `total` items, `size` to a page.

    `wanted` counts from 0 and comes from a button, perhaps an old one: the list may
    have become shorter since.
    """

    total: int
    wanted: int
    size: int

    @property
    def pages(self) -> int:
        """An empty list has one page, with nothing on it."""
        return max(1, -(-self.total // self.size))

    @property
    def number(self) -> int:
        """From 0; past the end the last page is shown, before the beginning the first."""
        return min(max(self.wanted, 0), self.pages - 1)

    @property
    def offset(self) -> int:
        return self.number * self.size

    @property
    def limit(self) -> int:
        return self.size


def page_of(items: Sequence[Item], wanted: int, size: int) -> tuple[Sequence[Item], Page]:
    """The items of the wanted page, and the page."""
    page = Page(len(items), wanted, size)
    return items[page.offset : page.offset + page.limit], page
