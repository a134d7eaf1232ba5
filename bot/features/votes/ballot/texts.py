"""Words of the vote."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Ballot, Stage
from bot.domain.refusals import (
    NoPicksLeft,
    NotYourVote,
    ProblemIsHidden,
    Refusal,
    VoteClosed,
)
from bot.domain.text import shortened
from bot.features.problems.public import (
    ProblemCard,
    hidden_briefly,
    hidden_words,
    line_text,
    problem_facts,
    problem_text,
)
from bot.features.votes.ballot.queries import SHOWN_TEXT, BallotLine, OpenBallotPaper
from bot.i18n import _, day_and_time, fill, number

# So many characters of a ballot's button a small phone shows; the mark and its space take three of them.
BUTTON = 32 - 3


def heading(paper: OpenBallotPaper) -> Markup:
    limit, closes_at = paper.ballot.limit, day_and_time(paper.round.closes_at)
    if paper.stage is Stage.SCREENING:
        return fill(
            _(
                "🗳 <b>First vote: which problems matter most?</b>\n"
                "You can choose {limit}. You have seen {seen} of {total}.\n"
                "The vote is open until {closes_at}."
            ),
            limit=limit,
            seen=number(len(paper.lines)),
            total=number(paper.total),
            closes_at=closes_at,
        )
    return fill(
        _(
            "🗳 <b>Which problems matter most?</b>\n"
            "You can choose {limit}. The vote is open until {closes_at}."
        ),
        limit=limit,
        closes_at=closes_at,
    )


def line(problem: BallotLine, *, picked: bool) -> Markup:
    mark = "✅" if picked else "⬜"
    return fill(
        _("{mark} <b>{number}.</b> {text}"),
        mark=mark,
        number=problem.number,
        text=shortened(line_text(problem), SHOWN_TEXT),
    )


def left(ballot: Ballot) -> Markup:
    if ballot.left:
        return fill(_("You can choose {number} more."), number=ballot.left)
    return fill(_("You have chosen {limit} of {limit}. Press “Done”."), limit=ballot.limit)


def seen_enough() -> Markup:
    return fill(_("You have seen enough to vote well. Look at more, or press “Done”."))


def is_cut(problem: BallotLine) -> bool:
    return len(line_text(problem)) > SHOWN_TEXT


def read(problem: BallotLine) -> str:
    """Short enough for five in a row."""
    return f"👀 {problem.number}"


def more_problems() -> str:
    return _("More problems ➡️")


def candidate(problem: ProblemCard) -> Markup:
    """A hidden one is told by its number and the reason alone."""
    title = fill(_("🗳 <b>Problem {number}</b>"), number=problem.number)
    facts = [problem_text(hidden_words(problem.hidden))] if problem.hidden else problem_facts(problem)
    return Markup("\n").join([title, *facts])


def choose(*, picked: bool) -> str:
    return _("⬜ Take back the choice") if picked else _("✅ Choose it")


def to_ballot() -> str:
    return _("⬅️ To the list")


def my_code() -> str:
    return _("My code")


def code(written: str) -> Markup:
    return fill(
        _(
            "🗳 <b>Your code: <code>{code}</code></b>\n"
            "It stays the same when you change your choice. "
            "After the vote you can look for it in the list of counted ballots. "
            "The list does not say what anybody chose."
        ),
        code=written,
    )


def last_result() -> str:
    return _("📊 The last result")


def left_toast(ballot: Ballot) -> str:
    return _("Chosen: {picked} of {limit}").format(picked=len(ballot.picks), limit=ballot.limit)


def choice(problem: BallotLine, *, picked: bool) -> str:
    mark = "✅" if picked else "⬜"
    number = f"{problem.number}. "
    words = hidden_briefly() if problem.hidden else problem.text or ""
    return f"{mark} {number}{shortened(words, BUTTON - len(number))}"


def done() -> str:
    return _("Done")


def summary(picked: Sequence[BallotLine], ballot: Ballot, closes_at: datetime) -> Markup:
    if not picked:
        return fill(_("🗳 You have not chosen anything yet."))
    parts = [fill(_("🗳 <b>Thank you! You have chosen:</b>"))]
    parts += [line(problem, picked=True) for problem in picked]
    if ballot.left:
        parts.append(left(ballot))
    parts.append(
        fill(
            _("You can change your choice until {closes_at}. Nobody is shown what you chose."),
            closes_at=day_and_time(closes_at),
        )
    )
    return Markup("\n\n").join(parts)


def change() -> str:
    return _("Change the choice")


def no_vote() -> Markup:
    return fill(_("🗳 No vote is open now. We will tell you when one begins."))


def no_picks_left(refusal: NoPicksLeft) -> str:
    return _("You have already chosen {number}. To choose this one, first take another one back.").format(
        number=refusal.limit
    )


def problem_is_hidden(_refusal: Refusal) -> str:
    return _(
        "The facilitator has hidden this problem, so it cannot be chosen now. Please choose another one."
    )


def not_your_vote(_refusal: Refusal) -> str:
    return _("This vote is held in another municipality. Only those who live there can vote.")


def vote_closed(refusal: VoteClosed) -> str:
    if refusal.is_counted:
        words = _("This vote is over. It ended: {moment}. Send /vote for its result or the next vote.")
    else:
        words = _("This vote is over. It ended: {moment}. Choices can no longer be changed.")
    return words.format(moment=day_and_time(refusal.ended_at))


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NoPicksLeft: no_picks_left,
    NotYourVote: not_your_vote,
    ProblemIsHidden: problem_is_hidden,
    VoteClosed: vote_closed,
}
