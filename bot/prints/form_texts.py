"""Words for what is wrong with a spreadsheet that was filled in, whatever it is about."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.domain.spreadsheet_safety import CellFlaw
from bot.i18n import _, fill, ngettext, number

# So many wrong places a message holds; whoever has more gets a file with all of them.
CELLS_SHOWN = 15


def wrong_cells(flaws: Sequence[CellFlaw]) -> Markup:
    heading = fill(
        ngettext(
            "⚠️ <b>{count} place is wrong. Nothing was taken.</b>\nPlease correct it and send the file again.",
            "⚠️ <b>{count} places are wrong. Nothing was taken.</b>\n"
            "Please correct them and send the file again.",
            len(flaws),
        ),
        count=number(len(flaws)),
    )
    lines = [
        fill("<b>{cell}</b>: {words}", cell=place_of(each), words=each.words) for each in flaws[:CELLS_SHOWN]
    ]
    return Markup("\n\n").join([heading, Markup("\n").join(lines)])


def every_wrong_cell(flaws: Sequence[CellFlaw]) -> str:
    """A line each, for a file."""
    return "\r\n".join([*(f"{place_of(each)}: {each.words}" for each in flaws), ""])


def place_of(cell: CellFlaw) -> str:
    """As the spreadsheet calls it, or the whole row; with its sheet where there are several."""
    place = f"{cell.column}{cell.row}" if cell.column else _("row {row}").format(row=cell.row)
    return f"{cell.sheet} {place}" if cell.sheet else place


def all_of_them() -> str:
    return _("All places that are wrong")


def missing() -> str:
    return _("This is missing.")


def no_number(found: str) -> str:
    return _("“{found}” is not a whole number.").format(found=found) if found else missing()


def no_day(found: str) -> str:
    return _("“{found}” is not a day. Write it as 20.11.2026.").format(found=found) if found else missing()


def too_long(longest: int) -> str:
    return _("At most {longest} letters.").format(longest=longest)


def no_village(found: str) -> str:
    if not found:
        return missing()
    return _("The municipality has no village “{found}”. Choose from the list.").format(found=found)
