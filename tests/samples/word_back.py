"""The word back with plain and with extreme data."""

from functools import partial
from typing import Any

from bot.domain.problem import LONGEST_REASON, DeclineReason, HideReason, Word
from bot.features.problems.status_notices import screens
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG, UNBROKEN

_WORD: dict[str, Any] = {"problem_id": FAR, "number": 12345, "into": 12346, "words": "ө" * LONGEST_REASON}
WORD_FACTS: list[dict[str, Any]] = [
    *(
        {**_WORD, "word": word, "wording": [text, "ky", None], "is_author": is_author}
        for text in (LONG, UNBROKEN, "")
        for word in Word
        for is_author in (True, False)
    ),
    *(
        {
            **_WORD,
            "word": word,
            "is_author": False,
            "is_read": False,
            "own_words": own,
            "is_into_public": into,
        }
        for own in (LONG, None)
        for word in Word
        for into in (True, False)
    ),
    *(
        {**_WORD, "word": Word.DECLINED, "wording": [LONG, "ky", None], "is_author": True, "reason": why}
        for why in DeclineReason
    ),
    *(
        {
            **_WORD,
            "word": Word.HIDDEN,
            "wording": [LONG, "ky", None],
            "is_author": is_author,
            "hide_reason": why,
            "words": words,
        }
        for why in HideReason
        for words in (None, "ө" * LONGEST_REASON)
        for is_author in (True, False)
    ),
]
WORDS_FACTS: list[dict[str, Any]] = [{"items": WORD_FACTS[:count]} for count in (1, 2, 8, len(WORD_FACTS))]
WORD_BACK: list[partial[Screen]] = [
    *(partial(screens.heard, facts) for facts in WORD_FACTS),
    *(partial(screens.heard_many, facts) for facts in WORDS_FACTS),
]
