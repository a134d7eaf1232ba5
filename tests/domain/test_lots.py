"""Dealing what voters told of themselves: within a stratum, by chance, and nothing published changes."""

from dataclasses import replace

import numpy as np
import pytest

from bot.domain.breakdown import by_side, by_village
from bot.domain.count import Groups
from bot.domain.lots import dealt
from bot.domain.ranking import estimated
from bot.domain.strata import Strata, stratified
from tests.samples.counts import a_vote


def groups_of(strata: Strata, ballots: int) -> Groups:
    stratum = strata.stratum if len(strata.stratum) else np.full(ballots, -1, np.int32)
    return Groups(
        stratum,
        strata.sheet_stratum,
        strata.village,
        strata.sex,
        strata.age,
        strata.weight,
        strata.is_weighted,
        strata.represented,
    )


@pytest.mark.parametrize("screening", [False, True])
@pytest.mark.parametrize("voters", [7, 23, 30, 55, 90, 200])
def test_every_figure_stays_and_every_ballot_is_given_a_cell_of_its_stratum(
    voters: int,
    screening: bool,
) -> None:
    count = a_vote(8, voters, 5, screening=screening).count
    strata = stratified(count)
    ballots = len(count.ballots.village)
    given = dealt(strata, ballots, np.random.default_rng(voters))
    assert sorted(given.tolist()) == list(range(ballots))
    if not strata.withheld:
        assert (strata.stratum[given] == strata.stratum).all()
    own = count.ballots
    cut = replace(
        count,
        ballots=replace(own, village=own.village[given], sex=own.sex[given], age=own.age[given]),
        groups=groups_of(strata, ballots),
    )
    again = stratified(cut)
    np.testing.assert_equal(estimated(again), estimated(strata))
    for was, now in zip(by_village(count, strata), by_village(cut, again), strict=True):
        np.testing.assert_equal((now.keys, now.votes, now.shown), (was.keys, was.votes, was.shown))
    before, after = (
        by_side(each, each_strata, in_full=False) for each, each_strata in ((count, strata), (cut, again))
    )
    for side in ("sexes", "ages"):
        for was, now in zip(getattr(before, side), getattr(after, side), strict=True):
            np.testing.assert_equal((now.keys, now.votes), (was.keys, was.votes))
