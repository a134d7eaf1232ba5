"""Voters' villages and figures to look at, with plain and with extreme data."""

from functools import partial

from bot.domain.anomalies import Anomalies, Burst, FullVillage
from bot.domain.paging import Page
from bot.features.votes.voter_villages import screens
from bot.features.votes.voter_villages.queries import VOTERS_A_PAGE, Voter, VoterVillage
from bot.telegram.screen import Screen
from tests.samples.data import FAR, LONG_NAME, NOW, WILD
from tests.samples.gatherings import OPEN

PLACES = [VoterVillage(key, LONG_NAME, 99_999) for key in OPEN.villages]
VOTER = Voter(FAR, FAR, FAR, FAR, FAR, LONG_NAME)
MANY = [(VOTER, (WILD * 3)[:64]), (VOTER, ""), *[(VOTER, "Айбек")] * 4]
USUAL = Anomalies(12_345, 0, [], [], knows_population=True)
ODD = Anomalies(
    12_345,
    999,
    [Burst(1234, NOW, NOW, 1.6)] * 5,
    [FullVillage(place, 999_999, 99_999) for place in range(12)],
    knows_population=False,
)
VOTERS: tuple[partial[Screen], ...] = (
    *(
        partial(screens.villages, OPEN, found, page)
        for found, page in (([], 0), (PLACES[:1], 0), (PLACES, 1))
    ),
    *(
        partial(screens.voters, OPEN, FAR, MANY, Page(VOTERS_A_PAGE * 3, page, VOTERS_A_PAGE))
        for page in (0, 1, 2)
    ),
    *(partial(screens.which_village, OPEN, VOTER, name, 1) for name in ("", WILD)),
    *(partial(screens.anomalies, OPEN, found, list(OPEN.villages)) for found in (USUAL, ODD)),
    partial(screens.moved, LONG_NAME),
)
