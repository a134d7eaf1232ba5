"""Looking for problems by words, as people type them: in any case, without Kyrgyz letters, in any form."""

from sqlalchemy import ColumnElement

from bot.db.models import Problem
from bot.domain.text_folding import fold

MOST_WORDS = 8


def holds(typed: str) -> list[ColumnElement[bool]]:
    """A condition for each typed word, or its beginning without the last letters; none for no words."""
    # A NUL, which no keyboard has, is the one sign that PostgreSQL takes in no text.
    words = [_stem(word) for word in fold(typed).replace("\0", " ").split()][:MOST_WORDS]
    return [Problem.folded.contains(word, autoescape=True) for word in words]


def _stem(word: str) -> str:
    """Long words are looked for without their ending: both languages put their cases there."""
    return word[:-2] if len(word) > 5 else word
