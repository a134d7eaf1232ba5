"""Words in the spreadsheet for sheets, and of what is wrong with its cells."""

from bot.db.vote_queries import Vote
from bot.domain.gathering import Line
from bot.i18n import _, named, ngettext


def name() -> str:
    return _("Gatherings")


def title(vote: Vote) -> str:
    return _("Votes on paper: {municipality}").format(municipality=named(vote.municipality))


def note(vote: Vote) -> str:
    picks = ngettext(
        "Each person could choose up to {picks} problem.",
        "Each person could choose up to {picks} problems.",
        vote.picks,
    ).format(picks=vote.picks)
    return (
        _(
            "One row for each gathering. The number of the sheet is the one written on the paper: "
            "the same number is never counted twice. Leave the votes of a problem empty if nobody chose it."
        )
        + f" {picks}"
    )


def column(line: Line) -> str:
    return {
        Line.BATCH: lambda: _("Number of the sheet"),
        Line.VILLAGE: lambda: _("Village"),
        Line.DAY: lambda: _("Day"),
        Line.PLACE: lambda: _("Place of the gathering"),
        Line.PEOPLE: lambda: _("Who was called"),
        Line.METHOD: lambda: _("How they voted"),
        Line.WOMEN: lambda: _("Women present"),
        Line.MEN: lambda: _("Men present"),
        Line.VOTED: lambda: _("Voted"),
        Line.ALREADY: lambda: _("Voted in the bot before"),
        Line.FIRST: lambda: _("First who signed"),
        Line.SECOND: lambda: _("Second who signed"),
        Line.VOTES: lambda: _("Votes"),
    }[line]()


def day_hint() -> str:
    return _("For example 20.11.2026")


def voted_hint() -> str:
    return _("Not more than were present")


def votes_hint() -> str:
    return _("How many chose this problem: not more than voted")


def not_in_list(found: str) -> str:
    return _("“{found}” is not in the list of this cell.").format(found=found)


def repeated(row: int) -> str:
    return _("This number stands already in row {row}.").format(row=row)


def number_taken() -> str:
    return _(
        "Another sheet was entered under this number. If this is another gathering, give it another number; "
        "if you want to correct that sheet, take it back first."
    )


def bad_number() -> str:
    return _("Write only letters, digits, spaces, dots and hyphens.")
