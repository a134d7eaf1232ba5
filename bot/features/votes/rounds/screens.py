"""The facilitator's view of a vote."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ballot import Stage
from bot.features.problems.desk.callbacks import OpenDesk
from bot.features.votes.paper_votes.callbacks import ListGatherings
from bot.features.votes.ranking_files.callbacks import ExportRanking
from bot.features.votes.results.callbacks import ShowResult
from bot.features.votes.rounds import texts as round_texts
from bot.features.votes.rounds.callbacks import (
    AskToClose,
    AskToPublish,
    CloseVote,
    OpenVote,
    PlanVote,
    PublishResult,
    SetClosingDay,
    ShowTurnout,
)
from bot.features.votes.rounds.days import packed, usual_days
from bot.features.votes.rounds.queries import (
    NewRound,
    RoundFacts,
    VillageTurnout,
)
from bot.features.votes.shortlist.callbacks import OpenShortlist
from bot.features.votes.tie_breaks.callbacks import ListTies
from bot.features.votes.voter_villages.callbacks import ListVoterVillages, ShowAnomalies
from bot.telegram import texts as common
from bot.telegram.screen import Row, Screen, button, stacked


def when_to_close(municipality_id: int, stage: Stage, problems: int, today: datetime) -> Screen:
    choices = [
        button(
            round_texts.closing_choice(days, moment),
            SetClosingDay(municipality_id=municipality_id, day=packed(moment)),
        )
        for days, moment in usual_days(today)
    ]
    return Screen(
        round_texts.when_to_close(stage, problems), [*stacked(choices), [button(common.cancel(), OpenDesk())]]
    )


def about_to_open(municipality_id: int, new: NewRound, problems: int) -> Screen:
    day = packed(new.closes_at)
    return Screen(
        round_texts.about_to_open(new, problems),
        [
            [button(round_texts.open_vote(), OpenVote(municipality_id=municipality_id, day=day))],
            [button(round_texts.another_day(), PlanVote(municipality_id=municipality_id))],
            [button(common.cancel(), OpenDesk())],
        ],
    )


def turnout(facts: RoundFacts, villages: Sequence[VillageTurnout], now: datetime) -> Screen:
    """Who takes part; below it what can be done with the stage as it stands now."""
    closed = facts.is_closed(now)
    rows = _after_closing(facts) if closed else _while_open(facts)
    if facts.stage is Stage.DECIDING:
        rows.append([button(round_texts.gatherings(), ListGatherings(round_id=facts.id))])
    if not closed:
        rows.append([button(round_texts.voter_villages(), ListVoterVillages(round_id=facts.id))])
    rows.append([button(round_texts.to_desk(), OpenDesk())])
    return Screen(round_texts.turnout(facts, villages, closed=closed), rows)


def _while_open(facts: RoundFacts) -> list[Row]:
    return [
        [button(round_texts.refresh(), ShowTurnout(round_id=facts.id))],
        [button(round_texts.close_vote(), AskToClose(round_id=facts.id))],
    ]


def _after_closing(facts: RoundFacts) -> list[Row]:
    rows: list[Row] = []
    if facts.awaits_shortlist:
        rows.append([button(round_texts.draw_up_shortlist(), OpenShortlist(round_id=facts.id, page=0))])
    if facts.awaits_result:
        rows.append([button(round_texts.publish(), AskToPublish(round_id=facts.id))])
    if facts.counted_at:
        rows.append([button(round_texts.see_as_residents(), ShowResult(round_id=facts.id))])
        rows.append([button(round_texts.ties(), ListTies(round_id=facts.id, page=0))])
    if facts.is_final:
        rows.append([button(round_texts.export(), ExportRanking(round_id=facts.id))])
    rows.append([button(round_texts.anomalies(), ShowAnomalies(round_id=facts.id))])
    return rows


def sure_to_close(facts: RoundFacts, voters: int) -> Screen:
    return Screen(
        round_texts.sure_to_close(facts, voters),
        [
            [button(round_texts.no_wait(), ShowTurnout(round_id=facts.id))],
            [button(round_texts.yes_close(), CloseVote(round_id=facts.id))],
        ],
    )


def sure_to_publish(facts: RoundFacts) -> Screen:
    return Screen(
        round_texts.sure_to_publish(),
        [
            [button(round_texts.no_wait(), ShowTurnout(round_id=facts.id))],
            [button(round_texts.gatherings(), ListGatherings(round_id=facts.id))],
            [button(round_texts.yes_publish(), PublishResult(round_id=facts.id))],
        ],
    )
