"""What can be printed and listed for a municipality."""

from collections.abc import Sequence

from bot.domain.paging import page_of
from bot.domain.places import Name, Village
from bot.features.problems.desk.callbacks import OpenDeskOf
from bot.features.problems.printouts import texts
from bot.features.problems.printouts.callbacks import (
    ExportProblems,
    ListPosterVillages,
    OpenPapers,
    PrintPoster,
)
from bot.features.votes.population.callbacks import OpenPopulation
from bot.i18n import named
from bot.telegram import texts as common
from bot.telegram.paging import pager
from bot.telegram.screen import Screen, button, stacked

MOST_VILLAGES = 8


def papers(municipality_id: int, municipality: Name) -> Screen:
    return Screen(
        texts.papers(municipality),
        [
            [button(texts.problem_list(), ExportProblems(municipality_id=municipality_id))],
            [button(texts.poster(), PrintPoster(municipality_id=municipality_id, village_id=0))],
            [button(texts.poster_of_village(), ListPosterVillages(municipality_id=municipality_id, page=0))],
            [button(texts.population(), OpenPopulation(municipality_id=municipality_id))],
            [button(common.back(), OpenDeskOf(municipality_id=municipality_id))],
        ],
    )


def poster_villages(
    municipality_id: int, municipality: Name, villages: Sequence[Village], wanted: int
) -> Screen:
    shown, page = page_of(villages, wanted, MOST_VILLAGES)
    choices = [
        button(named(each.name), PrintPoster(municipality_id=municipality_id, village_id=each.id))
        for each in shown
    ]
    turn = pager(page, lambda number: ListPosterVillages(municipality_id=municipality_id, page=number))
    return Screen(
        texts.which_village(municipality),
        [
            *stacked(choices, 2),
            turn,
            [button(texts.to_papers(), OpenPapers(municipality_id=municipality_id))],
        ],
    )
