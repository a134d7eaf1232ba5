"""Words of the first visit and of the home screen."""

from markupsafe import Markup

from bot.db.queries import OpenRound
from bot.domain.places import Municipality, Name
from bot.domain.text import shortened
from bot.features.hearings.public import hearing_kind
from bot.features.residents.first_visit.queries import NextHearing
from bot.i18n import _, current_language, day_and_time, fill, named, ngettext, number

# Of a hearing's topic, so much stands on the home screen.
SHOWN_TOPIC = 120


def greeting() -> Markup:
    return fill(_("Hello! Choose a language."))


def which_oblast() -> Markup:
    return fill(_("Where do you live? Choose your oblast, or type the name of your municipality."))


def which_district() -> Markup:
    return fill(_("Choose your district, or type the name of your municipality."))


def which_municipality() -> Markup:
    return fill(_("Choose your municipality, or type its name."))


def municipalities_like(typed: str) -> Markup:
    return fill(_("This is what we found for “{typed}”. Choose your municipality."), typed=typed)


def no_municipality_like(typed: str) -> Markup:
    return fill(
        _(
            "We found no municipality called “{typed}”. "
            "Type only the beginning of its name, or choose from the list."
        ),
        typed=typed,
    )


def municipality_in_district(municipality: Municipality) -> str:
    return _("{municipality} ({district})").format(
        municipality=named(municipality.name), district=named(municipality.district)
    )


def which_village(municipality: Name) -> Markup:
    return fill(_("Municipality: <b>{name}</b>\nWhich village do you live in?"), name=named(municipality))


def consent(municipality: Name, village: Name) -> Markup:
    return fill(
        _(
            "Municipality: <b>{municipality}</b>\n"
            "Village: <b>{village}</b>\n\n"
            "We keep your Telegram number, your village, your reports and your votes, "
            "so that your voice is counted once and we can tell you what came of it. "
            "Other residents do not see who you are. "
            "You can have all of it deleted at any time, in the settings."
        ),
        municipality=named(municipality),
        village=named(village),
    ) + fill("\n{remembered}", remembered=_remembered())


def _remembered() -> str:
    return _(
        "A coded mark of your Telegram number then stays for 30 days, so that nothing is counted twice. "
        "Nobody can read the number from it."
    )


def agree() -> str:
    return _("I agree")


def change_village() -> str:
    return _("Another village")


def change_municipality() -> str:
    return _("Another municipality")


def moving(current: Name, new: Name) -> Markup:
    return fill(
        _(
            "You are a resident of <b>{current}</b>. Do you want to move to <b>{new}</b>?\n\n"
            "If a vote is open in your present municipality, your choices there will be taken back. "
            "Your reports stay."
        ),
        current=named(current),
        new=named(new),
    )


def move() -> str:
    return _("Yes, move")


def stay() -> str:
    return _("No, stay")


def home(municipality: Name, village: Name) -> Markup:
    return fill(
        _("🏠 <b>{municipality}</b>\nVillage: {village}"),
        municipality=named(municipality),
        village=named(village),
    )


def vote_is_open(round_: OpenRound, picked: int) -> Markup:
    return fill(
        _("🗳 <b>The vote is open</b> until {closes_at}.\nYou have chosen {picked} of {limit}."),
        closes_at=day_and_time(round_.closes_at),
        picked=picked,
        limit=round_.picks,
    )


def nothing_open() -> Markup:
    return fill(_("No vote is open now. You can report a problem at any time."))


def hearing_comes(hearing: NextHearing) -> Markup:
    lines = [
        fill("🗣 <b>{kind}</b>", kind=hearing_kind(hearing.kind)),
        fill("{topic}", topic=shortened(hearing.topic.read_in(current_language()), SHOWN_TOPIC)),
        fill(_("📅 When: <b>{moment}</b>"), moment=day_and_time(hearing.starts_at)),
        fill(_("📍 Where: <b>{place}</b>"), place=hearing.place),
    ]
    if hearing.is_coming is not None:
        lines.append(_coming() if hearing.is_coming else _not_coming())
    return Markup("\n").join(lines)


def _coming() -> Markup:
    return fill(_("🙋 <b>You have said that you will come.</b>"))


def _not_coming() -> Markup:
    return fill(_("🚫 <b>You have said that you cannot come.</b>"))


def next_hearing() -> str:
    return _("🗣 The coming hearing")


def hearings() -> str:
    return _("🗣 Public hearings")


def offer_waits() -> Markup:
    return fill(_("💬 You sent us something. What shall we do with it?"))


def see_offer() -> str:
    return _("💬 What I sent")


def draft_waits() -> Markup:
    return fill(_("📝 You have an unfinished report."))


def problems_published(count: int) -> Markup:
    return fill(
        ngettext("{count} problem is on the list.", "{count} problems are on the list.", count),
        count=number(count),
    )


def vote() -> str:
    return _("🗳 Vote")


def report_problem() -> str:
    return _("📝 Report a problem")


def continue_report() -> str:
    return _("📝 Finish the report")


def my_problems() -> str:
    return _("📋 My problems")


def browse_problems() -> str:
    return _("🔎 All problems")


def plan() -> str:
    return _("📘 Our plan")


def lessons() -> str:
    return _("📖 Lessons")


def settings() -> str:
    return _("⚙️ Settings")
