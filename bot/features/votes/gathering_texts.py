"""How a gathering is called wherever it is shown: whom it was for, and how it voted."""

from bot.domain.gathering import Method, People
from bot.i18n import _


def people(who: People) -> str:
    return {
        People.WOMEN: _("women"),
        People.MEN: _("men"),
        People.YOUTH: _("young people"),
        People.ELDERS: _("elders"),
        People.MIXED: _("everybody"),
    }[who]


def method(how: Method) -> str:
    return {
        Method.SHEETS: _("by ballots"),
        Method.HANDS: _("by show of hands"),
        Method.COMMISSION: _("by a counting commission"),
    }[how]
