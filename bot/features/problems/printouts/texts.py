"""Words of the papers of the desk, and of the files of the list of problems."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.places import Name
from bot.i18n import _, day_and_time, fill, named, number


def papers(municipality: Name) -> Markup:
    return fill(
        _(
            "🖨 <b>Print and lists: {municipality}</b>\n\n"
            "The poster has a square for the camera: whoever points at it can report a problem of their "
            "village. Print it and put it up where people meet.\n\n"
            "The list holds all problems with causes, consequences and state, for the plan."
        ),
        municipality=named(municipality),
    )


def which_village(municipality: Name) -> Markup:
    return fill(_("🖨 <b>Poster: {municipality}</b>\nFor which village?"), municipality=named(municipality))


def poster() -> str:
    return _("🖨 Poster for all villages")


def poster_of_village() -> str:
    return _("🖨 Poster for one village")


def problem_list() -> str:
    return _("📄 List of problems")


def population() -> str:
    return _("👥 Population table")


def to_papers() -> str:
    return _("🖨 Print and lists")


def poster_caption(place: Name) -> str:
    return _("Poster: {place}. PDF is for printing, PNG is for chats.").format(place=named(place))


def list_caption(municipality: Name, count: int) -> str:
    return _("List of problems: {municipality}. Problems: {count}").format(
        municipality=named(municipality), count=number(count)
    )


def title(municipality: Name) -> str:
    return _("Problems of residents: {municipality}").format(municipality=named(municipality))


def sheet_public() -> str:
    return _("Published")


def sheet_waiting() -> str:
    return _("Wait for the facilitator")


def sheet_declined() -> str:
    return _("Declined problems")


def sheet_merged() -> str:
    return _("Joined")


def sheet_hidden() -> str:
    return _("Hidden")


def as_of(moment: datetime) -> str:
    return _("As of {moment}").format(moment=day_and_time(moment))


def no_names() -> str:
    return _("Who reported a problem is not shown.")


def about_outside() -> str:
    return _(
        "What is outside the competence of local self-government is not refused: it is passed on to those "
        "who decide."
    )
