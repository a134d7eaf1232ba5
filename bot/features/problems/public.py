"""What other capabilities may ask of problems, and how they word them."""

from bot.features.problems.card_texts import (
    facts as problem_facts,
    show_attachments,
    status_words,
    text as problem_text,
    wordless,
)
from bot.features.problems.deep_link_queries import find_shared
from bot.features.problems.hidden_texts import hidden_briefly, hidden_words, line_text
from bot.features.problems.outcome_queries import Standing, find_standing, save_outcome
from bot.features.problems.privacy_texts import in_question as personal_in_question
from bot.features.problems.problem_queries import WHY_HIDDEN, ProblemCard, find_card, hidden_of, worded
from bot.features.problems.problem_sheet_queries import (
    ProblemRecord,
    list_records,
)
from bot.features.problems.problem_sheet_texts import (
    BESIDE_A_RANKING,
    about_record,
    header as record_header,
    row as record_row,
    sheet_problems,
)
from bot.features.problems.seeing_queries import is_public
from bot.features.problems.status_notice_queries import (
    WORD,
    save_word,
)

__all__ = [
    "BESIDE_A_RANKING",
    "WHY_HIDDEN",
    "WORD",
    "ProblemCard",
    "ProblemRecord",
    "Standing",
    "about_record",
    "find_card",
    "find_shared",
    "find_standing",
    "hidden_briefly",
    "hidden_of",
    "hidden_words",
    "is_public",
    "line_text",
    "list_records",
    "personal_in_question",
    "problem_facts",
    "problem_text",
    "record_header",
    "record_row",
    "save_outcome",
    "save_word",
    "sheet_problems",
    "show_attachments",
    "status_words",
    "worded",
    "wordless",
]
