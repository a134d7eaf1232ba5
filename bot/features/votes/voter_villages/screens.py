"""The voters by their villages, and the figures to look at."""

from collections.abc import Sequence

from bot.domain.anomalies import Anomalies
from bot.domain.paging import Page, page_of
from bot.domain.places import Name
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.vote_queries import Vote
from bot.features.votes.voter_villages import texts
from bot.features.votes.voter_villages.callbacks import (
    ChangeVoterVillage,
    ListVoters,
    ListVoterVillages,
    SetVoterVillage,
    TurnVoterVillages,
)
from bot.features.votes.voter_villages.queries import Voter, VoterVillage
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.navigation import home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

VILLAGES_A_PAGE = 6


def villages(vote: Vote, found: Sequence[VoterVillage], wanted: int) -> Screen:
    shown, page = page_of(found, wanted, VILLAGES_A_PAGE)
    choices = [
        button(texts.village(each), ListVoters(round_id=vote.round_id, village_id=each.id, page=0))
        for each in shown
    ]
    turn = pager(page, lambda number: TurnVoterVillages(round_id=vote.round_id, page=number))
    return Screen(texts.villages(found), [*stacked(choices), turn, _back_to_vote(vote)])


def _back_to_vote(vote: Vote) -> Row:
    return [button(texts.to_vote(), ShowTurnout(round_id=vote.round_id))]


def voters(vote: Vote, village_id: int, found: Sequence[tuple[Voter, str]], page: Page) -> Screen:
    """By the names they go by in Telegram; whoever has none there is a number."""
    choices = [
        button(texts.voter(name, place), ChangeVoterVillage(ballot_id=voter.ballot_id, page=0))
        for place, (voter, name) in enumerate(found, page.offset + 1)
    ]
    turn = pager(page, lambda number: ListVoters(round_id=vote.round_id, village_id=village_id, page=number))
    back = button(common.back(), ListVoterVillages(round_id=vote.round_id))
    return Screen(texts.voters(vote.villages[village_id]), [*stacked(choices), turn, [back]])


def which_village(vote: Vote, voter: Voter, name: str, wanted: int) -> Screen:
    others = [(key, each) for key, each in vote.villages.items() if key != voter.village_id]
    shown, page = page_of(others, wanted, VILLAGES_A_PAGE)
    choices = [
        button(named(each), SetVoterVillage(ballot_id=voter.ballot_id, village_id=key)) for key, each in shown
    ]
    turn = pager(page, lambda number: ChangeVoterVillage(ballot_id=voter.ballot_id, page=number))
    back = ListVoters(round_id=vote.round_id, village_id=voter.village_id, page=0)
    return Screen(
        texts.which_village(voter.village, name),
        [*stacked(choices, 2), turn, [button(common.back(), back)]],
    )


def anomalies(vote: Vote, found: Anomalies, village_ids: Sequence[int]) -> Screen:
    names = {place: vote.villages[village_id] for place, village_id in enumerate(village_ids)}
    return Screen(texts.anomalies(found, names), [_back_to_vote(vote)])


def no_anomalies(vote: Vote) -> Screen:
    return Screen(texts.no_anomalies(), [_back_to_vote(vote)])


def moved(village: Name) -> Screen:
    return Screen(texts.moved(village), [[home_button()]])
