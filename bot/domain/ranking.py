"""The ranking of a vote: weighted shares, how sure they are, and places that say so.

Post-stratified shares, shrunken a little towards the overall share; Wilson's interval at Kish's effective
number of voters; ranges of ranks by pairwise comparison at a joint level of 95 %, after Mogstad, Romano,
Shaikh and Wilhelm (2024), "Inference for Ranks", and Wright, Klein and Wieczorek (2014), "Ranking
Populations Based on Sample Survey Data".
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from bot.domain.secrecy import summed
from bot.domain.strata import Strata

Floats = NDArray[np.float64]

# So many imagined voters who think as all do keep a small stratum from running to extremes.
SHRINKAGE = 4.0
# No voter counts more than so many others in the effective number of voters.
HEAVIEST_VOTER = 5.0
LEVEL = 0.95
# Below it only counts are told, no weighted figures.
FEWEST_TO_ESTIMATE = 30
# Voters looked at together, so that memory stays small.
_CHUNK = 8192
_FOREMOST = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """One problem: its rank is between `first` and `last`, surely at 95 %; `band` are the places it shares
    with those that the votes cannot tell apart from the foremost of them."""

    problem_id: int
    place: int
    first: int
    last: int
    band: tuple[int, int]
    share: float
    low: float
    high: float
    bot: int
    paper: int
    shown: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The problems in the announced order; below 30 voters, when nothing is estimated, by plain counts."""

    rows: tuple[Ranked, ...]
    voters: int
    paper_voters: int
    weighted: bool
    is_estimated: bool
    represented: float
    withheld: int = 0
    """Votes of the bot that are in no figure, for they are so few that they would show."""

    @property
    def people(self) -> int:
        return self.voters + self.paper_voters

    @property
    def turnout_in_bot(self) -> int:
        return self.voters + self.withheld

    @property
    def turnout(self) -> int:
        """Everybody who voted, whether their votes are in the figures or not."""
        return self.people + self.withheld

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show: too few votes of the bot are not among the voters."""
        return self.people > 0


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The phone ballots of H strata in sums: all that the shares and the order are reckoned from."""

    voters: NDArray[np.int64]
    """(H,)"""
    shown: NDArray[np.int64]
    """(H, M) how many of them were shown a problem."""
    picked: NDArray[np.int64]
    """(H, M) how many of them picked it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """(H, M) numbers of voters, phone and paper: how many were shown a problem, and how many picked it."""

    tally: Tally
    people: NDArray[np.int64]
    """(H,)"""
    shown: Floats
    picked: Floats


def estimated(strata: Strata) -> Ranking:
    """Rank M problems by the votes of V phone voters and B sheets; O(V M²) time, O(M²) memory beside them."""
    return _ranked(strata, tally_of(strata), _beats if strata.beats is None else _kept)


def surely_before(strata: Strata) -> NDArray[np.bool_]:
    """(M, M) whether a problem certainly comes before another, to be kept when ballots are cut."""
    sums = _sums(strata, tally_of(strata))
    return _beats(strata, sums, np.round(strata.weight @ _shares(sums), 12))


def without_ranges(strata: Strata, tally: Tally) -> Ranking:
    """The same from the sums alone, for which `strata` needs no ballots. Where shares are estimated the
    ranges and bands are left open: they need to know which choices come from the same voters."""
    return _ranked(strata, tally, _nothing_beats)


def tally_of(strata: Strata) -> Tally:
    groups = len(strata.weight)
    shown, picked = (summed(marks, strata.stratum, groups) for marks in (strata.shown, strata.picked))
    return Tally(strata.voters, shown, picked)


def _ranked(
    strata: Strata, tally: Tally, beaten: Callable[[Strata, _Sums, Floats], NDArray[np.bool_]]
) -> Ranking:
    sums = _sums(strata, tally)
    is_estimated = bool(sums.people.sum() >= FEWEST_TO_ESTIMATE)
    picked, shown = sums.picked.sum(axis=0), sums.shown.sum(axis=0)
    if is_estimated:
        share = np.round(strata.weight @ _shares(sums), 12)
        low, high = wilson(share, _effective(strata, sums))
        beats = beaten(strata, sums, share)
        # Of a problem that nobody was shown nothing is known; its range alone says so.
        share = np.where(shown > 0, share, 0.0)
        low, high = np.minimum(low, share), np.where(shown > 0, high, 1.0)
    else:
        share = low = high = np.round(picked / np.maximum(shown, 1), 12)
        beats = share[:, None] > share[None, :]
    order = _order(strata, sums, share)
    return Ranking(
        rows=_rows(strata, sums, order, beats, np.column_stack([share, low, high])),
        voters=int(tally.voters.sum()),
        paper_voters=int(strata.sheet_voted.sum()),
        weighted=strata.is_weighted,
        is_estimated=is_estimated,
        represented=strata.represented,
        withheld=strata.withheld,
    )


def _sums(strata: Strata, tally: Tally) -> _Sums:
    shown, picked = tally.shown.astype(np.float64), tally.picked.astype(np.float64)
    np.add.at(shown, strata.sheet_stratum, strata.sheet_voted[:, None])
    np.add.at(picked, strata.sheet_stratum, strata.sheet_votes)
    return _Sums(tally, tally.voters + strata.on_paper, shown, picked)


def _shares(sums: _Sums) -> Floats:
    """(H, M) share of a stratum that picks a problem, drawn a little towards the share of all."""
    shares: Floats = (sums.picked + SHRINKAGE * _share_of_all(sums)) / (sums.shown + SHRINKAGE)
    return shares


def _share_of_all(sums: _Sums) -> Floats:
    """(M,) share of all, and of two imagined ones, one of whom picks a problem and one does not."""
    share: Floats = (sums.picked.sum(axis=0) + 1) / (sums.shown.sum(axis=0) + 2)
    return share


def _effective(strata: Strata, sums: _Sums) -> Floats:
    """(M,) Kish's effective number of the voters who were shown a problem."""
    share_of_voters = sums.people.astype(np.float64) / max(int(sums.people.sum()), 1)
    weight = np.minimum(strata.weight / np.maximum(share_of_voters, 1e-300), HEAVIEST_VOTER)
    squares = (weight**2) @ sums.shown
    return np.divide((weight @ sums.shown) ** 2, squares, out=np.zeros_like(squares), where=squares > 0)


