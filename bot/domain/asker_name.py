"""What is typed as a name is read by everybody, so what is clearly none is asked about."""

from enum import StrEnum

from rapidfuzz import fuzz

from bot.domain.question import LONGEST_SIGNED
from bot.domain.text_folding import fold
from bot.domain.visible import visible

# A school class or a house has fewer digits, a telephone number more.
MOST_DIGITS = 4
# Two spellings of the same words (0-100).
SAME_WORDS = 85
# From so many words on, what stands in the question is a part of it, and not a name that it speaks of.
PART_WORDS = 3
_ADDRESSES = ("@", "://", "www.")


class NameDoubt(StrEnum):
    """Why something is hardly a name."""

    QUESTION = "question"  # the question itself, or another one
    CONTACT = "contact"  # a telephone number or an address
    LONG = "long"


class NameUse(StrEnum):
    """What the name is for."""

    READ_OUT = "read_out"  # in the hall, by an officer
    SHOWN = "shown"  # in the bot alone: the hearing has begun
    SAID = "said"  # written down by an officer for what was said in the hall


def one_line(typed: str) -> str:
    """What is seen of `typed`, in one line."""
    return " ".join(visible(typed).split())


def name_doubt(name: str, text: str) -> NameDoubt | None:
    """Why `name`, typed for the question `text`, is hardly a name; None when nothing speaks against it."""
    if "?" in name or _repeats(fold(name), fold(text)):
        return NameDoubt.QUESTION
    if sum(each.isdigit() for each in name) > MOST_DIGITS or any(sign in name for sign in _ADDRESSES):
        return NameDoubt.CONTACT
    return NameDoubt.LONG if len(name) > LONGEST_SIGNED else None


def _repeats(name: str, text: str) -> bool:
    if not name or not text:
        return False
    is_part = len(name.split()) >= PART_WORDS and name in text
    return text in name or is_part or fuzz.ratio(name, text) >= SAME_WORDS
