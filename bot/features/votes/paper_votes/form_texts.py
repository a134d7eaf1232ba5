"""Words in the spreadsheet for sheets, and of what is wrong with its cells."""

from bot.domain.gathering import Flaw, Line, Mistake
from bot.domain.vote import Vote
from bot.i18n import _, named, ngettext, number


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


def flaw_words(vote: Vote, of: Flaw) -> str:
    if of.line is Line.VOTES and of.problem_id is not None:
        return _("Problem №{problem}: {given} votes, but only {limit} people voted.").format(
            problem=vote.problems[of.problem_id].number, given=number(of.given), limit=number(of.limit)
        )
    given, limit = number(of.given), number(of.limit)
    return {
        Mistake.TOO_EARLY: lambda: _("On that day the vote was not open yet."),
        Mistake.IN_FUTURE: lambda: _("That day has not come yet."),
        Mistake.TOO_MANY_PEOPLE: lambda: _("{given} people are too many.").format(given=given),
        Mistake.TOO_FEW_VOTED: lambda: ngettext(
            "Fewer than {limit} person voted here. So few would show who chose what: "
            "count them together with another gathering of the village, or let them vote in the bot.",
            "Fewer than {limit} people voted here. So few would show who chose what: "
            "count them together with another gathering of the village, or let them vote in the bot.",
            of.limit,
        ).format(limit=limit),
        Mistake.MORE_THAN_PRESENT: lambda: _("{given} voted, but only {limit} were present.").format(
            given=given, limit=limit
        ),
        Mistake.MORE_THAN_VOTED: lambda: _(
            "{given} had voted in the bot before, but only {limit} voted here."
        ).format(given=given, limit=limit),
        Mistake.TOO_MANY_VOTES: lambda: _(
            "All votes together are {given}, but those who voted had only {limit}."
        ).format(given=given, limit=limit),
    }[of.mistake]()
