"""Words of the list of gatherings, of taking a sheet back, and of the spreadsheet."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.refusals import (
    CountPublished,
    FileNotOpened,
    FileTooLarge,
    LinesNotUnderstood,
    NotThisForm,
    NumbersNotUnderstood,
    ReadingTooLong,
    Refusal,
    SheetNumberNotUnderstood,
    SheetNumberTaken,
    TallyIncomplete,
)
from bot.domain.text import shortened
from bot.features.votes.gathering_queries import Gathering
from bot.features.votes.paper_votes import form_texts
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, fill, named, ngettext, number

# So much of a sheet's number and of a village's name leaves room on a button for the day and the voters.
LONGEST_NUMBER, LONGEST_VILLAGE = 5, 10
ALIKE_SHOWN = 10


def gatherings(vote: Vote, found: Sequence[Gathering], *, may_enter: bool, just_entered: bool) -> Markup:
    counted = [each for each in found if each.counts]
    voted = sum(each.voted for each in counted)
    lines = [
        fill(
            _("👥 <b>Gatherings that vote on paper</b>\n{municipality}"),
            municipality=named(vote.municipality),
        )
    ]
    if just_entered:
        lines.append(fill(_("The sheet is counted.")))
    if not found:
        lines.append(fill(_("No sheet has been entered yet.")))
    else:
        lines.append(
            fill(
                _("Sheets: {sheets}. Voted on paper: <b>{voted}</b>."),
                sheets=number(len(counted)),
                voted=number(voted),
            )
        )
    if may_enter:
        lines.append(
            fill(
                _(
                    "You can enter a sheet here, or fill in the spreadsheet for many sheets at once. "
                    "The result is shown to nobody before you publish it."
                )
            )
        )
    else:
        lines.append(fill(_("The result is public, so nothing is added any more.")))
    return Markup("\n\n").join(lines)


def choice(of: Gathering) -> str:
    """Number, village, day, how many voted; short enough for a button."""
    words = _("№{number} {village} {day}: {voted}").format(
        number=shortened(of.batch, LONGEST_NUMBER),
        village=shortened(named(of.village), LONGEST_VILLAGE),
        day=f"{of.held_on:%d.%m}",
        voted=of.voted,
    )
    return words if of.counts else f"🚫 {words}"


def enter() -> str:
    return _("✏️ Enter a sheet")


def go_on_entering() -> str:
    return _("✏️ Go on with the sheet")


def get_form() -> str:
    return _("📄 Spreadsheet to fill in")


def send_form() -> str:
    return _("📎 Send the filled one")


def print_kit() -> str:
    return _("🖨 Ballots and sheets")


def to_vote() -> str:
    return _("‹ To the vote")


def to_gatherings() -> str:
    return _("👥 All gatherings")


def take_back() -> str:
    return _("🚫 Take it back")


def see_photo() -> str:
    return _("📎 Photo of the sheet")


def was_taken_back(of: Gathering) -> Markup:
    return fill(_("🚫 <b>Taken back, not counted.</b>\nWhy: {reason}"), reason=of.reason or "")


def why_take_back(of: Gathering) -> Markup:
    return fill(
        _(
            "🚫 <b>Take this sheet back?</b>\n{village}, {day}. Voted: {voted}.\n\n"
            "It stays in the list, but it is not counted. Then you can enter the right one.\n\n"
            "Write why, for example: the votes of two problems were swapped."
        ),
        village=named(of.village),
        day=f"{of.held_on:%d.%m.%Y}",
        voted=number(of.voted),
    )


def form_caption() -> str:
    return _("Fill in a row for each gathering and send the file back here.")


def kit_caption() -> str:
    return _(
        "For the gathering: ballots, the sheet to count on, and what to say. "
        "First in Kyrgyz, then in Russian."
    )


def send_it_now() -> Markup:
    return fill(
        _(
            "📎 <b>Send the filled spreadsheet</b>\n"
            "I check all of it first. If anything is wrong, I tell you every place, and nothing is counted."
        )
    )


def entered(new: int, known: int) -> Markup:
    lines = [
        fill(
            ngettext("✅ <b>{count} sheet is counted.</b>", "✅ <b>{count} sheets are counted.</b>", new),
            count=number(new),
        )
    ]
    if known:
        lines.append(
            fill(
                ngettext(
                    "{count} was there already: nothing changed.",
                    "{count} were there already: nothing changed.",
                    known,
                ),
                count=number(known),
            )
        )
    return Markup("\n").join(lines)


def alike(pairs: Sequence[tuple[str, str]]) -> Markup:
    """All of them, as far as a screen holds them."""
    lines = [
        fill(_("№{number} looks like №{other}"), number=number_, other=other)
        for number_, other in pairs[:ALIKE_SHOWN]
    ]
    left = len(pairs) - len(lines)
    more = [fill(_("and {count} more"), count=number(left))] if left else []
    return Markup("\n").join(
        [
            fill(_("⚠️ <b>Are these the same sheets?</b>")),
            fill(_("Village, day and votes are the same:")),
            *lines,
            *more,
            Markup(""),
            fill(
                _(
                    "Nothing is counted yet. If a sheet stands there twice, take its row out "
                    "and send the spreadsheet again. If these are different gatherings, press the button."
                )
            ),
        ]
    )


def they_are_others() -> str:
    return _("✅ Different gatherings")


def send_alike_now() -> Markup:
    return fill(
        _(
            "📎 <b>Send the same spreadsheet once more</b>\n"
            "The sheets that look alike are then counted, each by itself."
        )
    )


def nothing_filled_in() -> Markup:
    return fill(_("The spreadsheet is empty. Fill in a row for each gathering and send it again."))


def count_published(_refusal: Refusal) -> str:
    return _("The result is public. No sheet can be added or taken back any more.")


def numbers_not_understood(_refusal: Refusal) -> str:
    return _("Please write four whole numbers, for example: 34 21 50 6")


def lines_not_understood(_refusal: Refusal) -> str:
    return _("Please write three lines: the place, and the two who signed. Each at most 100 letters.")


def sheet_number_not_understood(_refusal: Refusal) -> str:
    return _("Write the number of the sheet: at most 20 letters and digits, for example 12.")


def sheet_number_taken(_refusal: Refusal) -> str:
    return form_texts.number_taken()


def tally_incomplete(_refusal: Refusal) -> str:
    return _("Something on the sheet is missing or wrong. Look through it once more.")


def not_this_form(_refusal: Refusal) -> str:
    return _("This is not the spreadsheet that I gave you for this. Get it anew, fill it in and send it.")


def file_too_large(_refusal: Refusal) -> str:
    return _(
        "The file is too large. Remove pictures, empty rows and what else is not needed, and send it again."
    )


def file_not_opened(_refusal: Refusal) -> str:
    return _(
        "This file cannot be opened: it is damaged or of another kind. "
        "Save it again as .xlsx (Excel) and send it. A plan can also be .docx (Word)."
    )


def reading_too_long(_refusal: Refusal) -> str:
    return _(
        "This file could not be read: it would take too long. "
        "Get a new spreadsheet, copy into it only what you filled in, and send it."
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    CountPublished: count_published,
    NumbersNotUnderstood: numbers_not_understood,
    LinesNotUnderstood: lines_not_understood,
    SheetNumberNotUnderstood: sheet_number_not_understood,
    SheetNumberTaken: sheet_number_taken,
    TallyIncomplete: tally_incomplete,
    NotThisForm: not_this_form,
    FileTooLarge: file_too_large,
    FileNotOpened: file_not_opened,
    ReadingTooLong: reading_too_long,
}
