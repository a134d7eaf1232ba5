"""What the sample screens of questions and of the record show."""

from dataclasses import asdict, replace
from functools import partial
from typing import Any

from bot.domain.asker_name import NameDoubt
from bot.domain.hearing import (
    LONGEST_AGENDA,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    LONGEST_TOPIC,
    Decision,
    HearingKind,
    HearingNotice,
    HearingStatus,
    QuestionKind,
    Wording,
)
from bot.domain.paging import Page
from bot.domain.question import (
    LONGEST_ANSWER,
    LONGEST_SIGNED,
    MOST_PRESENT,
    Counts,
    QuestionHideReason,
    QuestionState,
)
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.minutes import screens as record_screens
from bot.features.hearings.minutes.queries import (
    Minutes,
    Record,
)
from bot.features.hearings.questions import (
    answer_screens,
    answer_texts,
    list_screens,
    screening_screens,
    screens,
)
from bot.features.hearings.questions.draft_queries import DraftQuestion
from bot.features.hearings.questions.queries import QUESTIONS_A_PAGE, QuestionCard, QuestionPage
from bot.features.hearings.questions.telling import ASKED, QUOTED_LENGTH
from bot.features.hearings.questions.telling_authors import HIDDEN, SHOWN
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG, LONG_NAME, NOW, PLAIN, TWELVE_VILLAGES, UNBROKEN, WILD

EMOJI = "😡" * LONGEST_QUESTION
WILD_TOPIC = (WILD * 9)[:LONGEST_TOPIC]
HEARING = HearingCard(
    id=1,
    municipality_id=1,
    municipality=LONG_NAME,
    revises_id=None,
    status=HearingStatus.ANNOUNCED,
    step=None,
    kind=HearingKind.DRAFT_BUDGET,
    topic=Wording("2027-жылдын бюджетинин долбоору", "Проект бюджета на 2027 год"),
    agenda=Wording(),
    starts_at=NOW,
    place="Клуб",
    latitude=None,
    longitude=None,
    organiser=None,
    phone=None,
    announced_at=NOW,
    version=1,
    cancelled_at=None,
    cancel_reason=None,
    recorded_at=None,
    documents=0,
    villages=(),
)
LONG_HEARING = replace(
    HEARING,
    id=FAR,
    kind=HearingKind.BUDGET_EXECUTION,
    topic=Wording(WILD_TOPIC, None),
    agenda=Wording("ө" * LONGEST_AGENDA, None),
    place="ө" * LONGEST_PLACE,
    villages=tuple(TWELVE_VILLAGES),
)
OVER = replace(LONG_HEARING, recorded_at=NOW)
CALLED_OFF = replace(LONG_HEARING, status=HearingStatus.CANCELLED)
HEARINGS = (HEARING, LONG_HEARING, OVER, CALLED_OFF)

KINDS = tuple(QuestionKind)
NEW = DraftQuestion(1, 1, 1, False)
DRAFTS = tuple(
    DraftQuestion(FAR, FAR, FAR, in_hall, kind, text, signed)
    for in_hall in (False, True)
    for kind in KINDS
    for text, signed in (
        (None, None),
        (PLAIN, ""),
        (LONG, "ө" * LONGEST_SIGNED),
        (EMOJI, "😡" * LONGEST_SIGNED),
    )
)
WRITTEN = tuple(draft for draft in DRAFTS if draft.text)

ASKED_ONE = QuestionCard(1, 1, 1, 1, QuestionKind.QUESTION, PLAIN, None)
CARDS = (
    ASKED_ONE,
    *(
        QuestionCard(
            FAR,
            FAR,
            FAR,
            FAR,
            kind,
            text,
            "😡" * LONGEST_SIGNED,
            answer,
            decision,
            NOW,
            FAR,
            NOW,
            state=QuestionState.HIDDEN,
            hidden_reason=QuestionHideReason.PERSONAL,
        )
        for kind, decisions in ((QuestionKind.QUESTION, [None]), (QuestionKind.PROPOSAL, list(Decision)))
        for decision in decisions
        for text in (LONG, UNBROKEN, EMOJI)
        for answer in (None if decision else "ө", (WILD * 40)[:LONGEST_ANSWER], "😡" * LONGEST_ANSWER)
    ),
    QuestionCard(2, 1, 1, None, QuestionKind.PROPOSAL, LONG, "Айгүл"),
    *(
        QuestionCard(
            FAR, FAR, FAR, FAR, kind, EMOJI, "😡" * LONGEST_SIGNED, state=state, was_shown=False, version=FAR
        )
        for kind in QuestionKind
        for state in QuestionState
    ),
)
PAGES = (
    QuestionPage((), Page(0, 0, QUESTIONS_A_PAGE)),
    QuestionPage(CARDS[:1], Page(1, 0, QUESTIONS_A_PAGE)),
    *(
        QuestionPage(CARDS[start : start + QUESTIONS_A_PAGE], Page(1200, page, QUESTIONS_A_PAGE))
        for start in range(0, len(CARDS), QUESTIONS_A_PAGE)
        for page in (0, 7, 299)
    ),
)
NOTHING = Counts()
MANY = Counts(12345, 12345, 12345, 100, 100, 100, 100, 12345)
RECORDS = (
    Record(HEARING, NOTHING, None, None, None),
    Record(HEARING, Counts(1, 0, 1, 1), 56, 99, Minutes("id", False)),
    Record(LONG_HEARING, MANY, MOST_PRESENT, MOST_PRESENT, Minutes("id", True, WILD)),
    Record(OVER, MANY, 0, MOST_PRESENT, Minutes("id", True, WILD), NOW),
    Record(OVER, MANY, 0, MOST_PRESENT, None, NOW, correction_told=True),
)
FULL_RECORDS = [record for record in RECORDS if record.present is not None]

