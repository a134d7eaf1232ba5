"""The population table at the desk."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.places import Municipality
from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.problems.printouts.callbacks import OpenPapers
from bot.features.votes.population import texts
from bot.features.votes.population.callbacks import GetPopulationForm
from bot.prints import form_texts as cards
from bot.telegram.screen import Row, Screen, button


def population(place: Municipality, people: int) -> Screen:
    return Screen(texts.population(place.name, people), _ways(place.id))


def _ways(municipality_id: int) -> list[Row]:
    return [
        [button(texts.get_form(), GetPopulationForm(municipality_id=municipality_id))],
        [button(texts.to_papers(), OpenPapers(municipality_id=municipality_id))],
    ]


def saved(municipality_id: int, changed: int) -> Screen:
    return _told(municipality_id, texts.saved(changed))


def nothing_filled_in(municipality_id: int) -> Screen:
    return _told(municipality_id, texts.nothing_filled_in())


def wrong_cells(municipality_id: int, flaws: Sequence[CellFlaw]) -> Screen:
    return _told(municipality_id, cards.wrong_cells(flaws))


def _told(municipality_id: int, words: Markup) -> Screen:
    return Screen(words, _ways(municipality_id))
