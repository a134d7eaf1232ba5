"""Personal data in free text: telephone numbers, e-mail addresses, personal numbers, cards and accounts.

What is found is pointed out and never refused, so a doubtful find costs a tap. Sums, dates, distances and
coordinates, which reports are full of, are not to be found.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.plain_figures import plain_figures

# Stands in the place of what was taken out.
LEFT_OUT = "[\u2026]"


class PersonalKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    PERSONAL_NUMBER = "personal_number"
    CARD = "card"  # or a bank account


@dataclass(frozen=True, slots=True)
class Found:
    """`text[start:end]`, which is `words`, belongs to a person."""

    kind: PersonalKind
    start: int
    end: int
    words: str


def found_in(text: str) -> list[Found]:
    """All personal data in `text`, by place; no two finds overlap."""
    plain = plain_figures(text)
    found: list[Found] = []
    for kind, pattern, accepts in _RULES:
        for start, end in _accepted(pattern, accepts, plain):
            if all(end <= each.start or start >= each.end for each in found):
                found.append(Found(kind, start, end, text[start:end]))
    return sorted(found, key=lambda each: each.start)


def without_personal_data(text: str) -> str:
    """`text` with `LEFT_OUT` in the place of everything that `found_in` finds."""
    kept, end = [], 0
    for each in found_in(text):
        kept.append(text[end : each.start])
        end = each.end
    return LEFT_OUT.join([*kept, text[end:]])


def _accepted(
    pattern: re.Pattern[str], accepts: Callable[[re.Match[str]], bool], plain: str
) -> Iterator[tuple[int, int]]:
    """Where the number of each accepted match begins and ends; a refused match hides none behind it."""
    at = 0
    while match := pattern.search(plain, at):
        if accepts(match):
            yield match.span("number")
        at = match.end() if accepts(match) else match.start() + 1


# Patterns. A gap is what people put between the digits of one number.

_GAP = r"[ ./()_\-]{0,3}"


def _digits(count: int, gap: str = _GAP) -> str:
    return rf"\d(?:{gap}\d){{{count - 1}}}"


def _number(pattern: str, before: str = "", after: str = r"(?!\d)") -> re.Pattern[str]:
    return re.compile(rf"{before}(?P<number>{pattern}){after}", re.IGNORECASE)


# Not within a longer number, and no part of a date or an hour.
_BEGIN = r"(?<!\d)(?<!\b\d[.:\-])(?<!\b\d\d[.:\-])"
_END = r"(?!\d)(?![.\-:]\d{1,2}(?!\d))"
# The nine digits of a number in Kyrgyzstan begin with the code of an operator or of a district.
_OPERATORS = r"(?:22|5\d|7[057]|88|99)\d"
_NATIONAL = rf"(?:2{_GAP}[02]|3{_GAP}[1-9]|5{_GAP}\d|7{_GAP}[057]|8{_GAP}8|9{_GAP}9)(?:{_GAP}\d){{7}}"
_BESIDE = r"[^\d\n!?]{0,20}"
# In Latin letters, as `plain_figures` writes words of every alphabet.
_TELEPHONE = r"\b(?:tel(?:\.|ef\w*|\b)|phone|wh?ats ?app|v[ao]t?[sc]ap\w*)"
_LOCAL = r"(?:\d{5,7}|\d{1,3}[ \-]\d\d[ \-]\d\d|\d{3}[ \-]\d{3})"
_PERSONAL_WORDS = r"\b(?:inn|pin|jeke\w* (?:identifika\w* )?nomer\w*)\b"
_BANK_WORDS = r"(?:\b(?:el)?(?:scet\w*|esep\w*|eseb\w*|kart\w*|card|iban)|\br/s)"
_EMAIL = _number(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|[\w.+%-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.(?:ru|com|kg|net|org|kz|uz|su)",
    before=r"(?<![\w.+%-])",
    after=r"\b",
)
# What is counted is no number of a person.
_UNIT = re.compile(
    r" ?-?(?:(?:som\w{0,4}|sum|summ\w+|tys|min|mln|mlrd|rub|dol|tenge|gradus\w*|adam\w{0,3}|kiwi\w{0,3}"
    r"|jyl(?:y|da|dyn|ga)?|cel(?:ovek\w*)?|ga|kg|km|sm|mm|kv|kvt|kub|ml|wt)\b|[ml]\b(?!\.)"
    r"|million|rubl|doll|tonn|litr|gektar|metr|cakyrym|kubometr|procent|god(?:a|y|ov)?\b|m[23]|s\.|[$€₽%°])",
    re.IGNORECASE,
)


# In Latin letters: hectares, and in Kyrgyz also the ending "to", as in "call to 0312 62 15 40".
_HECTARES_OR_ENDING = re.compile(r" ?-?ga\b", re.IGNORECASE)
# No land has so many digits of hectares.
_TOO_MANY_HECTARES = 9


def _is_uncounted(match: re.Match[str]) -> bool:
    end = match.end("number")
    if len(_digits_of(match)) >= _TOO_MANY_HECTARES and _HECTARES_OR_ENDING.match(match.string, end):
        return True
    return not _UNIT.match(match.string, end)


def _is_no_sum(match: re.Match[str]) -> bool:
    """Neither counted, nor round, nor a row of like numbers."""
    groups = re.findall(r"\d+", match["number"])
    if not _is_uncounted(match) or groups[-1].endswith("000"):
        return False
    values = [int(each) for each in groups]
    is_row = {len(each) for each in groups} == {3} and max(values) - min(values) < 50
    return not is_row and not (len(groups) > 1 and all(each % 10 == 0 for each in values))


def _is_no_schedule(match: re.Match[str]) -> bool:
    """Pairs of digits are a telephone number only if there is one and the same gap between them."""
    number = match["number"]
    number = number[number.index("0") :]
    if re.fullmatch(r"0\.\d+", number):
        return False
    gaps = set(re.findall(r"\D+", number))
    return not re.match(r"0\d\D", number) or (len(gaps) == 1 and gaps <= {" ", "-"})


def _holds_birth_date(match: re.Match[str]) -> bool:
    """1 or 2 for the sex, then day, month and year of birth."""
    digits = _digits_of(match)
    try:
        born = date(int(digits[5:9]), int(digits[3:5]), int(digits[1:3]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100 and _is_uncounted(match)


def _is_card(match: re.Match[str]) -> bool:
    """By the digits that payment systems begin with, and by the check digit (Luhn)."""
    digits = _digits_of(match)
    if not re.match(r"[456]|9417|2[2-7]", digits):
        return False
    doubled = [int(each) * 2 for each in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(each // 10 + each % 10 for each in doubled)) % 10 == 0


def _digits_of(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match["number"])


def _always(_match: re.Match[str]) -> bool:
    return True


# In the order in which they are tried: the longest numbers first.
_RULES: tuple[tuple[PersonalKind, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (PersonalKind.EMAIL, _EMAIL, _always),
    (PersonalKind.CARD, _number(_digits(16, r"[ \-]?"), _BANK_WORDS + _BESIDE), _always),
    (
        PersonalKind.CARD,
        _number(r"\d{4}(?P<gap>[ \-_]?)\d{4}(?P=gap)\d{4}(?P=gap)\d{4}", r"(?<!\d)"),
        _is_card,
    ),
    (PersonalKind.PERSONAL_NUMBER, _number(_digits(14), _PERSONAL_WORDS + _BESIDE), _always),
    (
        PersonalKind.PERSONAL_NUMBER,
        _number(rf"[12](?:{_GAP}\d){{13}}", r"(?<!\d)"),
        _holds_birth_date,
    ),
    (
        PersonalKind.PHONE,
        _number(rf"(?:\+|00)? ?\(?996{_GAP}(?:0{_GAP})?{_NATIONAL}", _BEGIN, _END),
        _is_uncounted,
    ),
    (
        PersonalKind.PHONE,
        _number(
            rf"\+(?:7{_GAP}{_digits(10)}|998{_GAP}{_digits(9)}|[1-9]\d{{0,2}}{_GAP}{_digits(9)})", after=_END
        ),
        _is_no_sum,
    ),
    (PersonalKind.PHONE, _number(rf"[78]{_GAP}9\d\d{_GAP}{_digits(7)}", _BEGIN, _END), _is_no_sum),
    (
        PersonalKind.PHONE,
        _number(rf"(?:8[ \-]?)?\(?0{_GAP}{_NATIONAL}", _BEGIN, _END),
        _is_no_schedule,
    ),
    (
        PersonalKind.PHONE,
        _number(
            rf"{_OPERATORS}\d{{6}}|\(?{_OPERATORS}[) .\-]{{1,3}}{_digits(6)}",
            rf"(?<![№#,+])(?<!№ )(?<!\b\d\d\d ){_BEGIN}",
            rf"(?! \d{{3}}\b){_END}",
        ),
        _is_no_sum,
    ),
    (PersonalKind.PHONE, _number(_digits(9), _TELEPHONE + _BESIDE, _END), _is_no_sum),
    (
        PersonalKind.PHONE,
        _number(_LOCAL, _TELEPHONE + _BESIDE, r"(?!\d)(?![.\-:/]\d)"),
        _is_no_sum,
    ),
    (
        PersonalKind.PHONE,
        _number(_LOCAL, r"\bnomer\w{0,3}[ .:\-]{1,3}", r"(?!\d)(?![.\-:/]\d)"),
        _is_no_sum,
    ),
)
