"""Who sees which questions to hearings: the only place that says so in SQL."""

from sqlalchemy import ColumnElement

from bot.db.models import Question


def is_public() -> ColumnElement[bool]:
    """Everybody of the municipality reads it."""
    return Question.shown_at.is_not(None) & Question.hidden_at.is_(None)


def waits() -> ColumnElement[bool]:
    """No officer has looked at it yet: it is nowhere but with its author and the officers."""
    return Question.shown_at.is_(None) & Question.hidden_at.is_(None)


def is_counted() -> ColumnElement[bool]:
    """It may be counted for everybody: it does not wait."""
    return Question.shown_at.is_not(None) | Question.hidden_at.is_not(None)