def wilson(share: Floats, number: Floats, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson's interval of shares among `number` voters, of any shape; from 0 to 1 where there are none."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    n = np.maximum(number, 1e-12)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.clip(centre - half, 0, share), np.clip(centre + half, share, 1)


def _beats(strata: Strata, sums: _Sums, share: Floats) -> NDArray[np.bool_]:
    """(M, M) whether a problem certainly comes before another, at a joint level for each problem's range."""
    problems = len(share)
    covariance = _covariance(strata, sums)
    variance = np.diag(covariance)
    error = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * covariance, 0))
    quantile = NormalDist().inv_cdf(1 - (1 - LEVEL) / (2 * max(problems - 1, 1)))
    return share[:, None] - share[None, :] > np.maximum(quantile * error, 1e-12)


def _kept(strata: Strata, _sums: _Sums, share: Floats) -> NDArray[np.bool_]:
    return np.zeros((len(share), len(share)), np.bool_) if strata.beats is None else strata.beats


def _nothing_beats(_strata: Strata, _sums: _Sums, share: Floats) -> NDArray[np.bool_]:
    return np.zeros((len(share), len(share)), np.bool_)


def _covariance(strata: Strata, sums: _Sums) -> Floats:
    """(M, M) covariances of the shares, from each voter's influence on them.

    A voter moves the share of the own stratum, and that of all, which every stratum is drawn towards. Without
    the latter a problem shown to few would seem the surer the fewer they are.
    """
    own = strata.weight[:, None] / (sums.shown + SHRINKAGE)
    through_all = SHRINKAGE * own.sum(axis=0) / (sums.shown.sum(axis=0) + 2)
    factor = own + through_all
    share = (own * _shares(sums) + through_all * _share_of_all(sums)) / factor
    # So far at most the two imagined ones shift a share; it is all where nobody was shown a problem.
    covariance = np.diag(through_all**2)
    for begin in range(0, len(strata.stratum), _CHUNK):
        mine = slice(begin, begin + _CHUNK)
        stratum = strata.stratum[mine]
        influence = (strata.picked[mine] - strata.shown[mine] * share[stratum]) * factor[stratum]
        covariance += influence.T @ influence
    for stratum, voted, votes in zip(
        strata.sheet_stratum, strata.sheet_voted, strata.sheet_votes, strict=True
    ):
        covariance += _of_sheet(int(voted), votes, share[stratum]) * np.outer(
            factor[stratum], factor[stratum]
        )
    return covariance


