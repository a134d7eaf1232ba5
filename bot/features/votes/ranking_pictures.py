"""A ranking as what the templates draw: bars with their ranges, and a map of problems by villages."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain import bands
from bot.domain.breakdown import Part
from bot.domain.ranking import Ranked, Ranking
from bot.domain.text import shortened
from bot.features.problems.public import line_text
from bot.features.votes import ranking_texts as texts
from bot.features.votes.vote_queries import Vote
from bot.i18n import current_language, day, named, number, percent

# As many letters of a problem as two lines of a picture hold.
BAR_LETTERS, CELL_LETTERS = 92, 50
# A page is a picture of 960 x 1280 points, the largest that a chat shows without making it smaller.
BARS_A_PAGE, CELLS_A_PAGE, VILLAGES_A_PAGE = 10, 14, 8
POINTS_PER_INCH = 144


def bars(vote: Vote, ranking: Ranking) -> list[dict[str, Any]]:
    """One for each problem. Shares are of the longest bar, so that the foremost fill the width."""
    whole = max((_high(ranking, row) for row in ranking.rows), default=0.0) or 1.0
    tinted, last_band = True, None
    found = []
    for row in ranking.rows:
        if row.band != last_band:
            tinted, last_band = not tinted, row.band
        value = _value(ranking, row)
        found.append(
            {
                "place": bands.places(row.band),
                "number": f"№{vote.problems[row.problem_id].number}",
                "text": shortened(line_text(vote.problems[row.problem_id]), BAR_LETTERS),
                "village": named(vote.problems[row.problem_id].village),
                "tinted": tinted,
                "bar": value / whole,
                "low": row.low / whole if ranking.is_estimated else None,
                "high": row.high / whole if ranking.is_estimated else None,
                "label": percent(row.share) if ranking.is_estimated else number(row.bot + row.paper),
            }
        )
    return found


def _value(ranking: Ranking, row: Ranked) -> float:
    return row.share if ranking.is_estimated else row.bot + row.paper


def _high(ranking: Ranking, row: Ranked) -> float:
    return row.high if ranking.is_estimated else row.bot + row.paper


def bars_pages(vote: Vote, ranking: Ranking) -> dict[str, Any]:
    """What `ranking.typ` shows."""
    return {
        **_heading(vote, ranking),
        "notes": [
            texts.how_to_read(ranking),
            texts.same_places(),
            texts.whose_opinion(ranking),
            *texts.left_out(ranking),
        ],
        "bars": bars(vote, ranking),
        "per_page": BARS_A_PAGE,
    }


def cells(
    vote: Vote, rows: Sequence[tuple[int, Ranked]], villages: Sequence[tuple[str, Part]]
) -> list[dict[str, Any]]:
    """One line for each problem of the ranking, with its share in each part; None where nobody saw it."""
    return [
        {
            "place": bands.places(ranked.band),
            "number": f"№{vote.problems[ranked.problem_id].number}",
            "text": shortened(line_text(vote.problems[ranked.problem_id]), CELL_LETTERS),
            "shares": [part.share(column) for _name, part in villages],
            "labels": [_cell(part.share(column)) for _name, part in villages],
        }
        for column, ranked in rows
    ]


def _cell(share: float | None) -> str:
    return "·" if share is None else f"{share * 100:.0f}"


def village_parts(village_ids: Sequence[int], vote: Vote, parts: Sequence[Part]) -> list[tuple[str, Part]]:
    """Each part with the name of its village, or of several together."""
    return [(_village_name(village_ids, vote, part), part) for part in parts]


def _village_name(village_ids: Sequence[int], vote: Vote, part: Part) -> str:
    if len(part.keys) > 1:
        return texts.other_villages()
    return texts.village(named(vote.villages[village_ids[part.keys[0]]]), is_paper=part.is_paper_alone)


def village_notes(ranking: Ranking, parts: Sequence[Part]) -> list[str]:
    """How the votes by village are to be read, and which of them stand elsewhere."""
    apart = [texts.why_paper_alone()] if any(part.is_paper_alone for part in parts) else []
    return [texts.how_to_read_villages(), *apart, *texts.left_out(ranking)]


def map_pages(
    vote: Vote,
    ranking: Ranking,
    rows: Sequence[tuple[int, Ranked]],
    villages: Sequence[tuple[str, Part]],
) -> dict[str, Any]:
    """What `villages.typ` shows; the villages in groups that fit a page side by side."""
    groups = -(-len(villages) // VILLAGES_A_PAGE)
    size = -(-len(villages) // max(groups, 1))
    together = [villages[begin : begin + size] for begin in range(0, len(villages), max(size, 1))]
    return {
        **_heading(vote, ranking),
        "title": f"{texts.by_village_title()}: {named(vote.municipality)}",
        "notes": village_notes(ranking, [part for _name, part in villages]),
        "per_page": CELLS_A_PAGE,
        "groups": [
            {
                "villages": [{"name": name, "voters": number(part.voters)} for name, part in group],
                "rows": cells(vote, rows, group),
            }
            for group in together
        ],
    }


def _heading(vote: Vote, ranking: Ranking) -> Mapping[str, Any]:
    return {
        "language": current_language(),
        "title": texts.title(vote),
        "voted": f"{texts.voted(ranking)} · {day(vote.ended_at)}",
    }
