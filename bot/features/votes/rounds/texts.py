"""Words of opening, watching, closing and publishing a vote."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Stage
from bot.domain.refusals import (
    DateNotUnderstood,
    DateOutOfRange,
    NothingToVoteOn,
    Refusal,
    TimeNotAsked,
    VoteAlreadyOpen,
)
from bot.domain.secrecy import FEWEST
from bot.features.votes.rounds.queries import (
    NewRound,
    RoundFacts,
    VillageTurnout,
)
from bot.i18n import _, day, day_and_time, fill, full_day_and_time, named, ngettext, number


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
        closes_at=full_day_and_time(new.closes_at),
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


def nothing_to_vote_on(_refusal: Refusal) -> str:
    return _("A vote needs at least two published problems. Please publish them first.")


def vote_already_open(_refusal: Refusal) -> str:
    return _("A vote is already open in this municipality.")


def date_not_understood(_refusal: Refusal) -> str:
    return _("We did not understand the date. Please type it like this: 25.12.2026")


def time_not_asked(_refusal: Refusal) -> str:
    return _("Only the day is asked here. Please write it without the time: 25.12.2026")


def date_out_of_range(refusal: DateOutOfRange) -> str:
    return ngettext(
        "The vote can close tomorrow at the earliest and in {days} day at the latest.",
        "The vote can close tomorrow at the earliest and in {days} days at the latest.",
        refusal.at_most_days,
    ).format(days=refusal.at_most_days)


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NothingToVoteOn: nothing_to_vote_on,
    VoteAlreadyOpen: vote_already_open,
    DateNotUnderstood: date_not_understood,
    TimeNotAsked: time_not_asked,
    DateOutOfRange: date_out_of_range,
}
