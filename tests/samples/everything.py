"""One instance of every refusal, and every screen with plain and with extreme data.

A sample of a screen is the call that makes it, so that it can be made in each language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain import refusals
from bot.domain.hearing import HearingNotice
from bot.domain.notices import NoticeTopic
from bot.domain.problem import ProblemStatus
from bot.domain.refusals import Refusal
from bot.domain.roles import Role
from bot.features.hearings.notices import notice_screens as notices, screens as hearings
from bot.features.hearings.officer_home import deliveries as office_deliveries
from bot.features.problems.desk import deliveries as moderation_deliveries
from bot.features.problems.outcomes.deliveries import REOPENED
from bot.features.problems.reporting import list_screens as lists, screens as problems, texts as problem_texts
from bot.features.problems.reporting.queries import MOST_FOUND
from bot.features.problems.status_notice_queries import (
    WORD,
    WORDS,
)
from bot.features.residents.first_visit import screens as start
from bot.features.residents.invitations import screens as roles
from bot.features.residents.settings import screens as preferences
from bot.features.votes.voter_villages import deliveries as voter_deliveries
from bot.telegram.screen import Screen
from tests.samples import hearings as held
from tests.samples.announcing import ANNOUNCING
from tests.samples.data import (
    CARD,
    DECIDED,
    DRAFT,
    DRAFTS,
    ERASED,
    EVERY_ROLE,
    FAR,
    FULL,
    HOMES,
    KARA_KULJA,
    LINES,
    LONG_AREA,
    LONG_NAME,
    LONG_PLACE,
    LONG_VILLAGE,
    NOW,
    PAGES,
    PLACES,
    PLAIN,
    PUBLISHED,
    TELLING,
    THREE_PHOTOS,
    THREE_VOICES,
    TO_LIST,
    TOPIC_LIST,
    TWELVE_VILLAGES,
    VILLAGE,
    WAITING,
    WHOLE,
    WIDE_PLACE,
)
from tests.samples.desk import DESK, MUTED_FACTS
from tests.samples.dispatch import DISPATCH
from tests.samples.disputes import DISPUTES
from tests.samples.forgetting import FORGETTING
from tests.samples.gatherings import GATHERINGS
from tests.samples.history import HISTORY
from tests.samples.inquiries import INQUIRING, INQUIRY_HEARD
from tests.samples.merging import MERGING
from tests.samples.office import LINKED_FACTS, OFFICE
from tests.samples.outcomes import OUTCOMES, REOPENED_FACTS
from tests.samples.papers import PAPERED
from tests.samples.plans import HEARD_OF_PLANS, PLANS
from tests.samples.questions import ANSWERING, HEARD, QUESTIONS, RECORDING, SCREENING
from tests.samples.roles import HOLDERS, WITHDRAWN_FACTS
from tests.samples.similar import SIMILAR
from tests.samples.ties import TIES
from tests.samples.untyped import UNTYPED
from tests.samples.voters import VOTERS
from tests.samples.voting import HEARD_OF_VOTES, VOTE
from tests.samples.word_back import WORD_BACK, WORD_FACTS, WORDS_FACTS

SAMPLE_REFUSALS: tuple[Refusal, ...] = (
    refusals.NotAllowed(),
    refusals.NotYourVote(),
    refusals.NotSettled(),
    refusals.Gone(),
    refusals.TextTooShort(at_least=10, length=3),
    refusals.TextTooLong(at_most=1000, length=4096),
    refusals.DailyLimitReached(limit=100),
    refusals.TooManyAttachments(limit=3),
    refusals.PhotoAsFile(),
    refusals.DraftIncomplete(),
    refusals.AlreadyDecided(ProblemStatus.PUBLISHED),
    refusals.CannotUndo(),
    refusals.CannotHide(),
    refusals.ProblemIsHidden(),
    refusals.NothingMarked(),
    refusals.TooManyMarked(limit=50),
    refusals.MarksChanged(),
    refusals.WordsNotFound(),
    refusals.CannotMute(),
    refusals.MayNotWrite(NOW),
    refusals.AuthorUnknown(),
    refusals.BeyondAsking(),
    refusals.InquiryWaits(),
    refusals.AlreadyAnswered(),
    refusals.HeldByAnother(),
    refusals.WordingIsFrozen(),
    refusals.NotWorded(),
    refusals.CannotMerge(),
    refusals.OwnProblem(),
    refusals.CannotBecome(),
    refusals.ReasonMissing(),
    refusals.NoLongerDone(),
    refusals.MergeDuringVote(),
    refusals.NoSuchProblem(),
    refusals.InviteUnknown(),
    refusals.InviteExpired(),
    refusals.InviteUsed(),
    *(refusals.InviteWithdrawn(role=role, withdrawn_at=NOW) for role in Role),
    refusals.RoleTakenAway(),
    refusals.NotTheHead(),
    refusals.OwnRole(),
    refusals.RoleOfHead(),
    refusals.NothingToVoteOn(),
    refusals.VoteAlreadyOpen(),
    refusals.VoteClosed(ended_at=NOW),
    refusals.VoteClosed(ended_at=NOW, is_counted=True),
    refusals.VoteStillOpen(closes_at=NOW),
    refusals.NotCountedYet(),
    refusals.CountPublished(),
    refusals.NumbersNotUnderstood(),
    refusals.SheetNumberTaken(),
    refusals.SheetNumberNotUnderstood(),
    refusals.LinesNotUnderstood(),
    refusals.TallyIncomplete(),
    refusals.DecisionNotUnderstood(),
    refusals.NotThisForm(),
    refusals.FileTooLarge(),
    refusals.FileNotOpened(),
    refusals.ReadingTooLong(),
    refusals.ShortlistFull(limit=25),
    refusals.ShortlistPublished(),
    refusals.NoPicksLeft(limit=10),
    refusals.DateNotUnderstood(),
    refusals.TimeNotAsked(),
    refusals.DateOutOfRange(at_most_days=92),
    refusals.TimeNotUnderstood(),
    refusals.DayIsPast(),
    refusals.DayTooFar(at_most_days=366),
    refusals.TooManyDocuments(limit=8),
    refusals.NotADocument(),
    refusals.NotAPlace(),
    refusals.PleaseChoose(),
    refusals.WordsExpected(),
    refusals.AnnouncementIncomplete(),
    refusals.AlreadyAnnounced(),
    refusals.HearingIsOver(),
    refusals.NothingChanged(),
    refusals.NotYourHearing(),
    refusals.HearingCalledOff(),
    refusals.QuestionsClosed(),
    refusals.TooManyQuestions(limit=5),
    refusals.FileExpected(),
    refusals.HearingNotBegun(starts_at=NOW),
    refusals.NumberNotUnderstood(),
    refusals.NumberOutOfRange(at_most=100_000),
    refusals.PresenceMissing(),
    refusals.ResolutionNotUnderstood(),
    refusals.DraftChanged(),
    refusals.OldVersion(),
    refusals.OtherDraft(),
    refusals.SameAsInForce(),
    refusals.TooManyComments(limit=20),
    refusals.NotShown(),
    refusals.NotReportedDone(),
    refusals.DaysNotUnderstood(),
)

FIRST_VISIT = (
    partial(start.languages),
    partial(start.oblasts, PLACES),
    *(partial(start.districts, PLACES, oblast) for oblast in sorted({place.oblast.ky for place in PLACES})),
    *(
        partial(start.municipalities_of, PLACES, name)
        for name in sorted({place.district.ky for place in PLACES})
    ),
    partial(start.oblasts, [WIDE_PLACE]),
    partial(start.districts, [WIDE_PLACE], LONG_AREA.ky),
    partial(start.municipalities_of, [], LONG_AREA.ky),
    partial(start.search_results, [], "жок <b>& 😡"),
    partial(start.search_results, PLACES, "ө" * 60),
    partial(start.villages, PLACES[0], TWELVE_VILLAGES[:1]),
    *(partial(start.villages, LONG_PLACE, TWELVE_VILLAGES, page) for page in (0, 1)),
    partial(start.consent, LONG_NAME, LONG_NAME),
    partial(start.moving, KARA_KULJA, LONG_PLACE),
    *(
        partial(start.home, home, roles_)
        for home in (*HOMES, *held.HOMES)
        for roles_ in (frozenset[Role](), EVERY_ROLE)
    ),
    partial(preferences.settings),
    *(partial(preferences.notices, muted) for muted in ((), tuple(NoticeTopic))),
)
REPORTING = (
    *(partial(problems.question_text, draft) for draft in DRAFTS),
    *(partial(problems.hint_need, draft) for draft in (WHOLE, FULL)),
    *(
        partial(problems.question_village, draft, TWELVE_VILLAGES, page)
        for draft in DRAFTS
        for page in (0, 1)
    ),
    partial(problems.question_village, DRAFT, TWELVE_VILLAGES[:1]),
    *(partial(problems.question_topic, draft, TOPIC_LIST, page) for draft in DRAFTS for page in (0, 1, 2)),
    *(partial(problems.question_who, draft) for draft in DRAFTS),
    *(partial(problems.question_media, draft) for draft in DRAFTS),
    *(partial(problems.preview, draft) for draft in (WHOLE, FULL)),
    partial(problems.preview, replace(FULL, text=TELLING, attachments=THREE_VOICES)),
    partial(problems.preview, replace(WHOLE, text=TELLING, keeps_personal=True)),
    *(
        partial(problems.question_media, replace(FULL, attachments=each))
        for each in (THREE_VOICES, THREE_PHOTOS)
    ),
    partial(lists.my_card, replace(PUBLISHED, attachments=0, kept_back=3), 0, "bap_bot"),
    partial(lists.my_card, ERASED, 0, "bap_bot"),
    partial(problems.noted, problem_texts.only_words_taken(), problems.preview(FULL)),
    partial(problems.noted, problem_texts.was_cut(12345), problems.question_text(FULL)),
    partial(problems.noted, problem_texts.cannot_take(), problems.question_text(FULL)),
    partial(problems.leaving, FULL),
    partial(problems.dropped),
    *(partial(problems.sent, number) for number in (1, 12345)),
    partial(problems.offer, replace(DRAFT, step=None, offered=PLAIN)),
    partial(problems.offer, replace(DRAFT, step=None, offered="<" * 4096)),
    partial(problems.offer, replace(FULL, offered=None)),
    partial(problems.offer, replace(FULL, offered="<" * 4096), is_cut=True),
)
READING = (
    *(partial(lists.mine, page) for page in PAGES),
    *(
        partial(lists.browse, page, village, topic)
        for page in PAGES
        for village in (None, LONG_VILLAGE)
        for topic in (None, *TOPIC_LIST)
    ),
    *(partial(lists.browse_villages, TWELVE_VILLAGES, 99, page) for page in (0, 1)),
    *(partial(lists.browse_topics, TOPIC_LIST, FAR, page) for page in (0, 1, 2)),
    partial(lists.ask_words),
    *(partial(lists.found, LINES[:many], "ө" * 60) for many in (0, 1, MOST_FOUND)),
    *(
        partial(lists.card, card, TO_LIST, held.USERNAME, support)
        for support in (None, True, False)
        for card in (replace(CARD, status=ProblemStatus.PUBLISHED), PUBLISHED)
    ),
    partial(lists.card_from_elsewhere, PUBLISHED, LONG_NAME, held.USERNAME),
    *(partial(lists.my_card, card, 999, held.USERNAME) for card in (CARD, WAITING, *DECIDED)),
)
ROLES = (
    *WORD_BACK,
    *(
        partial(roles.welcome, role, name, is_settled=settled)
        for role in Role
        for name in (VILLAGE.name, LONG_NAME)
        for settled in (True, False)
    ),
    *(partial(roles.welcome_stranger, role, LONG_NAME) for role in Role),
    *HOLDERS,
)
HEARINGS = (
    *(
        partial(hearings.card, view, now)
        for view in held.VIEWS
        for now in (NOW - timedelta(days=1), NOW + timedelta(days=1))
    ),
    partial(hearings.hearings, (), 0, NOW),
    partial(hearings.hearings, held.CARDS, 0, NOW - timedelta(days=1)),
    *(partial(hearings.hearings, held.MANY, page, NOW) for page in (0, 33)),
)
# Told unasked, below the screen in use: no way back is needed there.
HEARD_OF_HEARINGS = (
    *(partial(notices.told, told) for told in held.TOLD),
    *(partial(notices.heard_translated, told) for told in held.TOLD),
    *(partial(notices.heard_changed, *changed) for changed in held.CHANGES),
    *(partial(notices.heard_cancelled, told, why) for told in held.TOLD for why in (PLAIN, None)),
    *(partial(notices.heard_reminder, told, NOW - ahead) for told in held.TOLD for ahead in held.AHEAD),
    *(partial(notices.posted, told, held.USERNAME) for told in held.TOLD),
    *(partial(notices.posted_change, *changed, held.USERNAME) for changed in held.CHANGES),
    *(partial(notices.posted_cancellation, told, PLAIN, held.USERNAME) for told in held.TOLD),
)
GALLERY: tuple[partial[Screen], ...] = (
    *FIRST_VISIT,
    *REPORTING,
    *READING,
    *DESK,
    *MERGING,
    *SIMILAR,
    *OUTCOMES,
    *INQUIRING,
    *ROLES,
    *VOTE,
    *GATHERINGS,
    *VOTERS,
    *TIES,
    *ANNOUNCING,
    *OFFICE,
    *FORGETTING,
    *DISPUTES,
    *HISTORY,
    *UNTYPED,
    *HEARINGS,
    *HEARD_OF_HEARINGS,
    *QUESTIONS,
    *ANSWERING,
    *RECORDING,
    *SCREENING,
    *DISPATCH,
    *PAPERED,
    *PLANS,
)
DELIVERIES: dict[str, Sequence[Mapping[str, Any]]] = {
    WORD: WORD_FACTS,
    REOPENED: REOPENED_FACTS,
    WORDS: WORDS_FACTS,
    **HEARD_OF_VOTES,
    voter_deliveries.MOVED: [voter_deliveries.moved_facts(LONG_NAME)],
    moderation_deliveries.MUTED: MUTED_FACTS,
    moderation_deliveries.UNMUTED: MUTED_FACTS,
    office_deliveries.LINKED: LINKED_FACTS,
    HearingNotice.ANNOUNCED: held.ANNOUNCED,
    HearingNotice.TRANSLATED: held.ANNOUNCED,
    HearingNotice.CHANGED: held.CHANGED,
    HearingNotice.CANCELLED: held.CANCELLED,
    HearingNotice.REMINDER: held.ANNOUNCED,
    HearingNotice.POSTED: held.POSTED,
    **HEARD,
    **INQUIRY_HEARD,
    **HEARD_OF_PLANS,
    **WITHDRAWN_FACTS,
}
