"""Words of the vote."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Ballot
from bot.domain.problem import shortened
from bot.domain.refusals import (
    DateNotUnderstood,
    DateOutOfRange,
    NoPicksLeft,
    NothingToVoteOn,
    NotYourVote,
    Refusal,
    VoteAlreadyOpen,
    VoteClosed,
)
from bot.features.voting.queries import SHOWN_TEXT, BallotLine
from bot.features.voting.round_queries import VillageTurnout
from bot.i18n import _, day, day_and_time, fill, named, ngettext, number

# So many characters of a ballot's button a small phone shows; the mark and its space take three of them.
BUTTON = 32 - 3


def heading(ballot: Ballot, closes_at: datetime) -> Markup:
    return fill(
        _(
            "🗳 <b>Which problems matter most?</b>\n"
            "You can choose {limit}. The vote is open until {closes_at}."
        ),
        limit=ballot.limit,
        closes_at=day_and_time(closes_at),
    )


def line(problem: BallotLine, *, picked: bool) -> Markup:
    mark = "✅" if picked else "⬜"
    return fill(
        _("{mark} <b>{number}.</b> {text}"),
        mark=mark,
        number=problem.number,
        text=shortened(problem.text, SHOWN_TEXT),
    )


def left(ballot: Ballot) -> Markup:
    if ballot.left:
        return fill(_("You can choose {number} more."), number=ballot.left)
    return fill(_("You have chosen {limit} of {limit}. Press “Done”."), limit=ballot.limit)


def left_toast(ballot: Ballot) -> str:
    return _("Chosen: {picked} of {limit}").format(picked=len(ballot.picks), limit=ballot.limit)


def choice(problem: BallotLine, *, picked: bool) -> str:
    mark = "✅" if picked else "⬜"
    number = f"{problem.number}. "
    return f"{mark} {number}{shortened(problem.text, BUTTON - len(number))}"


def page(number: int, pages: int) -> str:
    return f"{number + 1} / {pages}"


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


def when_to_close(problems: int) -> Markup:
    return fill(
        ngettext(
            "🗳 <b>New vote</b> on {problems} published problem.\n"
            "On which day shall it close? Choose, or type a date, for example 25.12.2026.",
            "🗳 <b>New vote</b> on {problems} published problems.\n"
            "On which day shall it close? Choose, or type a date, for example 25.12.2026.",
            problems,
        ),
        problems=number(problems),
    )


def closing_choice(days: int, moment: datetime) -> str:
    return ngettext("In {days} day: {date}", "In {days} days: {date}", days).format(
        days=days, date=day(moment)
    )


def about_to_open(problems: int, picks: int, closes_at: datetime) -> Markup:
    return fill(
        _(
            "🗳 <b>Please check</b>\n"
            "Problems on the list: {problems}\n"
            "Each resident can choose: {picks}\n"
            "The vote closes: {closes_at}\n\n"
            "All residents will be told. While the vote is open, its list does not change "
            "and nobody sees the counts."
        ),
        problems=number(problems),
        picks=picks,
        closes_at=day_and_time(closes_at),
    )


def open_vote() -> str:
    return _("Open the vote")


def another_day() -> str:
    return _("Another day")


def turnout(villages: Sequence[VillageTurnout], closes_at: datetime, *, closed: bool) -> Markup:
    total = sum(each.voters for each in villages)
    title = (
        fill(_("🗳 <b>The vote is closed.</b>"))
        if closed
        else fill(_("🗳 <b>The vote is open</b> until {closes_at}."), closes_at=day_and_time(closes_at))
    )
    lines = [
        fill(_("{village}: <b>{voters}</b>"), village=named(each.village), voters=number(each.voters))
        for each in villages
    ]
    voted = fill(_("Voted: <b>{total}</b>"), total=number(total))
    parts = [title, Markup("\n").join([voted, *lines])]
    if not closed:
        parts.append(fill(_("The counts stay hidden from everyone until the vote closes.")))
    return Markup("\n\n").join(parts)


def refresh() -> str:
    return _("🔄 Refresh")


def close_vote() -> str:
    return _("Close the vote")


def export() -> str:
    return _("📊 Get the ranking")


def to_desk() -> str:
    return _("🛠 Desk")


def sure_to_close(closes_at: datetime) -> Markup:
    return fill(
        _(
            "You told residents that the vote is open until {closes_at}.\n"
            "<b>Close it now?</b> It cannot be opened again."
        ),
        closes_at=day_and_time(closes_at),
    )


def yes_close() -> str:
    return _("Yes, close it")


def no_wait() -> str:
    return _("No, wait")


def heard_opened(closes_at: datetime, picks: int) -> Markup:
    return fill(
        _(
            "🗳 <b>A vote has begun in your municipality.</b>\n"
            "Choose {picks} problems that should be solved first. The vote is open until {closes_at}."
        ),
        closes_at=day_and_time(closes_at),
        picks=picks,
    )


def vote() -> str:
    return _("🗳 Vote")


def no_picks_left(refusal: NoPicksLeft) -> str:
    return _("You have already chosen {number}. To choose this one, first take another one back.").format(
        number=refusal.limit
    )


def not_your_vote(_refusal: Refusal) -> str:
    return _("This vote is held in another municipality. Only those who live there can vote.")


def vote_closed(_refusal: Refusal) -> str:
    return _("The vote is closed. Choices can no longer be changed.")


def nothing_to_vote_on(_refusal: Refusal) -> str:
    return _("A vote needs at least two published problems. Please publish them first.")


def vote_already_open(_refusal: Refusal) -> str:
    return _("A vote is already open in this municipality.")


def date_not_understood(_refusal: Refusal) -> str:
    return _("We did not understand the date. Please type it like this: 25.12.2026")


def date_out_of_range(refusal: DateOutOfRange) -> str:
    return ngettext(
        "The vote can close tomorrow at the earliest and in {days} day at the latest.",
        "The vote can close tomorrow at the earliest and in {days} days at the latest.",
        refusal.at_most_days,
    ).format(days=refusal.at_most_days)


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NoPicksLeft: no_picks_left,
    NotYourVote: not_your_vote,
    VoteClosed: vote_closed,
    NothingToVoteOn: nothing_to_vote_on,
    VoteAlreadyOpen: vote_already_open,
    DateNotUnderstood: date_not_understood,
    DateOutOfRange: date_out_of_range,
}
