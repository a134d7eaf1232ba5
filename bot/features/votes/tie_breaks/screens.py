"""Problems that share their places, and what was decided about them."""

from collections.abc import Sequence

from bot.domain import bands as place_texts
from bot.domain.paging import page_of
from bot.domain.ranking import Ranked
from bot.features.votes.rounds.callbacks import ShowTurnout
from bot.features.votes.tie_breaks import texts
from bot.features.votes.tie_breaks.callbacks import DecideTie, ListTies
from bot.features.votes.tie_queries import Decision
from bot.features.votes.vote_queries import Vote
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Screen, button, stacked

BANDS_A_PAGE = 6


def ties(vote: Vote, bands: Sequence[Sequence[Ranked]], decisions: Sequence[Decision], wanted: int) -> Screen:
    shown, page = page_of(bands, wanted, BANDS_A_PAGE)
    choices = [
        button(
            texts.places(place_texts.places(band[0].band)),
            DecideTie(round_id=vote.round_id, first=band[0].band[0]),
        )
        for band in shown
    ]
    turn = pager(page, lambda number: ListTies(round_id=vote.round_id, page=number))
    back = button(texts.to_vote(), ShowTurnout(round_id=vote.round_id))
    return Screen(texts.ties(vote, bands, decisions), [*stacked(choices, 2), turn, [back]])


def decide(vote: Vote, band: Sequence[Ranked]) -> Screen:
    back = button(common.back(), ListTies(round_id=vote.round_id, page=0))
    return Screen(texts.decide(vote, band), [[back]])
