"""Words of problems that share their places."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain import bands as place_texts
from bot.domain.ranking import Ranked
from bot.domain.refusals import DecisionNotUnderstood, Refusal
from bot.domain.text import shortened
from bot.features.problems.public import line_text
from bot.features.votes import tie_texts
from bot.features.votes.tie_queries import Decision
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, fill

SHOWN_TEXT = 80
# More decisions than this would not fit a message; the last ones matter.
MOST_SHOWN = 5


def ties(vote: Vote, bands: Sequence[Sequence[Ranked]], decisions: Sequence[Decision]) -> Markup:
    if not bands:
        return fill(_("👥 <b>Equal places</b>\nNo problems share their places."))
    words = fill(
        _(
            "👥 <b>Equal places</b>\n"
            "The votes cannot tell these problems apart. If the gathering puts them in order, "
            "write it down here: everybody will see who decided it and why."
        )
    )
    told = [tie_texts.decision(vote, each) for each in decisions[-MOST_SHOWN:]]
    return Markup("\n\n").join([words, *told])


def places(band: str) -> str:
    return _("Places {places}").format(places=band)


def decide(vote: Vote, band: Sequence[Ranked]) -> Markup:
    problems = [
        fill(
            "<b>№{number}</b> {text}",
            number=vote.problems[each.problem_id].number,
            text=shortened(line_text(vote.problems[each.problem_id]), SHOWN_TEXT),
        )
        for each in band
    ]
    how = fill(
        _(
            "👥 <b>Places {places}</b>\nWrite three lines:\n"
            "the numbers in the order that was decided,\nwho decided it,\nwhy."
        ),
        places=place_texts.places(band[0].band),
    )
    return Markup("\n").join([how, Markup(""), *problems])


def to_vote() -> str:
    return _("‹ To the vote")


def decision_not_understood(_refusal: Refusal) -> str:
    return _(
        "Please write three lines: all the numbers of these problems in their order, who decided, and why."
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {DecisionNotUnderstood: decision_not_understood}
