"""What a spreadsheet can hold, and what it must not run."""

import re
from dataclasses import dataclass

from bot.domain.visible import visible

# Characters that no spreadsheet file can hold; a terminal would act upon some of them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a formula begins with, also written as wide as a Chinese sign; some programs pass over blanks before.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")


def clean(words: str) -> str:
    return visible(_CONTROL.sub("", words))


def harmless(words: str) -> str:
    """A cell that a spreadsheet cannot take for a formula."""
    words = clean(words)
    is_formula = words.startswith(_BREAKS) or words.lstrip().startswith(_FORMULA)
    return "'" + words if is_formula else words


@dataclass(frozen=True, slots=True, order=True)
class CellFlaw:
    """What is wrong with a cell, by the name the spreadsheet shows for it; no column for a whole row."""

    row: int
    column: str
    words: str
    # Named where a workbook has several.
    sheet: str = ""