ANSWERED: list[dict[str, Any]] = [
    {
        "hearing_id": card.hearing_id,
        "question_id": card.id,
        "kind": str(card.kind),
        "text": card.text,
        "answer": card.answer,
        "decision": str(card.decision) if card.decision else None,
        **more,
    }
    for card in CARDS
    if card.is_answered
    for more in ({}, {"corrected": True})
]
QUOTED = [
    {"id": FAR, "kind": str(kind), "text": text, "signed": signed, "version": FAR}
    for kind, text, signed in (
        (QuestionKind.QUESTION, PLAIN, None),
        (QuestionKind.PROPOSAL, EMOJI[:QUOTED_LENGTH], "😡" * LONGEST_SIGNED),
        (QuestionKind.QUESTION, (WILD * 40)[:QUOTED_LENGTH], "Айгүл"),
    )
]
NEW_ONES = [
    {"hearing_id": each.id, "topic": asdict(each.topic), **more}
    for each in HEARINGS
    for more in (
        {},
        *({"waiting": waiting, "shown": QUOTED[:many]} for waiting in (True, False) for many in (0, 1, 3)),
    )
]
SCREENED: list[dict[str, Any]] = [
    {"hearing_id": FAR, "kind": str(kind), "text": text, "reason": reason}
    for kind in QuestionKind
    for text in (PLAIN, EMOJI)
    for reason in (None, *map(str, QuestionHideReason))
]
RECORD_FACTS = [record.as_facts() for record in FULL_RECORDS]

QUESTIONS: tuple[partial[Screen], ...] = (
    *(partial(screens.next_step, draft, each) for draft in (NEW, *DRAFTS) for each in HEARINGS[:2]),
    *(partial(screens.which_kind, draft, LONG_HEARING) for draft in (NEW, *WRITTEN)),
    *(partial(screens.write, draft, LONG_HEARING) for draft in DRAFTS),
    *(partial(screens.which_name, draft) for draft in DRAFTS),
    *(partial(screens.type_name, draft) for draft in DRAFTS),
    *(partial(screens.preview, draft) for draft in WRITTEN),
    *(partial(screens.dropped, draft) for draft in DRAFTS),
    *(partial(screens.doubtful_name, draft, doubt, LONG) for draft in DRAFTS for doubt in NameDoubt),
    *(partial(screens.sent, kind, FAR, waits=waits) for kind in KINDS for waits in (True, False)),
    *(partial(list_screens.everybodys, page, each) for page in PAGES for each in HEARINGS),
    *(partial(list_screens.mine, page, each) for page in PAGES for each in HEARINGS),
    *(partial(list_screens.card, card, FAR, mine=mine) for card in CARDS for mine in (True, False)),
)
ANSWERING: tuple[partial[Screen], ...] = (
    *(
        partial(answer_screens.to_answer, page, counts, each)
        for page in PAGES
        for counts in (NOTHING, MANY)
        for each in HEARINGS[:2]
    ),
    *(
        partial(answer_screens.card, card, note() if note else None, telling=telling)
        for card in CARDS
        for note in (None, answer_texts.answered_by_colleague)
        for telling in (False, True)
    ),
    *(partial(answer_screens.which_decision, card) for card in CARDS),
    *(partial(answer_screens.write_answer, card) for card in CARDS),
    *(
        partial(answer_screens.write_reason, card, decision, anew=anew)
        for card in CARDS
        for decision in Decision
        for anew in (False, True)
    ),
    partial(answer_screens.nothing_to_answer, FAR),
    *(partial(answer_screens.heard_asked, facts) for facts in NEW_ONES),
    *(partial(answer_screens.heard_answer, facts) for facts in ANSWERED),
)
SCREENING: tuple[partial[Screen], ...] = (
    *(
        partial(screening_screens.waiting, card, many, note() if note else None)
        for card in CARDS
        for many in (1, 12345)
        for note in (None, answer_texts.answered_by_colleague)
    ),
    *(
        partial(screening_screens.decided, card, was, many)
        for card in CARDS
        for was in QuestionState
        for many in (0, 12345)
    ),
    partial(screening_screens.nothing_waits, FAR),
    *(partial(screening_screens.heard_hidden, facts) for facts in SCREENED),
    *(partial(screening_screens.heard_shown, facts) for facts in SCREENED),
)
RECORDING: tuple[partial[Screen], ...] = (
    *(partial(record_screens.editing, record) for record in RECORDS),
    partial(record_screens.how_many_women, FAR),
    partial(record_screens.how_many_men, FAR),
    partial(record_screens.send_minutes, FAR),
    *(
        partial(record_screens.sure_to_send, record, many)
        for record in FULL_RECORDS
        for many in (0, 1, 12345)
    ),
    *(partial(record_screens.public_record, record) for record in FULL_RECORDS),
    *(partial(record_screens.no_record_yet, each) for each in HEARINGS),
    *(partial(record_screens.heard_record, facts) for facts in RECORD_FACTS),
)
HEARD: dict[str, list[dict[str, Any]]] = {
    ASKED: NEW_ONES,
    HIDDEN: SCREENED,
    SHOWN: SCREENED,
    HearingNotice.ANSWERED: ANSWERED,
    HearingNotice.RECORD: RECORD_FACTS,
}
