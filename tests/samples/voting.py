"""The vote with plain and with extreme data: ballots, stages, the shortlist, what is heard, the result."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.ballot import USUAL_REASON, Ballot, Stage
from bot.domain.problem import Hidden, HideReason, ProblemStatus
from bot.domain.ranking import Ranked, Ranking
from bot.features.votes.ballot import (
    demographics_screens as about_me_screens,
    screens,
)
from bot.features.votes.ballot.queries import OpenBallotPaper
from bot.features.votes.ranking_files import screens as ranking
from bot.features.votes.results import screens as results
from bot.features.votes.results.queries import Result
from bot.features.votes.rounds import deliveries, notice_screens, screens as round_screens
from bot.features.votes.rounds.queries import NewRound
from bot.features.votes.shortlist import screens as shortlist_screens
from bot.features.votes.shortlist.queries import (
    SHOWN,
    Candidate,
)
from bot.features.votes.vote_queries import ListedProblem, Vote
from bot.telegram.progress import bar
from bot.telegram.screen import Screen
from tests.samples.data import (
    CARD,
    FACTS,
    FAR,
    FAR_ROUND,
    LONG,
    LONG_NAME,
    NOW,
    OPENED,
    PAPERS,
    PLAIN,
    SIXTY,
    TURNOUT,
    UNBROKEN,
    WAITING,
    WILD,
)

CODE = "K7M-2QF-9XT"
SCREENING = OpenBallotPaper(
    FAR, FAR_ROUND, SIXTY[:20], Ballot(5, frozenset({SIXTY[0].id})), Stage.SCREENING, 60, CODE
)
HIDDEN = Hidden(HideReason.OWN_WORDS, UNBROKEN[:300])
BALLOTS = (
    *PAPERS,
    SCREENING,
    replace(SCREENING, lines=SIXTY[:5]),
    replace(SCREENING, lines=SIXTY, code=""),
    replace(PAPERS[-1], code=CODE),
    replace(PAPERS[-1], lines=[each._replace(text=None, hidden=HIDDEN) for each in SIXTY[7:14]]),
)
REASON = (WILD * 20)[:300]
OPEN, OVER = replace(FACTS, closes_at=NOW + timedelta(days=1)), replace(FACTS, closed_at=NOW)
STAGES = (
    OPEN,
    FACTS,
    OVER,
    replace(OVER, counted_at=NOW),
    replace(OPEN, stage=Stage.SCREENING),
    replace(OVER, stage=Stage.SCREENING),
    replace(OVER, stage=Stage.SCREENING, next_id=FAR),
)
NEW = (
    NewRound(Stage.DECIDING, 1, NOW),
    NewRound(Stage.SCREENING, 10, NOW),
    NewRound(Stage.DECIDING, 10, NOW, range(25), FAR, REASON),
    NewRound(Stage.DECIDING, 3, NOW, range(25), FAR, USUAL_REASON),
)
RANKING = Ranking(
    tuple(
        Ranked(
            FAR - place,
            place,
            1,
            60,
            (1, 60) if place % 2 else (place, place),
            0.3,
            0.2,
            0.4,
            12345,
            12345,
            24690,
        )
        for place in range(1, 61)
    ),
    12345,
    12345,
    weighted=True,
    is_estimated=True,
    represented=0.9,
)
CANDIDATES = [
    Candidate(each.problem_id, 1200 + each.place, text[: SHOWN + 1], each.place % 3 == 0)
    for each, text in zip(RANKING.rows, (LONG, UNBROKEN, PLAIN) * 20, strict=True)
]
CANDIDATES[1] = replace(CANDIDATES[1], text=None, hidden=HIDDEN)
CANDIDATES[2] = replace(CANDIDATES[2], text=None, hidden=HIDDEN)
HIDDEN_CARD = replace(WAITING, status=ProblemStatus.HIDDEN, hidden=HIDDEN)
LISTED = {
    each.id: ListedProblem(each.id, each.number, each.text, LONG_NAME, None, each.hidden)
    for each in CANDIDATES
}
COUNTED_VOTE = Vote(
    FAR, FAR, "jazy", LONG_NAME, Stage.DECIDING, 10, NOW, NOW, NOW, NOW, LISTED, {FAR: LONG_NAME}
)
RESULT = Result(COUNTED_VOTE, RANKING)
RESULTS = (
    RESULT,
    replace(RESULT, ranking=replace(RANKING, weighted=False, paper_voters=0)),
    replace(RESULT, ranking=replace(RANKING, voters=29, paper_voters=0, weighted=False, is_estimated=False)),
    replace(
        RESULT,
        vote=replace(COUNTED_VOTE, picks=1),
        ranking=replace(RANKING, voters=0, paper_voters=0, is_estimated=False, withheld=9),
    ),
    replace(RESULT, ranking=replace(RANKING, voters=0, withheld=9)),
    replace(RESULT, ranking=replace(RANKING, voters=0, paper_voters=0, is_estimated=False)),
)
BALLOT = (
    *(partial(screens.ballot, paper, page) for paper in BALLOTS for page in (0, 3, 11)),
    *(
        partial(screens.candidate, paper, card, 3)
        for paper in BALLOTS
        for card in (CARD, WAITING, HIDDEN_CARD)
    ),
    *(partial(screens.summary, paper) for paper in BALLOTS),
    partial(screens.code, SCREENING),
    *(partial(screens.no_vote, last) for last in (None, FAR)),
    *(
        partial(question, round_id)
        for question in (about_me_screens.sex, about_me_screens.age)
        for round_id in (0, FAR)
    ),
    partial(about_me_screens.saved),
)
ROUNDS = (
    *(partial(round_screens.when_to_close, FAR, stage, many, NOW) for stage in Stage for many in (2, 12345)),
    *(partial(round_screens.about_to_open, FAR, new, many) for new in NEW for many in (2, 12345)),
    *(partial(round_screens.turnout, facts, villages, NOW) for facts in STAGES for villages in (TURNOUT, [])),
    *(partial(round_screens.sure_to_close, each, voters) for each in STAGES[::4] for voters in (0, 12345)),
    partial(round_screens.sure_to_publish, OVER),
    *(partial(shortlist_screens.shortlist, FAR, CANDIDATES, RANKING, 25, page) for page in (0, 9)),
    partial(shortlist_screens.shortlist, FAR, CANDIDATES[:2], RANKING, 25, 0),
    partial(shortlist_screens.shortlist, FAR, CANDIDATES, replace(RANKING, voters=0, paper_voters=0), 25, 0),
    partial(shortlist_screens.why_left_out, FAR, 25, 12345),
    partial(shortlist_screens.which_day, FAR, NOW),
    *(partial(shortlist_screens.about_to_publish, FAR, new) for new in NEW),
)
NOTICES = (
    *(partial(notice_screens.opened, FAR, new.stage, new.picks, NOW, new.left_out_reason) for new in NEW),
    *(partial(notice_screens.closed, stage, NOW) for stage in Stage),
    partial(notice_screens.unfinished, FAR, NOW),
    partial(notice_screens.not_heard, FAR, NOW, NOW),
    partial(notice_screens.counted, FAR),
)
COUNTED = (
    *(
        partial(results.result, found, page, may_check=may_check)
        for found in RESULTS
        for page, may_check in ((0, False), (5, True))
    ),
    *(partial(results.how_counted, found, code) for found in RESULTS for code in (None, CODE)),
)
HANDED_OVER = (
    *(partial(ranking.choices, COUNTED_VOTE, is_facilitator=whether) for whether in (True, False)),
    *(partial(ranking.being_made, COUNTED_VOTE, bar(share)) for share in (0.0, 0.55)),
)
VOTE: tuple[partial[Screen], ...] = (*BALLOT, *ROUNDS, *NOTICES, *COUNTED, *HANDED_OVER)
HEARD_OF_VOTES = {
    deliveries.OPENED: OPENED,
    deliveries.CLOSED: [deliveries.closed_facts(stage, NOW) for stage in Stage],
    deliveries.UNFINISHED: [deliveries.unfinished_facts(FAR, NOW)],
    deliveries.NOT_HEARD: [deliveries.not_heard_facts(FAR, NOW, NOW)],
    deliveries.COUNTED: [{"round_id": FAR}],
}
