"""Words printed for a gathering."""

from bot.domain.gathering import FEWEST_VOTED
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, named, ngettext


def title(vote: Vote) -> str:
    return _("Vote on problems: {municipality}").format(municipality=named(vote.municipality))


def ballot() -> str:
    return _("Ballot")


def how_to_mark(picks: int) -> str:
    return ngettext(
        "Mark up to {picks} problem that matters most to you.",
        "Mark up to {picks} problems that matter most to you.",
        picks,
    ).format(picks=picks)


def secret() -> str:
    return _("Do not sign. Fold the ballot and put it into the box.")


def sheet() -> str:
    return _("Sheet to count on")


def lines() -> list[str]:
    """Each is followed by room to write."""
    return [
        _("Number of the sheet"),
        _("Village"),
        _("Day"),
        _("Place of the gathering"),
        _("Who was called"),
        _("How they voted"),
        _("Women present"),
        _("Men present"),
        _("Voted"),
        _("Voted in the bot before"),
    ]


def header() -> list[str]:
    return [_("No."), _("Problem"), _("Count with strokes"), _("Votes")]


def signatures() -> list[str]:
    return [_("First who signed"), _("Second who signed")]


def check(picks: int) -> str:
    return ngettext(
        "Check: no problem has more votes than people voted, and all votes together are not more than "
        "the number of voters.",
        "Check: no problem has more votes than people voted, and all votes together are not more than "
        "the number of voters times {picks}.",
        picks,
    ).format(picks=picks)


def talk() -> str:
    return _("What to say at the gathering")


def points(picks: int) -> list[str]:
    most = ngettext(
        "Each of us may choose up to {picks} problem. A ballot with more marks is not counted.",
        "Each of us may choose up to {picks} problems. A ballot with more marks is not counted.",
        picks,
    ).format(picks=picks)
    return [
        _("Today we choose which problems matter most to us. The joint action plan is made from them."),
        _("Residents reported these problems themselves. I read all of them aloud, twice."),
        most,
        _(
            "Nobody sees what you choose. Do not sign the ballot. "
            "Whoever cannot read may ask anybody they trust."
        ),
        _(
            "Whoever has voted in the bot does not vote again. If you have voted in both, please say so: "
            "we only write down how many."
        ),
        _("We count aloud, in front of everybody. Two people sign the sheet, and we take a photo of it."),
        ngettext(
            "If fewer than {least} person votes, the ballots are counted with another gathering.",
            "If fewer than {least} people vote, the ballots are counted with another gathering.",
            FEWEST_VOTED,
        ).format(least=FEWEST_VOTED),
        _("When all villages are counted, everybody sees the result in the bot and hears it at the hearing."),
    ]
