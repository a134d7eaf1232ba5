"""What is remembered of somebody who was forgotten, and for how long."""

from datetime import timedelta
from enum import StrEnum

REMEMBERED = timedelta(days=30)


class Remembered(StrEnum):
    """What may not be multiplied by leaving and coming back."""

    REPORTS = "reports"
    WORDS = "words"
    QUESTIONS = "questions"
    COMMENTS = "comments"
    SUPPORT = "support"
    AUTHOR = "author"
