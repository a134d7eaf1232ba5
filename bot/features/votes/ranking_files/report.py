"""What the files of a ranking show: the count, the ranking, and the count taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from bot.domain.ballot import Stage
from bot.domain.breakdown import Part, by_side, by_village
from bot.domain.count import Count, overlap_bounds
from bot.domain.ranking import Ranked, Ranking, estimated
from bot.domain.secrecy import countable
from bot.domain.strata import Strata, stratified
from bot.features.votes.ranking_files.queries import Material


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
        return self.ranking.people

    @property
    def is_shown(self) -> bool:
        return self.ranking.is_shown

    @property
    def is_screening(self) -> bool:
        return self.material.vote.stage is Stage.SCREENING

    @property
    def rows(self) -> Sequence[tuple[int, Ranked]]:
        """The ranking from the foremost on, with the problems' places in the arrays; none if not shown."""
        if not self.is_shown:
            return []
        column = {problem_id: place for place, problem_id in enumerate(self.count.problem_ids)}
        return [(column[ranked.problem_id], ranked) for ranked in self.ranking.rows]


def report_of(material: Material, made_at: datetime) -> Report:
    """Reckon everything; for a big vote this takes a second, so call it in a thread or a process."""
    count = countable(material.count)
    strata = stratified(count)
    # Of a deciding vote the ballots themselves are in the files; a ballot that is cut tells no sex or age.
    in_full = material.vote.stage is Stage.SCREENING and count.groups is None
    sides = by_side(count, strata, in_full=in_full)
    return Report(
        material=replace(material, count=count),
        strata=strata,
        ranking=estimated(strata),
        villages=by_village(count, strata),
        sexes=sides.sexes,
        ages=sides.ages,
        bounds=overlap_bounds(count),
        made_at=made_at,
    )
