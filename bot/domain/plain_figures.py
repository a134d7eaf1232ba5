"""Text in the plainest signs, so that patterns of figures and words find them however they are typed."""

import re
import unicodedata

_SHOWS_NOTHING = "_"
_OF_KEYCAPS = frozenset("\ufe0f\u20e3")
_LOOKS_LIKE_ZERO = "Oo\u041e\u043e"
_LOOKS_LIKE_ONE = "Il|\u0406\u0456"
_LOOKS_LIKE_THREE = "\u0417\u0437"
_LIKE_DIGITS = (
    dict.fromkeys(map(ord, _LOOKS_LIKE_ZERO), "0")
    | dict.fromkeys(map(ord, _LOOKS_LIKE_ONE), "1")
    | dict.fromkeys(map(ord, _LOOKS_LIKE_THREE), "3")
)
# The letters of Russian in their order, then those that Kyrgyz has besides, each as one Latin letter.
_RUSSIAN = "".join(map(chr, range(0x430, 0x450)))
_IN_LATIN = str.maketrans(
    _RUSSIAN + _RUSSIAN.upper() + "\u0451\u0401\u04e9\u04e8\u04af\u04ae\u04a3\u04a2",
    "abvgdejziiklmnoprstufhccwwqyqeua" * 2 + "eeoouunn",
)
_NUMBER_AND_LIKE = re.compile(rf"[\d{_LOOKS_LIKE_ZERO}{_LOOKS_LIKE_ONE}{_LOOKS_LIKE_THREE}]+")


def plain_figures(text: str) -> str:
    """`text` sign for sign, with ASCII digits, spaces and dashes, and with Latin letters for Cyrillic ones.

    A letter that stands for a digit within a number is that digit.
    """
    simple = text if text.isascii() else "".join(map(_simple, text))
    return re.sub(r"[\w|]+", _as_number, simple).translate(_IN_LATIN)


def _simple(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    category = unicodedata.category(sign)
    if sign in _OF_KEYCAPS or category == "Cf":
        return _SHOWS_NOTHING
    if category == "Pd" or sign == "\N{MINUS SIGN}":
        return "-"
    if category == "Zs":
        return " "
    composed = unicodedata.normalize("NFKC", sign)
    return composed if len(composed) == 1 else sign


def _as_number(word: re.Match[str]) -> str:
    is_number = any(map(str.isdigit, word[0])) and _NUMBER_AND_LIKE.fullmatch(word[0])
    return word[0].translate(_LIKE_DIGITS) if is_number else word[0]
