"""Words of the result of a vote."""

from collections.abc import Callable

from markupsafe import Markup, escape

from bot.domain import bands
from bot.domain.ranking import Ranked
from bot.domain.refusals import NotCountedYet, Refusal
from bot.domain.text import shortened
from bot.features.problems.public import line_text
from bot.features.votes import ranking_texts
from bot.features.votes.results.queries import Result
from bot.features.votes.vote_queries import ListedProblem
from bot.i18n import _, day, fill, named, ngettext, number

SHOWN = 140


def title(found: Result) -> Markup:
    ranking = found.ranking
    parts = [
        fill(
            _("📊 <b>{municipality}: the result of the vote</b>\nThe vote ended: {day}"),
            municipality=named(found.vote.municipality),
            day=day(found.vote.ended_at),
        ),
        fill(_("Voted: <b>{people}</b>"), people=number(ranking.turnout)),
    ]
    if ranking.paper_voters:
        parts.append(
            fill(
                _("In the bot: {voters}. On paper: {paper}."),
                voters=number(ranking.turnout_in_bot),
                paper=number(ranking.paper_voters),
            )
        )
    if found.is_shown:
        parts += map(escape, ranking_texts.left_out(ranking))
    return Markup("\n").join(parts)


def line(ranked: Ranked, problem: ListedProblem) -> Markup:
    return fill(
        _("<b>Place {place}.</b> {text} <i>(problem {number})</i>"),
        place=bands.places(ranked.band),
        text=shortened(line_text(problem), SHOWN),
        number=problem.number,
    )


def nothing_shown(found: Result) -> Markup:
    is_empty = not found.ranking.turnout
    return escape(ranking_texts.nobody_voted() if is_empty else ranking_texts.too_few())


def in_a_picture() -> str:
    return _("📊 In a picture")


def how_counted_button() -> str:
    return _("📊 How was it counted?")


def how_counted(found: Result, my_code: str | None) -> Markup:
    """Three sentences, and the code."""
    ranking = found.ranking
    everybody = fill(
        ngettext(
            "1. Everybody could choose up to {picks} problem, in the bot or on paper at a gathering.",
            "1. Everybody could choose up to {picks} problems, in the bot or on paper at a gathering.",
            found.vote.picks,
        ),
        picks=number(found.vote.picks),
    )
    parts = [
        fill(_("📊 <b>How was it counted?</b>")),
        everybody,
        _weighing(found),
        fill(
            _(
                "3. Problems whose votes are too close to tell which is first share their places. "
                "This is the opinion of those who took part. The gathering decides."
            )
        ),
    ]
    if my_code:
        parts.append(fill(_("Your ballot was counted. Your code: <code>{code}</code>"), code=my_code))
    parts.append(
        fill(
            _(
                "The list of codes shows which ballots were counted, not what anybody chose. "
                "Ballots in the list: {count}."
            ),
            count=number(ranking.turnout_in_bot),
        )
    )
    return Markup("\n\n").join(parts)


def _weighing(found: Result) -> Markup:
    ranking = found.ranking
    if ranking.weighted and ranking.is_estimated:
        return fill(
            _(
                "2. The votes are weighed so that every village, women and men, young and old "
                "count as much as there are people."
            )
        )
    if not ranking.is_estimated:
        return fill(_("2. Few people voted, so the votes are simply counted, each the same."))
    return fill(_("2. Each vote counts the same: it is not known how many people live in each village."))


def codes() -> str:
    return _("📄 List of codes")


def codes_caption(count: int) -> str:
    return ngettext(
        "The code of {count} counted ballot", "The codes of {count} counted ballots", count
    ).format(count=number(count))


def caption(found: Result) -> str:
    return ranking_texts.title(found.vote)


def files() -> str:
    return _("📄 Files of the count")


def dispute() -> str:
    return _("Is the result disputed?")


def not_counted_yet(_refusal: Refusal) -> str:
    return _("The votes are not counted yet. We will tell you when they are.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {NotCountedYet: not_counted_yet}
