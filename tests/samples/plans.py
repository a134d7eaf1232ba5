"""Plans to look at, with plain and with extreme data."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from bot.domain.paging import Page
from bot.domain.plan import (
    LONGEST_COMMENT,
    LONGEST_NOTE,
    LONGEST_SHORT_WORDS,
    LONGEST_TITLE,
    LONGEST_WORDS,
    OF_MEASURE,
    OF_PROBLEM,
    Column,
    DocumentKind,
    Funding,
    Kind,
    Measure,
    MeasureStatus,
    Part,
    PlannedProblem,
    PlanNotice,
    PlanText,
    Resolution,
)
from bot.domain.plan_changes import Change, ChangeKind
from bot.domain.planning_calendar import (
    USUAL,
    YearStep,
)
from bot.domain.problem import ProblemStatus, Wording
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.plan.answer_queries import Unanswered
from bot.features.plan.documents import screens as documents
from bot.features.plan.documents.queries import Paper
from bot.features.plan.drafting import screens as planning
from bot.features.plan.drafting.queries import COMMENTS_A_PAGE, Comment, Planning
from bot.features.plan.guide import screens as learning
from bot.features.plan.guide.queries import Entry
from bot.features.plan.plan_queries import (
    Check,
    Item,
    ItemCard,
    LinkedProblem,
    Reported,
    Share,
    Summary,
    Version,
)
from bot.features.plan.problem_links import screens as answers
from bot.features.plan.progress import screens as progress
from bot.features.plan.progress.queries import CHECKS_A_PAGE, Asked, Unchecked
from bot.features.plan.reading import notice_screens, screens
from bot.features.plan.reading.callbacks import View
from bot.features.plan.reading.queries import MEASURES_A_PAGE, MeasurePage, Overview
from bot.telegram.screen import Screen
from tests.samples.data import (
    CARD,
    FAR,
    KARA_KULJA,
    LONG_NAME,
    NOW,
    PUBLISHED,
    TOPIC_LIST,
    TWELVE_VILLAGES,
    WILD,
)

TODAY = date(2026, 9, 23)
LONG = (WILD * 40)[:LONGEST_WORDS]
TITLE = (WILD * 10)[:LONGEST_TITLE]
SHORT = (WILD * 10)[:LONGEST_SHORT_WORDS]
EMOJI = "\N{POUTING FACE}" * LONGEST_WORDS
RESOLUTION = Resolution("12/3", date(2026, 1, 15), "төрага")
FIRST = Version(
    id=1,
    plan_id=1,
    municipality_id=9,
    slug="jazy",
    municipality=KARA_KULJA.name,
    number=1,
    title="Биргелешкен аракеттер планы",
    language="ky",
    first_year=2026,
    last_year=2027,
    resolution=RESOLUTION,
    scan_file_id="scan",
    adopted_at=NOW,
)
WIDE = replace(
    FIRST,
    id=FAR,
    municipality_id=FAR,
    municipality=LONG_NAME,
    number=99,
    title=TITLE,
    resolution=Resolution(SHORT, date(2026, 12, 18), SHORT),
)
DRAFT = replace(WIDE, number=None, adopted_at=None, resolution=None, scan_file_id=None)
SHOWN = replace(DRAFT, shown_at=NOW)
REPLACED = replace(WIDE, is_replaced=True)
VERSIONS = (FIRST, WIDE, DRAFT, SHOWN, REPLACED)
EMPTY = Summary(dict.fromkeys(MeasureStatus, 0), 0, 0, 0, 0, ())
FULL = Summary(
    dict.fromkeys(MeasureStatus, 999),
    999,
    99_999_999_999,
    99_999_999,
    999,
    [(each, 99_999_999_999) for each in Funding],
)
SHARES = [Share(topic, 999, 998, 99) for topic in TOPIC_LIST]


def _wide(column: Column) -> Any:
    """The most that a column of words or of a sum may hold."""
    return 99_999_999_999 if column.kind is Kind.SUM else LONG[: column.longest]


MEASURE = Measure(12, "Көпүрөнү оңдоо", term="2026", due_on=date(2026, 6, 30), cost=350_000)
WIDE_MEASURE = Measure(
    number=FAR,
    due_on=date(2020, 1, 1),
    funding=Funding.SEVERAL,
    **{each.field: _wide(each) for each in OF_MEASURE if each.part is not Part.NUMBER},
)
PROBLEM = PlannedProblem(1, TOPIC_LIST[0].id, "Көпүрө сынган")
WIDE_PROBLEM = PlannedProblem(
    number=FAR,
    topic_id=TOPIC_LIST[0].id,
    villages=(1, 2),
    reported=(1, 2, FAR),
    **{each.field: _wide(each) for each in OF_PROBLEM if each.kind is Kind.WORDS},
)
CARD_OF_PLAN = ItemCard(1, 1, FIRST, PROBLEM, MEASURE, TOPIC_LIST[0], (), MeasureStatus.PLANNED)
REPORTS = [
    Reported(FAR, NOW, MeasureStatus.DONE, (WILD * 9)[:LONGEST_NOTE], "photo", 99_999_999_999),
    *[Reported(FAR, NOW, MeasureStatus.DOING, (WILD * 9)[:LONGEST_NOTE], None, None)] * 4,
]
CHECKS = [Check(NOW, agrees, (WILD * 9)[:LONGEST_NOTE], "photo") for agrees in (True, False, True, False)]
WIDE_CARD = ItemCard(
    FAR,
    FAR,
    WIDE,
    WIDE_PROBLEM,
    WIDE_MEASURE,
    TOPIC_LIST[0],
    [each.name for each in TWELVE_VILLAGES],
    MeasureStatus.DONE,
    99_999_999_999,
    REPORTS,
    CHECKS,
    [LinkedProblem(FAR, FAR, Wording(WILD * 9, "ky"), ProblemStatus.PLANNED)] * 12,
    [FAR] * 12,
)
DRAFT_CARD = replace(WIDE_CARD, version=SHOWN, measure_id=None, reports=(), checks=(), problems=(), hidden=())
CARDS = (CARD_OF_PLAN, WIDE_CARD)
ITEM = Item(1, 1, 1, "Көпүрөнү оңдоо", "", "ky", "", None, MeasureStatus.PLANNED, TOPIC_LIST[0].id)
WIDE_ITEM = Item(FAR, FAR, 9999, TITLE, TITLE, "ky", SHORT, TODAY, MeasureStatus.DOING, TOPIC_LIST[0].id)
LATE_ITEM = replace(WIDE_ITEM, due_on=date(2020, 1, 1))
LISTED = [WIDE_ITEM, *[LATE_ITEM] * (MEASURES_A_PAGE - 1)]
FOUND = Planning(FAR, LONG_NAME, WIDE, FULL, SHOWN, 999, 999)
COLUMNS = [(WILD, part) for part in Part] + [(WILD, None)] * 4
TEXT = PlanText(TITLE, "ky", 2026, 2027, (replace(WIDE_PROBLEM, measures=(WIDE_MEASURE,)),))
FLAWS = [CellFlaw(row, "D", WILD, "Иш-чаралар") for row in range(30)]
COMMENTS = [Comment(FAR, TITLE, (WILD * 20)[:LONGEST_COMMENT], NOW)] * COMMENTS_A_PAGE
CHANGES = [
    Change(ChangeKind.ADDED, False, FAR, TITLE),
    Change(ChangeKind.REMOVED, True, FAR, TITLE),
    *[
        Change(
            ChangeKind.CHANGED,
            True,
            FAR,
            TITLE,
            {Part.MEASURE: (TITLE, ""), Part.INDICATOR: (LONG, LONG), Part.DIRECTION: ("1", "2")},
        )
    ]
    * 12,
    *[Change(ChangeKind.CHANGED, True, FAR, TITLE, dict.fromkeys(Part, (LONG, LONG)))] * 6,
    Change(ChangeKind.CHANGED, True, FAR, EMOJI, dict.fromkeys(Part, (EMOJI, EMOJI))),
]
PUBLISHING = (
    partial(planning.planning, Planning(9, KARA_KULJA.name, None, None, None, 0, 0)),
    partial(planning.planning, FOUND),
    partial(planning.send_now, FAR),
    partial(planning.wrong_cells, FAR, FLAWS),
    partial(planning.nothing_filled_in, FAR),
    partial(planning.understood, FAR, FAR, COLUMNS, TEXT),
    *(
        partial(planning.draft, version, 999, comments)
        for version in (DRAFT, SHOWN, replace(SHOWN, resolution=WIDE.resolution))
        for comments in (0, 999)
    ),
    *(partial(planning.ask_to_drop, DRAFT, comments) for comments in (0, 1, 999)),
    *(
        partial(planning.comments, version, found, Page(total, 0, COMMENTS_A_PAGE))
        for version in (SHOWN, WIDE)
        for found, total in (((), 0), (COMMENTS, 999))
    ),
    partial(planning.ask_resolution, DRAFT),
    partial(planning.ask_scan, replace(DRAFT, resolution=WIDE.resolution)),
    *(
        partial(planning.ask_to_adopt, version, people, changes)
        for version in (replace(DRAFT, resolution=WIDE.resolution), replace(WIDE, adopted_at=None))
        for people, changes in ((1, None), (99_999, {"added": 1, "changed": 99, "removed": 9}))
    ),
    partial(planning.published, WIDE),
    *(partial(planning.edit_measure, card) for card in (*CARDS, DRAFT_CARD)),
    *(
        partial(planning.ask_part, card, part, wrong)
        for card in CARDS
        for part in planning.EDITABLE
        for wrong in ("", WILD)
    ),
    partial(planning.add_or_remove, DRAFT_CARD),
    partial(planning.ask_new_measure, DRAFT_CARD),
    partial(planning.ask_new_measure, DRAFT_CARD, WILD),
    partial(planning.ask_to_remove, DRAFT_CARD),
)
READING = (
    *(partial(screens.no_plan, LONG_NAME, draft) for draft in (None, SHOWN)),
    *(
        partial(screens.overview, Overview(version, summary, draft=draft), village)
        for version in VERSIONS
        for summary in (EMPTY, FULL)
        for draft, village in ((None, None), (SHOWN, FAR))
    ),
    *(
        partial(screens.papers, version, has_older=has_older, comments=comments)
        for version in VERSIONS
        for has_older, comments in ((True, 999), (False, 0))
    ),
    partial(screens.being_made, WIDE, "█" * 10),
    partial(screens.directions, FIRST, ()),
    partial(screens.directions, WIDE, SHARES[:6]),
    *(partial(screens.villages, WIDE, [(each, 999) for each in TWELVE_VILLAGES], page) for page in (0, 1)),
    *(
        partial(
            screens.measures,
            MeasurePage(version, view, 1, items, Page(total, 0, MEASURES_A_PAGE)),
            WILD,
            TODAY,
        )
        for version in VERSIONS
        for view in View
        for items, total in (((), 0), (LISTED, 999))
    ),
    partial(screens.ask_words, WIDE),
    *(partial(screens.found, WIDE, WILD * 9, items, TODAY) for items in ((), [*LISTED, ITEM, ITEM])),
    *(
        partial(screens.item, card, TODAY, follows=follows, may_plan=both, may_check=both)
        for card in (*CARDS, DRAFT_CARD, *(replace(WIDE_CARD, version=each) for each in (DRAFT, REPLACED)))
        for follows in (True, False)
        for both in (True, False)
    ),
    *(
        partial(
            screens.item, replace(WIDE_CARD, status=each), TODAY, follows=True, may_plan=False, may_check=True
        )
        for each in MeasureStatus
    ),
    partial(screens.ask_comment, DRAFT_CARD),
    partial(screens.commented, DRAFT_CARD),
    partial(screens.versions, [WIDE] * screens.MOST_VERSIONS),
    *(
        partial(screens.changes, WIDE, found, page)
        for found, page in (((), 0), *((CHANGES, page) for page in range(len(CHANGES))))
    ),
)
WAITING = Unanswered(FAR, FAR, Wording(WILD * 9, "ky"), ProblemStatus.SHORTLISTED, 9999)
ANSWERING = (
    partial(answers.unanswered, FAR, (), Page(0, 0, answers.PROBLEMS_A_PAGE)),
    partial(
        answers.unanswered,
        FAR,
        [WAITING] * answers.PROBLEMS_A_PAGE,
        Page(999, 0, answers.PROBLEMS_A_PAGE),
    ),
    partial(answers.answer, FAR, PUBLISHED),
    partial(answers.which_measure, CARD, (), Page(0, 0, answers.MEASURES_A_PAGE)),
    partial(
        answers.which_measure,
        PUBLISHED,
        [WIDE_ITEM] * answers.MEASURES_A_PAGE,
        Page(999, 0, answers.MEASURES_A_PAGE),
    ),
    partial(answers.why_not, PUBLISHED),
    partial(answers.told, FAR, FAR),
)
CHECKED = Unchecked(FAR, FAR, TITLE, TITLE, "ky", None)
GETTING_ON = (
    *(
        partial(progress.asked, Asked(card, left), before, TODAY)
        for card, left in ((CARD_OF_PLAN, 1), (WIDE_CARD, 999))
        for before in (None, WIDE_CARD)
    ),
    *(partial(progress.one, card, TODAY) for card in CARDS),
    *(partial(progress.all_asked, FAR, before) for before in (None, WIDE_CARD)),
    partial(progress.no_plan, FAR),
    *(partial(made, card) for made in (progress.ask_more, progress.said) for card in CARDS),
    partial(progress.unchecked, FAR, (), Page(0, 0, CHECKS_A_PAGE)),
    partial(
        progress.unchecked,
        FAR,
        [replace(CHECKED, by_me=each) for each in (None, True, False) * 2][:CHECKS_A_PAGE],
        Page(999, 0, CHECKS_A_PAGE),
    ),
    *(partial(progress.check, card) for card in CARDS),
    *(partial(progress.checked, WIDE_CARD, agrees=agrees) for agrees in (True, False)),
    partial(progress.proven, WIDE_CARD),
)
PAPERS = [Paper(FAR, FAR, kind, WILD, "file", False, NOW) for kind in DocumentKind]
DOCUMENTED = (
    *(
        partial(documents.documents, LONG_NAME, papers, follows=follows)
        for papers in ((), PAPERS)
        for follows in (True, False)
    ),
    partial(documents.desk, FAR, LONG_NAME, PAPERS),
    *(
        partial(made, FAR, kind)
        for made in (documents.ask_document, documents.saved)
        for kind in DocumentKind
    ),
)
CALENDAR = [
    Entry(step, *USUAL[step], is_own=own) for step, own in zip(YearStep, [True, False] * 4, strict=True)
]
LEARNING = (
    *(partial(learning.lesson, card, CALENDAR) for card in range(learning.CARDS + 1)),
    partial(learning.calendar, FAR, CALENDAR),
    *(partial(learning.ask_days, FAR, each) for each in CALENDAR),
)
_OWN = {
    "version_id": FAR,
    "title": TITLE,
    "years": [2026, 2027],
    "municipality": [LONG_NAME.ky, LONG_NAME.ru],
}
_NEWS = {
    "measure_id": FAR,
    "number": 9999,
    "title": [TITLE, "ky", TITLE],
    "status": MeasureStatus.DONE,
    "note": (WILD * 9)[:LONGEST_NOTE],
}
_ANSWERED = {"number": FAR, "status": ProblemStatus.LEFT_OUT, "wording": [WILD * 9, "ky", None]}
HEARD_OF_PLANS: dict[str, list[dict[str, Any]]] = {
    PlanNotice.ADOPTED: [
        {**_OWN, "measures": count, "cost": cost} for count, cost in ((1, 0), (999, 99_999_999_999))
    ],
    PlanNotice.AMENDED: [
        {**_OWN, "changes": [["changed", FAR, TITLE]] * 6, "count": 999},
        {**_OWN, "changes": [], "count": 0},
    ],
    PlanNotice.DISCUSSED: [_OWN],
    PlanNotice.ANSWERED: [{"items": [_ANSWERED] * 12, "count": 25}, {"items": [_ANSWERED], "count": 1}],
    PlanNotice.NEWS: [{"items": [_NEWS] * 30}, {"items": [{**_NEWS, "note": None}]}],
    PlanNotice.CONTRADICTED: [_NEWS, {**_NEWS, "note": None}],
    PlanNotice.ROUND: [{"asked": 999, "late": late, "municipality_id": FAR} for late in (0, 99)],
    PlanNotice.DOCUMENT: [
        {"document_id": FAR, "kind": kind, "municipality": [LONG_NAME.ky, LONG_NAME.ru]}
        for kind in DocumentKind
    ],
}
TOLD = (
    *(partial(notice_screens.heard_adopted, facts) for facts in HEARD_OF_PLANS[PlanNotice.ADOPTED]),
    *(partial(notice_screens.heard_amended, facts) for facts in HEARD_OF_PLANS[PlanNotice.AMENDED]),
    *(partial(notice_screens.heard_discussed, facts) for facts in HEARD_OF_PLANS[PlanNotice.DISCUSSED]),
    *(partial(notice_screens.heard_answered, facts) for facts in HEARD_OF_PLANS[PlanNotice.ANSWERED]),
    *(partial(progress.heard_news, facts) for facts in HEARD_OF_PLANS[PlanNotice.NEWS]),
    *(partial(progress.heard_contradicted, facts) for facts in HEARD_OF_PLANS[PlanNotice.CONTRADICTED]),
    *(partial(progress.heard_round, facts) for facts in HEARD_OF_PLANS[PlanNotice.ROUND]),
    *(partial(documents.heard_document, facts) for facts in HEARD_OF_PLANS[PlanNotice.DOCUMENT]),
)
PLANS: tuple[partial[Screen], ...] = (
    *PUBLISHING,
    *READING,
    *ANSWERING,
    *GETTING_ON,
    *DOCUMENTED,
    *LEARNING,
    *TOLD,
)
