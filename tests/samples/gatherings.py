"""Gatherings on paper with plain and with extreme data: lists, questions, sheets, wrong cells."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.domain.gathering import Flaw, Line, Method, Mistake, People, Tally, TypedVotes
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.votes.gathering_queries import Gathering
from bot.features.votes.paper_votes import entry_screens, screens
from bot.features.votes.paper_votes.callbacks import Step
from bot.features.votes.paper_votes.queries import Draft, tally_of
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG_NAME, NOW, WILD
from tests.samples.voting import COUNTED_VOTE, LISTED

TODAY = date(2026, 11, 20)
OPEN = replace(
    COUNTED_VOTE,
    opened_at=NOW - timedelta(days=30),
    counted_at=None,
    villages={FAR - place: LONG_NAME for place in range(12)},
    problems={key: LISTED[key] for key in list(LISTED)[:25]},
)
VOTES = {key: 99_999 - place for place, key in enumerate(OPEN.problems)}
SHEET = Gathering(
    id=FAR,
    round_id=FAR,
    batch="ЖЭ-123/2026-11-20",
    village_id=FAR,
    village=LONG_NAME,
    held_on=TODAY,
    place=(WILD * 20)[:100],
    people=People.MIXED,
    method=Method.COMMISSION,
    women=99_999,
    men=99_999,
    voted=99_999,
    already_voted=12_345,
    first_signatory=(WILD * 20)[:100],
    second_signatory=(WILD * 20)[:100],
    photo_file_id=None,
    entered_at=NOW,
    votes=VOTES,
    taken_back_at=None,
    reason=None,
)
BACK = replace(SHEET, taken_back_at=NOW, reason=(WILD * 30)[:300], photo_file_id="photo")
TALLY: Tally = tally_of(SHEET)
TOLD = {
    "batch": "ЖЭ-123/2026-11-20",
    "village_id": FAR,
    "held_on": "2026-11-20",
    "people": "mixed",
    "method": "hands",
    "women": 1,
    "men": 1,
    "voted": 1,
    "already_voted": 0,
    "votes": {},
    "place": "x",
    "first_signatory": "x",
    "second_signatory": "x",
    "photo": None,
}
DRAFT, BEGUN = Draft(FAR, FAR, TOLD), Draft(FAR, FAR, {})
AT_PEOPLE = Draft(FAR, FAR, {"batch": "", "village_id": FAR, "held_on": TODAY.isoformat()})
FLAWS = [
    *(Flaw(Line.DAY, each) for each in (Mistake.TOO_EARLY, Mistake.IN_FUTURE)),
    *(
        Flaw(Line.VOTED, each, 99_999, 5)
        for each in Mistake
        if each not in {Mistake.TOO_EARLY, Mistake.IN_FUTURE}
    ),
    Flaw(Line.VOTES, Mistake.MORE_THAN_VOTED, 99_999, 5, next(iter(VOTES))),
]
CELLS = [CellFlaw(row, "AB", (WILD * 6)[:90]) for row in range(1, 40)]
GATHERINGS: tuple[partial[Screen], ...] = (
    *(partial(screens.gatherings, OPEN, found, 0) for found in ([], [SHEET], [SHEET, BACK] * 9)),
    partial(screens.gatherings, OPEN, [SHEET, BACK] * 9, 2, has_draft=True, just_entered=True),
    partial(screens.gatherings, COUNTED_VOTE, [SHEET, BACK] * 9, 1),
    *(partial(screens.gathering, OPEN, each, TALLY) for each in (SHEET, BACK)),
    partial(screens.why_take_back, SHEET),
    partial(screens.send_it_now, FAR),
    *(partial(screens.entered, FAR, new, known) for new, known in ((1, 0), (2, 1), (12, 5))),
    partial(screens.nothing_filled_in, FAR),
    *(partial(screens.wrong_cells, FAR, cells) for cells in (CELLS[:1], CELLS)),
    *(partial(entry_screens.question, OPEN, draft, step, TODAY) for step in Step for draft in (BEGUN, DRAFT)),
    partial(entry_screens.which_village, OPEN, BEGUN, 1),
    partial(
        entry_screens.votes_not_understood, OPEN, BEGUN, TypedVotes({}, [WILD] * 30, [FAR] * 30, [FAR] * 30)
    ),
    *(
        partial(entry_screens.day_cannot_be, OPEN, BEGUN, {"held_on": TODAY.isoformat()}, each, TODAY)
        for each in FLAWS[:2]
    ),
    partial(entry_screens.question, OPEN, AT_PEOPLE, Step.PEOPLE, TODAY),
    partial(entry_screens.preview, OPEN, DRAFT, TALLY, []),
    partial(entry_screens.preview, OPEN, DRAFT, TALLY, FLAWS),
    partial(entry_screens.what_to_change, DRAFT),
    partial(entry_screens.is_it_the_same, DRAFT, "ЖЭ-123/2026-11-20"),
    *(partial(screens.alike, FAR, [("ЖЭ-123/2026-11-20", "d123456789")] * many) for many in (1, 40)),
    partial(screens.send_alike_now, FAR),
)
