"""Typed words without what nobody sees: they are read on small screens, on paper, beside other people's."""

import unicodedata
from itertools import pairwise

# Characters that are no format characters and yet show nothing at all.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_JOINER, _BLACK_FLAG = "\N{ZERO WIDTH JOINER}", "\N{WAVING BLACK FLAG}"
# So many accents on one letter are seen in no language written here.
_MOST_MARKS = 2


def visible(text: str) -> str:
    """`text` in its composed form (NFC), without invisible characters and those that turn its direction.

    What joins the parts of one emoji stays.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    for sign, following in pairwise((*unicodedata.normalize("NFC", text), "")):
        if _stays(sign, kept[-1] if kept else "", following) and not _is_stray(sign, kept):
            kept.append(sign)
    return "".join(kept)


def _stays(sign: str, before: str, following: str) -> bool:
    if sign == _JOINER:
        return _is_of_emoji(before) and _is_of_emoji(following)
    if _is_selector(sign):
        return bool(before) and not before.isalpha() and not before.isspace()
    if _is_tag(sign):
        return before == _BLACK_FLAG or _is_tag(before)
    category = unicodedata.category(sign)
    return sign in "\n\t" or (category not in {"Cf", "Cc", "Cs", "Co"} and sign not in _BLANK)


def _is_stray(sign: str, kept: list[str]) -> bool:
    """Whether it is an accent on no letter, or one more on a letter that has enough of them."""
    if not _is_mark(sign):
        return False
    last = kept[-_MOST_MARKS:]
    return not last or last[-1].isspace() or (len(last) == _MOST_MARKS and all(map(_is_mark, last)))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"} and not _is_selector(sign)


def _is_of_emoji(sign: str) -> bool:
    return bool(sign) and (unicodedata.category(sign) in {"So", "Sk"} or _is_selector(sign) or sign in "♀♂")


def _is_selector(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f"


def _is_tag(sign: str) -> bool:
    return "\U000e0020" <= sign <= "\U000e007f"


def count_letters(text: str) -> int:
    """Letters of any script."""
    return sum(each.isalpha() for each in text)


def count_letters_and_figures(text: str) -> int:
    """Letters and digits, of any script."""
    return sum(each.isalnum() for each in text)
