"""Words of the vote."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Ballot, Stage
from bot.domain.problem import shortened
from bot.domain.refusals import (
    DateNotUnderstood,
    DateOutOfRange,
    NoPicksLeft,
    NothingToVoteOn,
    NotYourVote,
    ProblemIsHidden,
    Refusal,
    ShortlistFull,
    ShortlistPublished,
    VoteAlreadyOpen,
    VoteClosed,
)
from bot.domain.secrecy import FEWEST
from bot.features.problems.public import (
    ProblemCard,
    hidden_briefly,
    hidden_words,
    line_text,
    problem_facts,
    problem_text,
)
from bot.features.votes.ballot.queries import SHOWN_TEXT, BallotLine, OpenBallotPaper
from bot.features.votes.rounds.round_queries import NewRound, RoundFacts, VillageTurnout
from bot.i18n import _, day, day_and_time, fill, named, ngettext, number

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


def when_to_close(stage: Stage, problems: int) -> Markup:
    title = fill(
        ngettext(
            "🗳 <b>New vote</b> on {problems} published problem.",
            "🗳 <b>New vote</b> on {problems} published problems.",
            problems,
        ),
        problems=number(problems),
    )
    return Markup("\n").join([title, *([_why_two_stages()] if stage is Stage.SCREENING else []), which_day()])


def _why_two_stages() -> Markup:
    return fill(
        _(
            "Nobody reads so many to the end. So this is the first of two votes: "
            "everybody sees about twenty. From the most wanted you draw up a short list, and it is voted on."
        )
    )


def which_day() -> Markup:
    return fill(_("On which day shall it close? Choose, or type a date, for example 25.12.2026."))


def closing_choice(days: int, moment: datetime) -> str:
    return ngettext("In {days} day: {date}", "In {days} days: {date}", days).format(
        days=days, date=day(moment)
    )


def about_to_open(new: NewRound, problems: int) -> Markup:
    is_first = new.stage is Stage.SCREENING
    heading = _("🗳 <b>Please check: the first of two votes</b>") if is_first else _("🗳 <b>Please check</b>")
    facts = fill(
        _(
            "Problems on the list: {problems}\n"
            "Each resident can choose: {picks}\n"
            "The vote closes: {closes_at}\n\n"
            "All residents will be told. While the vote is open, its list does not change "
            "and nobody sees the counts."
        ),
        problems=number(problems),
        picks=new.picks,
        closes_at=day_and_time(new.closes_at),
    )
    return Markup("\n").join([fill(heading), facts])


def open_vote() -> str:
    return _("Open the vote")


def another_day() -> str:
    return _("Another day")


def turnout(facts: RoundFacts, villages: Sequence[VillageTurnout], *, closed: bool) -> Markup:
    total = sum(each.voters for each in villages)
    lines = [
        fill(_("{village}: <b>{voters}</b>"), village=named(each.village), voters=number(each.voters))
        for each in villages
    ]
    voted = fill(_("Voted: <b>{total}</b>"), total=number(total))
    parts = [_stage_title(facts, closed=closed), Markup("\n").join([voted, *lines])]
    if closed and total < FEWEST and (facts.awaits_shortlist or facts.awaits_result):
        parts.append(few_at_last(facts.stage))
    if facts.awaits_shortlist:
        parts.append(fill(_("Next: draw up the short list for the second vote.")))
    elif facts.awaits_result:
        parts.append(
            fill(_("Next: enter the votes given on paper, if there are any. Then publish the result."))
        )
    elif not closed:
        parts.append(fill(_("The counts stay hidden from everyone until the vote closes.")))
    return Markup("\n\n").join(parts)


def _stage_title(facts: RoundFacts, *, closed: bool) -> Markup:
    is_first = facts.stage is Stage.SCREENING
    if closed:
        return fill(
            _("🗳 <b>The first vote is closed.</b>") if is_first else _("🗳 <b>The vote is closed.</b>")
        )
    words = (
        _("🗳 <b>The first vote is open</b> until {closes_at}.")
        if is_first
        else _("🗳 <b>The vote is open</b> until {closes_at}.")
    )
    return fill(words, closes_at=day_and_time(facts.closes_at))


def gatherings() -> str:
    return _("👥 Votes on paper")


def voter_villages() -> str:
    return _("📍 Who votes where")


def ties() -> str:
    return _("👥 Equal places")


def anomalies() -> str:
    return _("⚠️ What to look at")


def draw_up_shortlist() -> str:
    return _("⭐ Draw up the short list")


def publish() -> str:
    return _("📤 Publish the result")


def see_as_residents() -> str:
    return _("👀 What residents see")


def sure_to_publish() -> Markup:
    return fill(
        _(
            "<b>Publish the result now?</b>\n"
            "All residents will see it. After that no vote on paper can be added any more: "
            "please check that all gatherings are entered."
        )
    )


def yes_publish() -> str:
    return _("Yes, publish it")


def refresh() -> str:
    return _("🔄 Refresh")


def close_vote() -> str:
    return _("Close the vote")


def export() -> str:
    return _("📊 Get the ranking")


def to_desk() -> str:
    return _("🛠 Desk")


def sure_to_close(facts: RoundFacts, voters: int) -> Markup:
    """With a warning where so few voted that nothing of it could be shown."""
    question = fill(
        _(
            "You told residents that the vote is open until {closes_at}.\n"
            "<b>Close it now?</b> It cannot be opened again."
        ),
        closes_at=day_and_time(facts.closes_at),
    )
    few = [few_so_far(facts.stage, voters)] if voters < FEWEST else []
    return Markup("\n\n").join([*few, question])


def few_so_far(stage: Stage, voters: int) -> Markup:
    why = fill(
        _(
            "⚠️ Voted in the bot so far: {voters}. At least {least} are needed. The votes of fewer people "
            "are never shown: they would show who chose what."
        ),
        voters=number(voters),
        least=FEWEST,
    )
    instead = (
        _("Better let the vote go on.")
        if stage is Stage.SCREENING
        else _("Better let the vote go on, or vote on paper at gatherings.")
    )
    return Markup("\n").join([why, fill(instead)])


def few_at_last(stage: Stage) -> Markup:
    why = fill(
        _("⚠️ Fewer than {least} people voted in the bot. What they chose is not shown to anybody."),
        least=FEWEST,
    )
    instead = (
        _("Draw up the short list together with the residents.")
        if stage is Stage.SCREENING
        else _("The result will hold the votes on paper alone.")
    )
    return Markup("\n").join([why, fill(instead)])


def yes_close() -> str:
    return _("Yes, close it")


def no_wait() -> str:
    return _("No, wait")


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


def shortlist_full(refusal: ShortlistFull) -> str:
    return _("The short list holds {number}. To add this one, first take another one off.").format(
        number=refusal.limit
    )


def shortlist_published(_refusal: Refusal) -> str:
    return _("The short list is published. It does not change any more.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NoPicksLeft: no_picks_left,
    NotYourVote: not_your_vote,
    ProblemIsHidden: problem_is_hidden,
    VoteClosed: vote_closed,
    NothingToVoteOn: nothing_to_vote_on,
    VoteAlreadyOpen: vote_already_open,
    DateNotUnderstood: date_not_understood,
    DateOutOfRange: date_out_of_range,
    ShortlistFull: shortlist_full,
    ShortlistPublished: shortlist_published,
}
