"""Words of the ranking's files, and of handing them over."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.ranking import FEWEST_IN_A_CELL, Place
from bot.domain.refusals import Refusal, VoteStillOpen
from bot.features.ranking.queries import Tally
from bot.i18n import _, day_and_time, named, ngettext, number


def caption(tally: Tally) -> str:
    return _("Ranking: {municipality}. Voted: {voters}").format(
        municipality=named(tally.municipality), voters=number(tally.voters)
    )


def title(tally: Tally) -> str:
    return _("Priorities of residents: {municipality}").format(municipality=named(tally.municipality))


def sheet_total() -> str:
    return _("Total")


def sheet_villages() -> str:
    return _("By village")


def sheet_method() -> str:
    return _("How it was counted")


def chart_title() -> str:
    return _("Votes for each problem")


def place(of: Place) -> str:
    """One place, or the places that equal votes share."""
    return str(of.first) if of.first == of.last else f"{of.first}\u2013{of.last}"


def column_place() -> str:
    return _("Place")


def column_number() -> str:
    return _("No.")


def column_problem() -> str:
    return _("Problem")


def column_village() -> str:
    return _("Village")


def column_topic() -> str:
    return _("Topic")


def column_votes() -> str:
    return _("Votes")


def column_share() -> str:
    return _("Share of voters")


def village_column(name: str, voters: int) -> str:
    return _("{village} (voted: {voters})").format(village=name, voters=number(voters))


def other_villages() -> str:
    return _("Other villages together")


def voted(tally: Tally) -> str:
    return _("Voted: {voters}").format(voters=number(tally.voters))


def nobody_voted() -> str:
    return _("Nobody has voted.")


def method(tally: Tally, counted_at: datetime) -> list[str]:
    """The method in plain words, a sentence or two a line."""
    return [
        voted(tally) if tally.voters else nobody_voted(),
        ngettext(
            "Each resident could choose up to {picks} problem, on the telephone.",
            "Each resident could choose up to {picks} problems, on the telephone.",
            tally.picks,
        ).format(picks=tally.picks),
        _("Problems with equal votes share their places."),
        _("Every voter saw the problems in an order of their own."),
        why_together(),
        who_took_part(),
        advice(),
        _("The vote was open from {opened} to {closed}.").format(
            opened=day_and_time(tally.opened_at), closed=day_and_time(tally.closed_at or tally.closes_at)
        ),
        counted(counted_at),
    ]


def why_together() -> str:
    return _(
        "Villages with fewer than {number} voters are counted together, so that nobody's vote shows."
    ).format(number=FEWEST_IN_A_CELL)


def who_took_part() -> str:
    return _("These are the counts of those who took part, not the opinion of all residents.")


def advice() -> str:
    return _("The ranking is advice: the gathering decides.")


def counted(moment: datetime) -> str:
    return _("Counted: {moment}").format(moment=day_and_time(moment))


def too_few_for_villages() -> str:
    return _("Too few people voted to show the villages apart.")


def still_open(refusal: VoteStillOpen) -> str:
    return _("The vote is open until {closes_at}. Until then the counts are hidden from everyone.").format(
        closes_at=day_and_time(refusal.closes_at)
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {VoteStillOpen: still_open}
