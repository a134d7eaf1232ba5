"""Taking words out of a text: somebody's name, a telephone number, an insult."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

MARK = "[\N{HORIZONTAL ELLIPSIS}]"
# Fewer letters or digits than these would be found inside of other words everywhere.
SHORTEST_CUT, LONGEST_CUT = 3, 200
# Letters that keyboards without Kyrgyz or without yo write alike.
_ALIKE = {
    letter: pair
    for pair in ("\u04e9\u043e", "\u04af\u0443", "\u04a3\u043d", "\u0451\u0435")
    for letter in pair
}
# What people write between the digits of a number.
_BETWEEN_DIGITS = r"[\s().\-\u2010-\u2015/]*"
_NUMBER = re.compile(r"\+?[\d\s().\-\u2010-\u2015/]+")
_FEWEST_DIGITS = 4


def redacted(text: str, words: Sequence[str]) -> str:
    """`text` with a mark in the place of each of `words`.

    Capitals, the Kyrgyz letters that some keyboards lack, the width of gaps and what stands between the
    digits of a number make no difference.
    """
    for pattern in [_pattern(each) for each in words if each.strip()]:
        text = pattern.sub(MARK, text)
    return text


def redacted_within(value: Any, words: Sequence[str]) -> Any:
    """The same for all texts within what the journal or a message keeps; the rest stays as it is."""
    if isinstance(value, str):
        return redacted(value, words)
    if isinstance(value, Mapping):
        return {key: redacted_within(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [redacted_within(each, words) for each in value]
    return value


def _pattern(words: str) -> re.Pattern[str]:
    digits = [sign for sign in words if sign.isdigit()]
    if _NUMBER.fullmatch(words.strip()) and len(digits) >= _FEWEST_DIGITS:
        return re.compile(r"\+?" + _BETWEEN_DIGITS.join(digits))
    pieces = ["".join(_letter(sign) for sign in piece) for piece in words.split()]
    return re.compile(r"\s+".join(pieces), re.IGNORECASE)


def _letter(sign: str) -> str:
    alike = _ALIKE.get(sign.lower())
    return f"[{alike}]" if alike else re.escape(sign)
