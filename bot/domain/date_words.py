"""The words in which people write days and hours, put into signs that do not depend on the language.

The words themselves are data, and are handed in; they are compared without the letters that old keyboards
lack.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.text_folding import same_letters

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_DASHES = re.compile("[\u2010-\u2015\N{MINUS SIGN}]")
# What follows a stem: "~" one of the case endings, "*" anything.
_CASES, _ANYTHING = "~", "*"
# What is a sign to the reader must not be written by anybody.
_SIGNS = re.compile(r"[<>|]")
_LETTER = r"[^\W\d_]"
_FIRST_LETTER = ord("a")


@dataclass(frozen=True, slots=True)
class DateWords:
    """All words as one pattern, with the sign of each; and the endings that Kyrgyz puts behind a figure."""

    pattern: re.Pattern[str]
    signs: tuple[tuple[str, str], ...]
    endings: Mapping[str, str]
    behind_figures: re.Pattern[str]

    def signed(self, written: str) -> str:
        """The words as signs: "25-november, 3 o'clock" as "25-<mk>, 3 <hour>".

        A word that is not known is left as it is.
        """
        plain = _DASHES.sub("-", _SPACES.sub(" ", _SIGNS.sub("?", same_letters(written)))).strip()
        plain = self.behind_figures.sub(lambda found: self.endings.get(found[1], ""), plain)
        return self.pattern.sub(self._sign, plain)

    def _sign(self, found: re.Match[str]) -> str:
        stem, sign = self.signs[(found.lastindex or 1) - 1]
        kind, _colon, key = sign.partition(":")
        if kind == "number":
            return key + self.endings.get(found[0][len(stem) :], "")
        if kind in _LETTERED:
            return f"<{kind[0]}{chr(_FIRST_LETTER + int(key) - _LETTERED[kind])}>"
        return " " if kind == "filler" else f"<{sign}>"


# The key with which each kind begins: it is "a" in a sign, so that no sign holds a figure.
_LETTERED = {"month": 1, "weekday": 1, "away": -2}


def date_words(rows: Iterable[tuple[str, str]]) -> DateWords:
    """`rows` are signs with their words, divided by semicolons."""
    listed = [(same_letters(word), sign) for sign, words in rows for word in words.split(";")]
    endings = {word: f"<{sign.split(':')[1]}>" for word, sign in listed if sign.startswith("ending:")}
    # As a place and not a direction, an ending says nothing that a reader needs.
    endings = {word: sign * (sign != "<at>") for word, sign in endings.items()}
    behind = endings | {word: "" for word, sign in listed if sign == "ordinal"}
    listed = [row for row in listed if row[1] != "ordinal" and not row[1].startswith("ending:")]
    listed.sort(key=lambda row: -len(row[0]))
    stems = tuple((word.rstrip(_CASES + _ANYTHING), sign) for word, sign in listed)
    choices = "|".join(f"({_expression(word, endings)})" for word, _sign in listed)
    return DateWords(
        re.compile(f"(?<!{_LETTER})(?:{choices})(?!{_LETTER})"),
        stems,
        endings,
        re.compile(rf"(?<=\d)-?({_any_of(behind)})(?!{_LETTER})"),
    )


def _expression(word: str, endings: Iterable[str]) -> str:
    stem = re.escape(word.rstrip(_CASES + _ANYTHING))
    if word.endswith(_CASES):
        return f"{stem}(?:{_any_of(endings)})?"
    return f"{stem}{_LETTER}*" if word.endswith(_ANYTHING) else stem


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
