"""What a spreadsheet can hold, and what it must not run."""

import re

# Characters that no spreadsheet file can hold; a terminal would act upon some of them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def clean(words: str) -> str:
    return _CONTROL.sub("", words)


def harmless(words: str) -> str:
    """A cell that a spreadsheet cannot take for a formula."""
    words = clean(words)
    return "'" + words if words.startswith(_FORMULA) else words