def _of_sheet(voted: int, votes: NDArray[np.int64], share: Floats) -> Floats:
    """(M, M) sums of products over the voters of a sheet, before they are weighed.

    A sheet does not tell who picked two problems together. They are taken to be as few as can be: then
    two problems are told apart with the least assurance.
    """
    together = np.maximum(votes[:, None] + votes[None, :] - voted, 0).astype(np.float64)
    np.fill_diagonal(together, votes)
    crossed = np.outer(votes, share)
    products: Floats = together - crossed - crossed.T + voted * np.outer(share, share)
    return products


def _order(strata: Strata, sums: _Sums, share: Floats) -> list[int]:
    """The announced order: by share, then in how many villages it is among the first five, then by its
    supporters, then by lot: a hash of the closed tally, which nobody can choose."""
    foremost = _villages_where_foremost(strata, sums)
    lots = _lots(strata, sums)
    return sorted(range(len(share)), key=lambda j: (-share[j], -foremost[j], -strata.supporters[j], lots[j]))


def _villages_where_foremost(strata: Strata, sums: _Sums) -> NDArray[np.int64]:
    """(M,) in how many villages a problem is among the first five; small villages together are one."""
    count = np.zeros(len(strata.problem_ids), np.int64)
    for village in np.unique(strata.village):
        here = strata.village == village
        shown = sums.shown[here].sum(axis=0)
        share = sums.picked[here].sum(axis=0) / np.maximum(shown, 1)
        least = np.sort(share)[::-1][:_FOREMOST][-1]
        count += (share >= least) & (share > 0)
    return count


def _lots(strata: Strata, sums: _Sums) -> list[str]:
    picked, shown = sums.picked.sum(axis=0), sums.shown.sum(axis=0)
    tally = sorted(
        (problem_id, int(a), int(n))
        for problem_id, a, n in zip(strata.problem_ids, picked, shown, strict=True)
    )
    closed = f"{strata.round_id}|{tally}"
    return [
        hashlib.sha256(f"{closed}|{problem_id}".encode()).hexdigest() for problem_id in strata.problem_ids
    ]


def _rows(
    strata: Strata, sums: _Sums, order: Sequence[int], beats: NDArray[np.bool_], shares: Floats
) -> tuple[Ranked, ...]:
    problems = len(order)
    bands = bands_of(beats[np.ix_(order, order)])
    by_phone = sums.tally.picked.sum(axis=0)
    on_paper = strata.sheet_votes.sum(axis=0)
    shown = sums.shown.sum(axis=0)
    return tuple(
        Ranked(
            problem_id=strata.problem_ids[j],
            place=place,
            first=1 + int(np.count_nonzero(beats[:, j])),
            last=problems - int(np.count_nonzero(beats[j])),
            band=bands[place - 1],
            share=float(shares[j, 0]),
            low=float(shares[j, 1]),
            high=float(shares[j, 2]),
            bot=int(by_phone[j]),
            paper=int(on_paper[j]),
            shown=int(shown[j]),
        )
        for place, j in enumerate(order, 1)
    )


def bands_of(beats: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, last) place of each problem's band; `beats` is (M, M) in the announced order.

    A band is a problem and those after it that the votes cannot tell apart from it, as fixed bands are
    drawn in testing (Cascio and others, 1991). Were it to end only where everything above beats everything
    below, most votes would end in a single band.
    """
    bands: list[tuple[int, int]] = []
    while len(bands) < len(beats):
        leader = len(bands)
        beaten = np.flatnonzero(beats[leader, leader + 1 :])
        end = leader + 1 + int(beaten[0]) if len(beaten) else len(beats)
        bands += [(leader + 1, end)] * (end - leader)
    return bands
