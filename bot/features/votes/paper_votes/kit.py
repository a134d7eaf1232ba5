"""What a gathering needs on paper: ballots, the sheet to count on, and what to say; in both languages."""

from collections.abc import Mapping
from typing import Any

from bot.domain.text import shortened
from bot.features.problems.public import line_text
from bot.features.votes.paper_votes import kit_texts as texts
from bot.features.votes.vote_queries import Vote
from bot.i18n import speaking
from bot.prints.paper import fill

BALLOT_LETTERS = 110


def kit(votes: Mapping[str, Vote]) -> bytes:
    """PDF; `votes` is the same vote worded for the readers of each language. Call it in a thread."""
    return fill("kit", kit_data(votes))


def kit_data(votes: Mapping[str, Vote]) -> dict[str, Any]:
    """What `kit.typ` shows."""
    halves = []
    for language, vote in votes.items():
        with speaking(language):
            halves.append(_half(language, vote))
    return {"title": halves[0]["title"], "halves": halves}


def _half(language: str, vote: Vote) -> dict[str, Any]:
    problems = [
        {"number": str(each.number), "text": shortened(line_text(each), BALLOT_LETTERS)}
        for each in vote.problems.values()
    ]
    return {
        "language": language,
        "title": texts.title(vote),
        "problems": problems,
        "ballot": texts.ballot(),
        "how": texts.how_to_mark(vote.picks),
        "secret": texts.secret(),
        "sheet": texts.sheet(),
        "lines": texts.lines(),
        "header": texts.header(),
        "signatures": texts.signatures(),
        "check": texts.check(vote.picks),
        "talk": texts.talk(),
        "points": texts.points(vote.picks),
    }
