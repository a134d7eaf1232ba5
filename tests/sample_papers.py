"""What can be printed and listed, with plain and with extreme names."""

from functools import partial

from bot.features.papers import screens
from bot.telegram.screen import Screen
from tests.sample_data import FAR, LONG_NAME, TWELVE_VILLAGES, VILLAGE

PAPERED: tuple[partial[Screen], ...] = (
    *(partial(screens.papers, FAR, name) for name in (VILLAGE.name, LONG_NAME)),
    *(partial(screens.poster_villages, FAR, LONG_NAME, TWELVE_VILLAGES, page) for page in (0, 1)),
    partial(screens.poster_villages, 1, VILLAGE.name, TWELVE_VILLAGES[:1], 0),
)
