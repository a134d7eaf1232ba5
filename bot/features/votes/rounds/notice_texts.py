"""Words of what residents hear of a vote."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import USUAL_REASON, Stage
from bot.i18n import _, day, day_and_time, fill, ngettext, number


def opened(stage: Stage, picks: int, closes_at: datetime, left_out_reason: str | None) -> Markup:
    parts = [_screening(picks, closes_at) if stage is Stage.SCREENING else _deciding(picks, closes_at)]
    if left_out_reason:
        parts.append(
            fill(
                _("This is the short list. Why the other problems are not on it: {reason}"),
                reason=why_words(left_out_reason),
            )
        )
    return Markup("\n\n").join(parts)


def why_words(reason: str) -> str:
    """Why the others are not on the shortlist: the usual reason, or somebody's words."""
    return _("Fewer people chose them in the first vote.") if reason == USUAL_REASON else reason


def _screening(picks: int, closes_at: datetime) -> Markup:
    return fill(
        ngettext(
            "🗳 <b>The first vote has begun in your municipality.</b>\n"
            "There are many problems. Look at about twenty and choose {picks}. "
            "The most wanted ones go on to the second vote. The vote is open until {closes_at}.",
            "🗳 <b>The first vote has begun in your municipality.</b>\n"
            "There are many problems. Look at about twenty and choose up to {picks}. "
            "The most wanted ones go on to the second vote. The vote is open until {closes_at}.",
            picks,
        ),
        picks=number(picks),
        closes_at=day_and_time(closes_at),
    )


def _deciding(picks: int, closes_at: datetime) -> Markup:
    return fill(
        ngettext(
            "🗳 <b>A vote has begun in your municipality.</b>\n"
            "Choose {picks} problem that should be solved first. The vote is open until {closes_at}.",
            "🗳 <b>A vote has begun in your municipality.</b>\n"
            "Choose {picks} problems that should be solved first. The vote is open until {closes_at}.",
            picks,
        ),
        closes_at=day_and_time(closes_at),
        picks=number(picks),
    )


def unfinished(closes_at: datetime) -> Markup:
    return fill(
        _(
            "🔔 <b>The vote ends soon.</b>\n"
            "It is open until {closes_at}. You have not finished yet: choose, and press “Done”."
        ),
        closes_at=day_and_time(closes_at),
    )


def not_heard(since: datetime, until: datetime) -> Markup:
    """Some of what was pressed between these two moments was lost."""
    return fill(
        _(
            "⚠️ <b>Please look at your ballot.</b>\n"
            "The bot was not working for a while. From: {since}. Until: {until}. "
            "What you pressed in that time may not have been counted."
        ),
        since=day_and_time(since),
        until=day_and_time(until),
    )


def closed(stage: Stage, result_by: datetime) -> Markup:
    if stage is Stage.SCREENING:
        return fill(
            _(
                "🗳 <b>The first vote is over.</b> Thank you!\n"
                "Now the short list is drawn up. Then comes the second vote: we will tell you."
            )
        )
    return fill(
        _(
            "🗳 <b>The vote is over.</b> Thank you!\n"
            "Now the votes given on paper are added. You will see the result here "
            "on {day} at the latest."
        ),
        day=day(result_by),
    )


def counted() -> Markup:
    return fill(_("📊 <b>The votes are counted.</b>\nSee which problems came first, and how it was counted."))


def see_result() -> str:
    return _("📊 See the result")


def vote() -> str:
    return _("🗳 Vote")
