"""Words of the problems that are offered in any chat."""

from markupsafe import Markup

from bot.features.problems import card_texts as cards
from bot.features.problems.sharing.queries import Offer
from bot.i18n import _, fill, named, number


def title(offer: Offer) -> str:
    """One line of a list; which problem, and where."""
    return _("№{number}, {village}").format(number=offer.number, village=named(offer.village))


def message(offer: Offer) -> Markup:
    """What the chat reads; the problem as everybody may see it."""
    lines = [
        fill(_("<b>Problem {number}</b>"), number=offer.number),
        cards.village(offer.village),
        cards.topic(offer.topic),
    ]
    if offer.text:
        lines.append(cards.text(offer.text))
    if offer.supporters:
        lines.append(fill(_("Residents who support it: <b>{count}</b>"), count=number(offer.supporters)))
    return Markup("\n").join(lines)


def first_visit() -> str:
    return _("First say where you live")


def nothing_found() -> str:
    return _("Nothing found. Open the bot")
