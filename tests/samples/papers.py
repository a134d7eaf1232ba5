"""What can be printed and listed, with plain and with extreme names."""

from functools import partial

from bot.domain.spreadsheet_safety import CellFlaw
from bot.features.problems.printouts import screens
from bot.features.votes.population import screens as population
from bot.telegram.screen import Screen
from tests.samples.data import FAR, KARA_KULJA, LONG_NAME, TWELVE_VILLAGES, VILLAGE, WILD

PAPERED: tuple[partial[Screen], ...] = (
    *(partial(screens.papers, FAR, name) for name in (VILLAGE.name, LONG_NAME)),
    *(partial(screens.poster_villages, FAR, LONG_NAME, TWELVE_VILLAGES, page) for page in (0, 1)),
    *(partial(population.population, KARA_KULJA, people) for people in (0, 123_456)),
    *(partial(population.saved, FAR, changed) for changed in (0, 48)),
    partial(population.nothing_filled_in, FAR),
    partial(population.wrong_cells, FAR, [CellFlaw(row, "B", WILD) for row in range(6, 40)]),
    partial(screens.poster_villages, 1, VILLAGE.name, TWELVE_VILLAGES[:1], 0),
)
