"""Sheets of which any feature may print one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.prints.paper import fill


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line of a printed list: who or what, the words, and below them a smaller remark."""

    heading: str
    text: str
    note: str = ""


def print_list(title: str, subtitle: str, items: Sequence[SheetItem], language: str) -> bytes:
    """A numbered list as PDF, with lines for notes under every item. Call it in a thread."""
    return fill("list", list_data(title, subtitle, items, language))


def list_data(title: str, subtitle: str, items: Sequence[SheetItem], language: str) -> dict[str, object]:
    """What `list.typ` shows."""
    return {
        "title": title,
        "subtitle": subtitle,
        "language": language,
        "items": [asdict(item) for item in items],
    }
