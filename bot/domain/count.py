"""A closed count as matrices: who was shown what, who picked what, and what gatherings told on paper."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# How sex and age group are written in arrays; 0 is "not told".
WOMAN, MAN = 1, 2
UNDER_35, FROM_35 = 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """The phone ballots of V voters on M problems. A voter has picked at least one."""

    shown: NDArray[np.bool_]
    """(V, M); in a deciding stage all of it is True."""
    picked: NDArray[np.bool_]
    """(V, M); what is picked was shown."""
    village: NDArray[np.int32]
    """(V,) index into `Count.village_ids`."""
    sex: NDArray[np.int8]
    """(V,) 0 not told, 1 woman, 2 man."""
    age: NDArray[np.int8]
    """(V,) 0 not told, 1 under 35, 2 from 35."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tally of one gathering on paper; each of its voters saw the whole list.

    `sex` and `age` are those it was called for, as in `Ballots`; `votes` has one number a problem.
    """

    village: int
    voted: int
    already_voted: int
    votes: tuple[int, ...]
    sex: int = 0
    age: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The H strata of a count as they were when its ballots were cut from their voters.

    From then on village, sex and age of a ballot are any of its stratum's, so nothing is made of them.
    """

    stratum: NDArray[np.int32]
    """(V,) of each ballot."""
    sheet_stratum: NDArray[np.int32]
    """(B,) of each sheet."""
    village: NDArray[np.int32]
    """(H,) as in `Strata`, and so the others."""
    sex: NDArray[np.int8]
    age: NDArray[np.int8]
    weight: NDArray[np.float64]
    is_weighted: bool
    represented: float
    beats: NDArray[np.bool_] | None = None
    """(M, M) as `ranking.surely_before` says; of a screening, whose ballots no longer know what was seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """A closed count of M problems in K villages, before anything is reckoned from it."""

    round_id: int
    picks: int
    problem_ids: tuple[int, ...]
    village_ids: tuple[int, ...]
    ballots: Ballots
    sheets: tuple[Sheet, ...]
    supporters: tuple[int, ...]
    """M numbers of people."""
    population: NDArray[np.int64] | None
    """(K, 2, 2) people: village by (woman, man) by (under 35, from 35)."""
    withheld: int = 0
    """Phone ballots that were left out, see `secrecy.countable`."""
    groups: Groups | None = None
    """None while the ballots know their voters."""


def overlap_bounds(count: Count) -> NDArray[np.float64]:
    """(M, 3): the share of all votes together if nobody voted twice, and its least and greatest value
    if as many people voted twice as said so at the gatherings.

    Whoever voted in the bot before counts there; what they chose on paper is not known, so taking them
    out of a sheet takes between none and all of them from each problem.
    """
    picked = count.ballots.picked.sum(axis=0, dtype=np.int64)
    votes = np.array([sheet.votes for sheet in count.sheets], np.int64).reshape(-1, len(count.problem_ids))
    voted = np.array([sheet.voted for sheet in count.sheets], np.int64)
    twice = np.array([min(sheet.already_voted, sheet.voted) for sheet in count.sheets], np.int64)
    once = voted - twice
    least = np.maximum(votes - twice[:, None], 0).sum(axis=0)
    most = np.minimum(votes, once[:, None]).sum(axis=0)
    everybody = len(count.ballots.picked) + voted.sum()
    without = len(count.ballots.picked) + once.sum()
    return np.column_stack(
        [
            (picked + votes.sum(axis=0)) / max(everybody, 1),
            (picked + least) / max(without, 1),
            (picked + most) / max(without, 1),
        ]
    )
