"""Words of drawing up the shortlist."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain import bands
from bot.domain.ranking import Ranked
from bot.domain.refusals import Refusal, ShortlistFull, ShortlistPublished
from bot.domain.secrecy import FEWEST
from bot.domain.text import shortened
from bot.features.problems.public import (
    hidden_briefly,
    line_text,
)
from bot.features.votes.ballot.texts import BUTTON
from bot.features.votes.rounds.notice_texts import why_words
from bot.features.votes.rounds.queries import NewRound
from bot.features.votes.rounds.texts import (
    which_day as on_which_day,
)
from bot.features.votes.shortlist.queries import (
    SHOWN,
    Candidate,
)
from bot.i18n import _, fill, full_day_and_time, number


def shortlist(lines: Sequence[tuple[Candidate, Ranked]], chosen: int, size: int, *, is_shown: bool) -> Markup:
    """`is_shown`: whether enough people voted for their choices to be told."""
    title = fill(
        _(
            "⭐ <b>The short list: {chosen} of {size} at most</b>\n"
            "The most wanted problems come first. Press one to put it on the list or take it off. "
            "A ballot on paper holds 15 in large letters."
        ),
        chosen=number(chosen),
        size=number(size),
    )
    if not is_shown:
        few = fill(
            _(
                "Fewer than {least} people voted, so what they chose is not shown. "
                "The problems with most supporters come first."
            ),
            least=FEWEST,
        )
        return Markup("\n\n").join([title, few, *(_unplaced(candidate) for candidate, _ranked in lines)])
    return Markup("\n\n").join([title, *(_line(candidate, ranked) for candidate, ranked in lines)])


def _unplaced(candidate: Candidate) -> Markup:
    return fill(
        "{mark}<b>{number}.</b> {text}",
        mark="⭐ " if candidate.is_shortlisted else "",
        number=candidate.number,
        text=shortened(line_text(candidate), SHOWN),
    )


def _line(candidate: Candidate, ranked: Ranked) -> Markup:
    if not ranked.shown:
        unseen = fill(_("<i>Fewer than {least} people saw it, so nothing is shown of it.</i>"), least=FEWEST)
        return Markup("\n").join([_unplaced(candidate), unseen])
    return fill(
        _("{mark}<b>{number}.</b> {text}\n<i>Place: {place}. Chosen by {picks} of {shown} who saw it.</i>"),
        mark="⭐ " if candidate.is_shortlisted else "",
        number=candidate.number,
        text=shortened(line_text(candidate), SHOWN),
        place=bands.places(ranked.band),
        picks=number(ranked.bot + ranked.paper),
        shown=number(ranked.shown),
    )


def choice(candidate: Candidate) -> str:
    mark = "⭐ " if candidate.is_shortlisted else ""
    numbered = f"{mark}{candidate.number}. "
    words = hidden_briefly() if candidate.hidden else candidate.text or ""
    return f"{numbered}{shortened(words, BUTTON - len(numbered))}"


def go_on() -> str:
    return _("Go on ➡️")


def why_left_out(chosen: int, candidates: int) -> Markup:
    return fill(
        _(
            "⭐ On the short list: {chosen} of {candidates} problems.\n"
            "<b>Why are the others not on it?</b> Type it in a sentence. All residents will read it."
        ),
        chosen=number(chosen),
        candidates=number(candidates),
    )


def usual_reason_button() -> str:
    return _("Fewer people chose them")


def which_day() -> Markup:
    return fill(_("🗳 <b>The second vote</b>")) + Markup("\n") + on_which_day()


def about_to_publish(new: NewRound) -> Markup:
    parts = [
        fill(
            _(
                "🗳 <b>Please check: the second vote</b>\n"
                "Problems on the short list: {problems}\n"
                "Each resident can choose: {picks}\n"
                "The vote closes: {closes_at}"
            ),
            problems=number(len(new.only or ())),
            picks=number(new.picks),
            closes_at=full_day_and_time(new.closes_at),
        )
    ]
    if new.left_out_reason:
        parts.append(fill(_("Why the others are not on it: {reason}"), reason=why_words(new.left_out_reason)))
    parts.append(
        fill(_("All residents will be told, and the authors of the problems on the list. It is final then."))
    )
    return Markup("\n\n").join(parts)


def shortlist_full(refusal: ShortlistFull) -> str:
    return _("The short list holds {number}. To add this one, first take another one off.").format(
        number=refusal.limit
    )


def shortlist_published(_refusal: Refusal) -> str:
    return _("The short list is published. It does not change any more.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    ShortlistFull: shortlist_full,
    ShortlistPublished: shortlist_published,
}
