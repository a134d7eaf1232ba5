"""What is remembered of somebody who was forgotten, and for how long."""

from datetime import timedelta
from enum import StrEnum

REMEMBERED = timedelta(days=30)


class Remembered(StrEnum):
    """`PERSON` only says that they were here; the others are what may not be multiplied."""

    PERSON = "person"
    REPORTS = "reports"
    WORDS = "words"
    QUESTIONS = "questions"
    COMMENTS = "comments"
    SUPPORT = "support"
    AUTHOR = "author"
