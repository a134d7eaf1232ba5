"""What the files of a ranking show: the count, the ranking, and the count taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from bot.domain.breakdown import FEWEST_IN_A_CELL, Part, by_age, by_sex, by_village
from bot.domain.count import Count, overlap_bounds
from bot.domain.ranking import Ranked, Ranking, estimated
from bot.domain.strata import Strata, stratified
from bot.features.ranking.queries import Material


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """`problem` of a row of the ranking is its place in `Count.problem_ids`, as in all arrays here."""

    material: Material
    strata: Strata
    ranking: Ranking
    villages: Sequence[Part]
    sexes: Sequence[Part]
    ages: Sequence[Part]
    bounds: NDArray[np.float64]
    """(M, 3), see `overlap_bounds`."""
    made_at: datetime

    @property
    def count(self) -> Count:
        return self.material.count

    @property
    def people(self) -> int:
        return self.ranking.voters + self.ranking.paper_voters

    @property
    def is_shown(self) -> bool:
        """Fewer voters than this are not shown at all: their votes would be."""
        return self.people >= FEWEST_IN_A_CELL

    @property
    def tells_ways_apart(self) -> bool:
        """Whether bot and paper each have enough voters, or nobody, so that neither shows single votes."""
        ways = (self.ranking.voters, self.ranking.paper_voters)
        return all(not voters or voters >= FEWEST_IN_A_CELL for voters in ways)

    @property
    def rows(self) -> Sequence[tuple[int, Ranked]]:
        """The ranking from the foremost on, with the problems' places in the arrays; none if not shown."""
        if not self.is_shown:
            return []
        column = {problem_id: place for place, problem_id in enumerate(self.count.problem_ids)}
        return [(column[ranked.problem_id], ranked) for ranked in self.ranking.rows]


def report_of(material: Material, made_at: datetime) -> Report:
    """Reckon everything; for a big vote this takes a second, so call it in a thread or a process."""
    strata = stratified(material.count)
    return Report(
        material=material,
        strata=strata,
        ranking=estimated(strata),
        villages=by_village(material.count),
        sexes=by_sex(material.count),
        ages=by_age(material.count),
        bounds=overlap_bounds(material.count),
        made_at=made_at,
    )
