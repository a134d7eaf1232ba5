"""Questions to authors with plain and with extreme data."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.inquiry import LONGEST_INQUIRY, LONGEST_REPLY
from bot.domain.problem import ProblemStatus, Wording
from bot.features.problems.author_questions import screens
from bot.features.problems.author_questions.queries import AskedAbout, OwnInquiry
from bot.features.problems.author_questions.telling import ANSWERED, ASKED
from bot.features.problems.desk import screens as moderation
from bot.features.problems.desk.queries import Report
from bot.features.problems.inquiry_queries import Inquiries, InquiryCard
from bot.features.problems.reporting import list_screens as lists
from bot.telegram.screen import Screen
from tests.samples.data import CARD, DECIDED, FAR, LONG, NOW, PLAIN, UNBROKEN, WAITING

ASKING = InquiryCard(1, "Көпүрө кайсы көчөдө?", NOW)
_ANSWERED = replace(ASKING, answer="Жогорку көчөдө", answered_at=NOW)
_SPOKEN = replace(_ANSWERED, answer="")
_FORGOTTEN = replace(_ANSWERED, answer=None)
_LONGEST = InquiryCard(FAR, LONG[:LONGEST_INQUIRY], NOW, UNBROKEN[:LONGEST_REPLY], NOW)
_LAST = replace(_LONGEST, answer=None, answered_at=None)
INQUIRIES = (
    Inquiries(),
    Inquiries((ASKING,)),
    Inquiries((_ANSWERED,)),
    Inquiries((_SPOKEN,), has_media=True),
    Inquiries((_FORGOTTEN,)),
    Inquiries((_LONGEST,) * 12, has_media=True),
    Inquiries((*(_LONGEST,) * 1234, _LAST), has_media=True),
)
_REPORTS = [
    Report(replace(card, status=status), FAR, author_id, None, NOW, None, (LONG[:300],) * 5, found)
    for card in (CARD, WAITING)
    for status in (ProblemStatus.SUBMITTED, ProblemStatus.PUBLISHED, ProblemStatus.MERGED)
    for author_id in (FAR, None)
    for found in INQUIRIES
]
_ABOUT = AskedAbout(1, 1, 1, 1, ProblemStatus.SUBMITTED, Wording(PLAIN, "ky"))
_SPEECHLESS = replace(_ABOUT, wording=Wording("", "ky"))
_FAR = AskedAbout(FAR, 12345, FAR, FAR, ProblemStatus.PUBLISHED, Wording(UNBROKEN, "ky", LONG, LONG))
_PROBLEMS = (_ABOUT, _SPEECHLESS, _FAR)
_OWN = (
    OwnInquiry(1, ASKING.question, False, 1, _ABOUT),
    OwnInquiry(FAR, _LONGEST.question, False, FAR, _FAR),
)
_FACTS: dict[str, Any] = {
    "inquiry_id": FAR,
    "problem_id": FAR,
    "number": 12345,
    "question": _LONGEST.question,
}
ASKED_FACTS: list[dict[str, Any]] = [
    {**_FACTS, "wording": [text, "ky", translation]}
    for text, translation in ((PLAIN, None), (UNBROKEN, LONG), ("", None))
]
ANSWERED_FACTS: list[dict[str, Any]] = [
    {**facts, "answer": answer, "has_media": has_media}
    for facts in ASKED_FACTS
    for answer, has_media in (("Ооба", False), (_LONGEST.answer, True), ("", True))
]
INQUIRING: tuple[partial[Screen], ...] = (
    *(partial(moderation.report, report, waiting) for report in _REPORTS for waiting in (1, 12345)),
    *(
        partial(lists.my_card, card, 999, "bap_bot", each)
        for card in (CARD, *DECIDED)
        for each in (ASKING, _LAST)
    ),
    *(partial(screens.questions, problem, found) for problem in _PROBLEMS for found in INQUIRIES),
    *(partial(screens.taken_back, problem) for problem in _PROBLEMS),
    *(partial(screens.asked, problem) for problem in _PROBLEMS),
    *(partial(screens.write_answer, inquiry) for inquiry in _OWN),
    partial(screens.answered),
    *(partial(screens.heard_asked, facts) for facts in ASKED_FACTS),
    *(partial(screens.heard_answered, facts) for facts in ANSWERED_FACTS),
)
INQUIRY_HEARD = {ASKED: ASKED_FACTS, ANSWERED: ANSWERED_FACTS}
